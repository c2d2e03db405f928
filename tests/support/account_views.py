"""Edda's account as the desk sees it, whole or with something changed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from app.accounts.families import Family
from app.accounts.reading import account_of
from app.accounts.view import AccountView
from tests.support import edda

KNOWN = {code: Family(*words) for code, words in edda.FAMILIES.items()}


def view_of(
    document: bytes,
    *,
    fresh: bool = True,
    now: dt.datetime = edda.NOW,
    seen_until: dt.datetime | None = None,
) -> AccountView:
    return AccountView(
        account_of(document), KNOWN, as_of=edda.NOW, now=now, fresh=fresh, seen_until=seen_until
    )


def edda_with(now: dt.datetime = edda.NOW, **parts: Any) -> AccountView:
    """Her account with other orders, flows, products, …"""
    return view_of(json.dumps({**edda.account(), **parts}).encode(), now=now)


def task(number: int, **changes: Any) -> dict[str, Any]:
    """A step as our own server writes it; characteristics by name, the rest by attribute."""
    attributes = {"state", "startDate", "completionDate", "requestedCompletionDate"}
    facts = {name: value for name, value in changes.items() if name not in attributes | {"name"}}
    return {
        "id": f"T-{number}",
        "state": "new",
        "taskFlowSpecificationRef": {"id": f"s{number}", "name": changes.get("name", "Step")},
        **{name: value for name, value in changes.items() if name in attributes},
        "characteristic": [{"name": name, "value": value} for name, value in facts.items()],
        "@type": "TaskFlow",
    }


def flow(*tasks: dict[str, Any]) -> list[dict[str, Any]]:
    """The flows of an account whose open order has these steps."""
    process = {"id": "PF-1", "state": "active", "@type": "ProcessFlow"}
    order = edda.account()["orders"][0]["id"]
    return [{"orderId": order, "processFlow": process, "taskFlows": list(tasks)}]
