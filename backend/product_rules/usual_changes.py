"""What people at an operator can bring about, where a catalogue does not say it itself."""

from __future__ import annotations

from backend.product_rules.catalogue import FactChange

USUAL = (
    FactChange("idok", 1, "Check the customer's identity.", 1),
    FactChange("guardian", 1, "Add a guarantor.", 1),
    FactChange("benefits", 1, "Record the proof of a qualifying benefit.", 1),
    FactChange("landlordok", 1, "Record the landlord's consent.", 2),
    FactChange("arrears", 0, "Settle the balance, or agree a payment plan.", 2),
    FactChange("role", "senior", "Ask a senior agent.", 2),
    FactChange("role", "supervisor", "Ask a supervisor.", 3),
    FactChange("gpon", 1, "Register interest in fibre.", 4),
    FactChange("xgspon", 1, "Register interest in the fastest fibre.", 4),
)
"""Never age, credit class, segment, tenure or vulnerability: those are what they are."""
