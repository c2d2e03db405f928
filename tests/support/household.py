"""Customers whose lines work, at an operator that had none: for what is done to products."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from backend.access.caller import Caller
from backend.ordering import rules as ordering
from backend.ordering.rules import Ordering
from backend.resource_inventory.seeding import seed_sims
from backend.rest.resource import Context
from tests.support.backend import RunningBackend

RIGHTS = frozenset({"order.create", "order.read", "customer.read"})
MAREN = Caller("maren", "Maren Tindlewick", frozenset({"agent"}), RIGHTS, None)
PIN = "4711"
MOBILE = (("M03", None), ("M11", 0))
FIBRE = (("F02", None), ("F07", 2), ("F14", 2))
"""Offers, and at which place of the order the item stands that each relies on."""
HOME = "QX4 7TR 14"


@dataclass(frozen=True, slots=True)
class Person:
    """A customer, with the ids of his products by their offers."""

    id: str
    name: str
    products: dict[str, str]


def moved_in(
    backend: RunningBackend,
    given: str = "Edda",
    family: str = "Marrowby",
    offers: tuple[tuple[str, int | None], ...] = (*MOBILE, *FIBRE),
) -> Person:
    """A customer of these offers, all of which work; each may rely on an earlier one."""
    name, home = f"{given} {family}", address(backend, HOME)
    customer = _customer(backend, given, family, home["id"])
    if not offers:
        return Person(customer, name, {})
    document = {
        "relatedParty": [{"id": customer, "role": "customer", "@referredType": "Customer"}],
        "productOrderItem": [_item(at, *each, home) for at, each in enumerate(offers)],
    }
    shop = Ordering(backend.application.parts.qualification, lambda _context, _order: None)
    with backend.database.begin() as connection:
        context = Context(connection, MAREN, datetime.now(UTC), "test")
        order = shop.place(context, document)
        for state in ("inProgress", "completed"):
            ordering.set_item_state(context, order["id"], None, state)
    found = backend.call("GET", f"/tmf-api/productInventory/v4/product?customerId={customer}")
    products = {each["productOffering"]["id"]: each["id"] for each in found.json()}
    return Person(customer, name, products)


def stocked(backend: RunningBackend) -> None:
    """The operator has SIMs to give."""
    with backend.database.begin() as connection:
        seed_sims(connection, 30)


def address(backend: RunningBackend, text: str) -> dict[str, Any]:
    """The first address of the register that begins like this."""
    found = backend.call("GET", f"/desk-api/v1/address?q={text}").json()["addresses"]
    return dict(found[0])


def _customer(backend: RunningBackend, given: str, family: str, home: str) -> str:
    """A customer with an account, a PIN and an address, and nothing ordered; the id."""
    email = {"emailAddress": f"{given}.{family}@example.com".lower()}
    medium = {"mediumType": "email", "preferred": True, "characteristic": email}
    seen = {"name": "identitySeen", "value": "passport", "valueType": "string"}
    name = f"{given} {family}"
    person = {
        "@type": "Individual",
        "givenName": given,
        "familyName": family,
        "birthDate": "1992-05-08T00:00:00Z",
    }
    customer = {"name": name, "contactMedium": [medium], "characteristic": [seen]}
    body: dict[str, Any] = {
        "customer": {"party": person, "customer": customer, "pin": PIN},
        "billingAccount": {"name": name, "accountType": "postpaid"},
        "addressId": home,
    }
    answer = backend.call("PUT", f"/desk-api/v1/creation/{uuid4()}", "agent", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["customerId"])


def _item(at: int, code: str, line: int | None, home: dict[str, Any]) -> dict[str, Any]:
    place = {"id": home["id"], "name": home["label"], "role": "serviceAddress"}
    item: dict[str, Any] = {
        "id": str(at),
        "action": "add",
        "quantity": 1,
        "productOffering": {"id": code},
        "product": {"place": [{**place, "@referredType": "GeographicAddress"}]},
    }
    if code.startswith("M"):  # a mobile line is nowhere
        item["product"] = {"productCharacteristic": []}
    if line is not None:
        relation = {"id": str(line), "relationshipType": "reliesOn"}
        item["productOrderItemRelationship"] = [relation]
    return item
