"""Small parts of TM Forum documents, for accounts made by hand."""

from __future__ import annotations

from typing import Any

VAT = 1.2


def day(value: str) -> str:
    """Midnight of a day."""
    return f"{value}T00:00:00+00:00"


def at(value: str) -> str:
    """A moment such as `2026-11-17 10:42`."""
    return f"{value.replace(' ', 'T')}:00+00:00"


def named(identity: str, name: str) -> dict[str, Any]:
    return {"id": identity, "name": name}


def engaged(identity: str, name: str) -> dict[str, Any]:
    return {**named(identity, name), "@referredType": "Individual"}


def facts(**values: object) -> list[dict[str, Any]]:
    """Characteristics by their names."""
    return [{"name": name, "value": value} for name, value in values.items()]


def money_price(name: str, value: str, kind: str) -> dict[str, Any]:
    """A price with VAT included, `recurring` each month or `oneTime`."""
    amount = float(value)
    period = {"recurringChargePeriod": "month"} if kind == "recurring" else {}
    return {
        "name": name,
        "priceType": kind,
        **period,
        "price": {
            "taxRate": 20.0,
            "taxIncludedAmount": {"unit": "GBP", "value": amount},
            "dutyFreeAmount": {"unit": "GBP", "value": round(amount / VAT, 2)},
        },
    }
