"""The demo operator's shop, with customers to order for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.access.caller import Caller
from backend.account import rules as account
from backend.catalog.rules import Versions
from backend.customer import rules as customer
from backend.database import Database
from backend.inventory import rules as inventory
from backend.ordering import rules
from backend.ordering.rules import Ordering
from backend.party import rules as party
from backend.qualification.bureau import SimulatedBureau
from backend.qualification.rules import Qualification
from backend.rest.resource import Context, Document

NOW = datetime.now(UTC).replace(microsecond=0)
RIGHTS = frozenset(
    f"{noun}.{verb}"
    for noun in ("customer", "order")
    for verb in ("read", "create", "update", "amend", "cancel")
) | {"number.gold", "product.suspend", "product.resume", "product.cease"}
MAREN = Caller("maren", "Maren Tindlewick", frozenset({"agent"}), RIGHTS, None)
SENIOR = Caller(
    "sunniva", "Sunniva Ravensborg", frozenset({"senior"}), RIGHTS | {"owner.change"}, None
)
PARTNER = Caller("jory", "Jory Oakenmarch", frozenset({"reseller"}), RIGHTS, "R1")


def add(identity: str, code: str, *, line: str | None = None, **settings: Any) -> Document:
    """An item that adds one of an offering; it may rely on another item."""
    item: Document = {
        "id": identity,
        "action": "add",
        "quantity": 1,
        "productOffering": {"id": code},
        "product": {
            "productCharacteristic": [
                {"name": name, "value": value} for name, value in settings.items()
            ]
        },
    }
    if line is not None:
        relation = {"id": line, "relationshipType": "reliesOn"}
        item["productOrderItemRelationship"] = [relation]
    return item


def modify(product: Document, **more: Any) -> Document:
    """An item that changes a product; `product` attributes besides its id by `own`."""
    own = {"id": product["id"], **more.pop("own", {})}
    return {"id": more.pop("id", "1"), "action": "modify", "product": own, **more}


def delete(product: Document, identity: str = "1") -> Document:
    """An item that ends a product."""
    return {"id": identity, "action": "delete", "product": {"id": product["id"]}}


def settings_of(product: Document) -> dict[str, Any]:
    """The characteristics of a product by name."""
    return {each["name"]: each["value"] for each in product["productCharacteristic"]}


def order_of(customer_id: str, *items: Document, **attributes: Any) -> Document:
    owner = {"id": customer_id, "role": "customer", "@referredType": "Customer"}
    return {"relatedParty": [owner], "productOrderItem": list(items), **attributes}


@dataclass
class Shop:
    """Places orders and moves them, each in a transaction of its own."""

    database: Database
    ordering: Ordering
    accepted: list[Document]

    @contextmanager
    def at(self, caller: Caller = MAREN, moment: datetime = NOW) -> Iterator[Context]:
        with self.database.begin() as connection:
            yield Context(connection, caller, moment, "test")

    def customer(self, *, reseller: str | None = None, **noted: Any) -> str:
        """A private customer with one billing account; `noted` become characteristics."""
        with self.at() as context:
            parties = [{"id": reseller, "role": "reseller", "@referredType": "Organization"}]
            mine: Document = {"relatedParty": parties} if reseller else {}
            person = party.create_individual(
                context,
                {
                    "givenName": "Edda",
                    "familyName": "Marrowby",
                    "birthDate": "1984-03-09T00:00:00Z",
                    **mine,
                },
            )
            known = {"identitySeen": "passport", "creditClass": "A", **noted}
            made = customer.create(
                context,
                {
                    "name": "Edda Marrowby",
                    "engagedParty": {"id": person["id"]},
                    "characteristic": [
                        {"name": name, "value": value} for name, value in known.items()
                    ],
                    **mine,
                },
            )
            owner = {"id": made["id"], "role": "customer"}
            account.create(context, {"name": "Home", "relatedParty": [owner]})
            return str(made["id"])

    def place(
        self, customer_id: str, *items: Document, by: Caller = MAREN, **attributes: Any
    ) -> Document:
        with self.at(by) as context:
            return self.ordering.place(context, order_of(customer_id, *items, **attributes))

    def move(self, order: Document, state: str, *item_ids: str) -> Document:
        """Move items, or all that are not over."""
        with self.at(moment=NOW + timedelta(minutes=1)) as context:
            return rules.set_item_state(context, order["id"], item_ids or None, state)

    def fulfilled(
        self, customer_id: str, *items: Document, by: Caller = MAREN, **attributes: Any
    ) -> Document:
        """An order that was carried out."""
        order = self.place(customer_id, *items, by=by, **attributes)
        self.move(order, "inProgress")
        return self.move(order, "completed")

    def product(self, order: Document, index: int = 0) -> Document:
        """The product that an item of an order is about, as it is now."""
        with self.at() as context:
            return inventory.find(context, order["productOrderItem"][index]["product"]["id"])


def make_shop(database: Database) -> Shop:
    accepted: list[Document] = []
    qualification = Qualification(Versions(), SimulatedBureau())
    ordering = Ordering(qualification, lambda _context, order: accepted.append(order))
    return Shop(database, ordering, accepted)


@pytest.fixture
def shop(operator_database: Database) -> Shop:
    return make_shop(operator_database)
