"""Who orders in benchmarks, and what."""

from __future__ import annotations

from datetime import UTC, datetime

from backend.access.caller import Caller
from backend.account import rules as account
from backend.customer import rules as customer
from backend.party import rules as party
from backend.rest.resource import Context, Document
from backend.start import Application

ITEMS = 10
_LINE, _EXTRA = "M03", "M11"
_POST: Document = {
    "mediumType": "postalAddress",
    "characteristic": {
        "street1": "14 Pebblewick Rise",
        "city": "Norsby-on-Tarn",
        "postCode": "QX4 7TR",
    },
}
_CALLER = Caller("benchmark", "Benchmark", frozenset(), frozenset({"customer.create"}), None)


def takers(application: Application, count: int) -> list[str]:
    """New private customers who may have everything."""
    made = []
    with application.parts.database.begin() as connection:
        context = Context(connection, _CALLER, datetime.now(UTC), "benchmark")
        for _ in range(count):
            name: Document = {"givenName": "Edda", "familyName": "Marrowby"}
            birth = {"birthDate": "1984-03-09T00:00:00Z"}
            person = party.create_individual(context, name | birth)
            known = {"identitySeen": "passport", "creditClass": "A"}
            facts = [{"name": name, "value": value} for name, value in known.items()]
            one = customer.create(
                context,
                {
                    "name": "Edda Marrowby",
                    "engagedParty": {"id": person["id"]},
                    "characteristic": facts,
                    "contactMedium": [_POST],
                },
            )
            owner = {"id": one["id"], "role": "customer"}
            account.create(context, {"name": "Home", "relatedParty": [owner]})
            made.append(str(one["id"]))
    return made


def order_of(taker: str) -> Document:
    """Lines, and an extra on each."""
    items: list[Document] = []
    for number in range(1, ITEMS + 1):
        item: Document = {"id": str(number), "action": "add", "quantity": 1, "product": {}}
        item["productOffering"] = {"id": _LINE if number % 2 else _EXTRA}
        if number % 2 == 0:
            relation = {"id": str(number - 1), "relationshipType": "reliesOn"}
            item["productOrderItemRelationship"] = [relation]
        items.append(item)
    owner = {"id": taker, "role": "customer", "@referredType": "Customer"}
    return {"relatedParty": [owner], "productOrderItem": items}
