"""Large catalogues for measuring: the demo's many times over, with rules that tie them together."""

from __future__ import annotations

import json
import random
from importlib.resources import files
from typing import Any

from backend.product_rules import Catalogue, read_catalogue

Document = dict[str, Any]
_SHARED = {"MOBLINE": 8, "HANDSET": 4}
"""Groups of which a customer may hold so many in all."""
_EXCLUSIVE = {"BB": 1, "TV": 1, "DISC": 1}
"""The same for catalogues in which every line, package and saving rules out all others."""
_TIES = 6  # from each copy to others
_EXTRAS = ("M12", "M13", "M14", "M15", "M16", "F10", "F11", "L04", "V04", "C06", "C07", "X06")
_GROUNDS = ("MOBLINE", "VOICEMOB", "BB", "FIB", "TV", "FIVEG")


def demo() -> Document:
    """The demo's catalogue as it is written."""
    found: Document = json.loads(files("resources.demo").joinpath("catalogue.json").read_bytes())
    return found


def large(copies: int, *, exclusive: bool = False) -> Catalogue:
    """So many times 75 offers under common limits, some of a copy needing lines of others."""
    chance = random.Random(copies)  # noqa: S311  # examples, no secrets
    source = demo()
    parts = [_copy(source, number) for number in range(copies)]
    rules = [rule for part in parts for rule in part["rules"]]
    for name, most in (_SHARED | (_EXCLUSIVE if exclusive else {})).items():
        everywhere = [f"{name}-{number}" for number in range(copies)]
        rules.append(_rule(f"ALL-{name}", [], everywhere, "<=", most))
    for number in range(copies) if copies > 1 else ():
        for tie in range(_TIES):
            extra, ground = chance.choice(_EXTRAS), chance.choice(_GROUNDS)
            others = chance.sample(range(copies), min(3, copies))
            grounds = [f"{ground}-{other}" for other in others]
            when = [["sel", [f"{extra}-{number}"]]]
            rules.append(_rule(f"TIE{tie}-{number}", when, grounds, ">=", 1))
    return read_catalogue({
        "context": source["context"],
        "offers": [offer for part in parts for offer in part["offers"]],
        "groups": {name: codes for part in parts for name, codes in part["groups"].items()},
        "rules": rules,
    })  # fmt: skip


def _rule(id_: str, when: list[Any], left: list[str], op: str, k: int) -> Document:
    text = f"Rule {id_}."
    return {"id": id_, "kind": "tie", "when": when, "lhs": left, "op": op, "k": k, "msg": text}


def _copy(source: Document, number: int) -> Document:
    """The demo's offers, groups and rules under names of their own."""
    known = {offer["code"] for offer in source["offers"]} | set(source["groups"])

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [renamed(item) for item in value]
        return f"{value}-{number}" if value in known else value

    rules = []
    for rule in source["rules"]:
        when = [
            item if item[0] == "ctx" else ["sel", renamed(item[1])] for item in rule.get("when", [])
        ]
        right = rule.get("rhs")
        sides = {"lhs": renamed(rule["lhs"]), "rhs": right and [renamed(right[0]), right[1]]}
        rules.append({**rule, **sides, "when": when, "id": f"{rule['id']}-{number}"})
    return {
        "offers": [{**offer, "code": f"{offer['code']}-{number}"} for offer in source["offers"]],
        "groups": {f"{name}-{number}": renamed(codes) for name, codes in source["groups"].items()},
        "rules": rules,
    }
