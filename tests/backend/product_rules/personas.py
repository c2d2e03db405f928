"""The demo's eight people and firms as facts, told by what is special about each."""

from __future__ import annotations

from backend.product_rules.catalogue import Fact

EDDA: dict[str, Fact] = {
    "segment": "RES",
    "age": "26-64",
    "credit": "A",
    "copper": 1,
    "vdsl": 1,
    "gpon": 1,
    "xgspon": 1,
    "allip": 0,
    "cov5g": 1,
    "cov4g": 1,
    "channel": "CALL",
    "role": "agent",
    "arrears": 0,
    "vulnerable": 0,
    "benefits": 0,
    "guardian": 0,
    "idok": 1,
    "tenure12": 0,
    "landlordok": 1,
    "flat": 0,
}
"""Private, 34, a house with fibre, credit A."""

TORVALD: dict[str, Fact] = EDDA | {
    "age": "65+",
    "credit": "B",
    "vdsl": 0,
    "gpon": 0,
    "xgspon": 0,
    "allip": 1,
    "cov5g": 0,
    "vulnerable": 1,
    "tenure12": 1,
    "landlordok": 0,
}
"""71, vulnerable, only copper, which is being withdrawn there."""

PIM: dict[str, Fact] = EDDA | {
    "age": "16-17",
    "credit": "C",
    "xgspon": 0,
    "guardian": 1,
    "landlordok": 0,
    "flat": 1,
}
"""17 with a guarantor, in a flat whose landlord has not agreed to fibre."""

SORREL: dict[str, Fact] = EDDA | {
    "credit": "D",
    "xgspon": 0,
    "role": "senior",
    "arrears": 1,
    "benefits": 1,
    "tenure12": 1,
}
"""In arrears, credit D, on benefits, served by a senior agent."""

WRENHALLOW: dict[str, Fact] = EDDA | {"segment": "BUS", "age": "ORG"}
"""A joinery with fibre."""

VISITOR: dict[str, Fact] = EDDA | {
    "age": "18-25",
    "credit": "B",
    "copper": 0,
    "vdsl": 0,
    "gpon": 0,
    "xgspon": 0,
    "channel": "SELF",
    "role": "customer",
    "idok": 0,
    "landlordok": 0,
}
"""22, in self-service, not identified, without any fixed network."""

BETTANY: dict[str, Fact] = EDDA | {
    "segment": "STAFF",
    "xgspon": 0,
    "role": "supervisor",
    "tenure12": 1,
}
"""Staff, served by a supervisor."""

IVO: dict[str, Fact] = EDDA | {"credit": "C", "xgspon": 0, "cov5g": 0, "benefits": 1, "tenure12": 1}
"""On benefits, credit C, fibre but no 5G."""

EVERYBODY = (EDDA, TORVALD, PIM, SORREL, WRENHALLOW, VISITOR, BETTANY, IVO)
