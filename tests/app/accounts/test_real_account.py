"""An account at the real backend: ordered, read, and followed by the flow's own steps."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from app.orders.records import Step
from app.workplace import Workplace
from tests.support.desk import creation, new_desk, operator, own_folders, ring, workplace

__all__ = ["new_desk", "operator", "own_folders", "ring", "workplace"]

pytestmark = pytest.mark.journey


def ordered(workplace: Workplace) -> str:
    """Jorun becomes a customer with Skarv 100 and an eSIM; her id."""
    body: dict[str, Any] = json.loads(creation("agent").payload)
    line = {"@type": "Product", "productCharacteristic": [{"name": "userName", "value": "Jorun"}]}
    items = [
        {"id": "1", "action": "add", "productOffering": {"id": "M03"}, "product": line},
        {
            "id": "2",
            "action": "add",
            "productOffering": {"id": "M11"},
            "product": {"@type": "Product"},
            "productOrderItemRelationship": [{"id": "1", "relationshipType": "reliesOn"}],
        },
    ]
    terms = workplace.client.desk.terms()
    agreed = {"termsVersion": terms.version, "termsHash": terms.hash}
    body |= {
        "order": {"productOrderItem": items},
        "picks": {"M03": 1, "M11": 1},
        "agreement": {"way": "voice", "at": "2026-11-20T09:00:00+00:00", **agreed},
    }
    return workplace.client.desk.create(str(uuid.uuid4()), body).customer_id


def test_a_new_customers_account_is_read_and_kept(workplace: Workplace) -> None:
    customer = ordered(workplace)
    view = workplace.accounts.fetch(customer)
    assert view.header.name == "Jorun Netherfold"
    (group,) = view.products.groups
    assert (group.title.partition(" · ")[2], group.note) == ("Jorun", "eSIM profile")
    assert [each.name for each in group.products] == ["Skarv 100"]
    assert group.products[0].icon == "mobile"
    (row,) = view.orders
    assert row.title == "Skarv 100 for Jorun"
    film = view.open_order
    assert film is not None
    assert film.number.startswith("KO-")
    titles = [step.title for step in film.steps if isinstance(step, Step)]
    assert "Number assigned" in titles
    kept = workplace.accounts.kept(customer)
    assert kept is not None
    assert [row.id for row in kept.orders] == [row.id]


def test_the_same_customer_is_gathered_from_plain_reads(workplace: Workplace) -> None:
    from app.accounts.accounts import Accounts

    customer = ordered(workplace)
    plain = Accounts(workplace.client, workplace.store, workplace.clock, frozenset())
    whole, gathered = workplace.accounts.fetch(customer), plain.fetch(customer)
    assert gathered.header.name == whole.header.name
    assert [row.title for row in gathered.orders] == [row.title for row in whole.orders]
    assert gathered.products.count == whole.products.count
    assert gathered.open_order is not None
    assert gathered.open_order.steps
