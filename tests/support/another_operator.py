"""A second operator with a small catalogue: nothing in it is called as at the demo operator's."""

from __future__ import annotations

from typing import Any

from backend.catalog.loading import demo_tables

Document = dict[str, Any]


def tables() -> tuple[Document, Document, Document]:
    """Rules, specifications and prices. Facts are the system's own, so those are the demo's."""
    return _catalogue(demo_tables()[0]["context"]), _specifications(), _prices()


def _catalogue(context: Document) -> Document:
    return {
        "context": context,
        "offers": [
            _offer("TALK", "Roam & Talk (10 GB)", "Wireless", "plan", 9.5, term=12, most=3),
            _offer("CHIP", "Chip", "Wireless", "chip", 0, most=3),
            _offer("PASS", "Weekend pass", "Wireless", "pass", 2.0, most=3),
            _offer("NET", "Street net 200", "Cable", "net", 21.0, term=18),
            _offer("BOX", "Modem", "Cable", "modem", 0),
            _offer("POST", "Bill by post", "Sundries", "post", 0.9, term=1),
            _offer("KEEP", "Bring your number", "Sundries", "deed", 0, most=3),
        ],
        "groups": {},
        "rules": [
            _rule("Z1", ["CHIP"], "==", 0, "Each plan has one chip.", rhs=[["TALK"], 1]),
            _rule("Z2", ["BOX"], "==", 0, "The net needs its modem.", rhs=[["NET"], 1]),
            _rule("Z3", ["KEEP"], "<=", 0, "A number comes to a plan.", rhs=[["TALK"], 1]),
        ],
    }


def _offer(
    code: str, name: str, family: str, kind: str, monthly: float, *, term: int = 0, most: int = 1
) -> Document:
    return {
        "code": code, "name": name, "family": family, "kind": kind, "monthly": monthly,
        "oneoff": 0, "term": term, "max": most, "note": "",
    }  # fmt: skip


def _rule(identity: str, left: list[str], op: str, k: int, text: str, **more: Any) -> Document:
    return {"id": identity, "kind": "count", "lhs": left, "op": op, "k": k, "msg": text, **more}


def _specifications() -> Document:
    return {
        "family": [
            {"id": name.lower(), "family": name, "name": name}
            for name in ("Wireless", "Cable", "Sundries")
        ],
        "specification": [
            _specification("plan", "Wireless", ["plan"], "PF01", number_type="mobile"),
            _specification("beside", "Wireless", ["chip", "pass"], "PF01"),
            _specification("net", "Cable", ["net", "modem"], "PF04"),
            _specification("post", "Sundries", ["post"], "PF00"),
            _specification("keep", "Sundries", ["deed"], "PF00", characteristic=_keeping()),
        ],
        "section": [{"family": "Wireless", "kind": "plan", "name": "Plans"}],
        "role": [
            {"role": "line", "kinds": ["plan"]},
            {"role": "sim", "kinds": ["chip"]},
            {"role": "addon", "kinds": ["pass"]},
            {"role": "part", "kinds": ["modem"]},
            {"role": "once", "kinds": ["deed"]},
            {"role": "paperBill", "offers": ["POST"]},
        ],
        "need": [
            {
                "id": "chat",
                "name": "Talking",
                "words": ["talk", "handy"],
                "takes": [{"family": "Wireless", "kinds": ["plan", "chip"]}],
            }
        ],
    }


def _specification(
    identity: str, family: str, kinds: list[str], flow: str, **more: Any
) -> Document:
    about = {"id": identity, "name": identity.title(), "family": family}
    return {**about, "kinds": kinds, "process_flow": flow, **more}


def _keeping() -> list[Document]:
    number = {"name": "portedNumber", "label": "Number", "type": "string", "required": True}
    day = {"name": "portDay", "label": "Day", "type": "date", "minimum": 1, "maximum": 20}
    return [number, day]


def _prices() -> Document:
    grades = ("platinum", "gold", "silver", "bronze", "standard")
    return {
        "vat_percent": "20",
        "number_once": dict.fromkeys(grades, "0.00"),
        "price_list": [
            {
                "id": "LIST",
                "name": "For everybody",
                "segments": ["RES", "BUS", "STAFF"],
                "resellers": ["R0"],
                "valid_from": "2026-01-01",
                "default": True,
            }
        ],
        "reseller": [{"id": "R0", "name": "Ourselves"}],
    }
