"""A whole account in one read, put together from what each noun stores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import orjson

from backend.access import audit
from backend.account import rules as accounts
from backend.address import rules as addresses
from backend.communication.rules import Messages
from backend.customer import rules as customers
from backend.document import rules as letters
from backend.inventory import rules as inventory
from backend.ordering import rules as ordering
from backend.party import rules as parties
from backend.qualification import facts
from backend.rest import documents, events
from backend.rest.resource import Context, Document

FlowsOf = Callable[[Context, Sequence[str]], list[Document]]
"""The flows of these orders: `orderId`, `processFlow`, `taskFlows` in the definition's order."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Reads accounts; `flows_of` tells how far orders have come."""

    messages: Messages
    flows_of: FlowsOf

    def whole(self, context: Context, customer_id: str) -> bytes:
        """The account as JSON; NotFound when there is no such customer for this caller.

        Its parts are told by several statements: the connection must show one moment to all.
        """
        connection, caller = context.connection, context.caller
        if "\x00" in customer_id:
            raise documents.not_found(customers.CUSTOMER)
        stored = documents.read(connection, customers.CUSTOMER, caller, customer_id)
        customer = stored.document
        engaged = customer["engagedParty"]
        person = engaged["@referredType"] == "Individual"
        resource = parties.INDIVIDUAL if person else parties.ORGANIZATION
        party = documents.read(connection, resource, caller, engaged["id"])
        products = inventory.bodies_of_customer(context, customer_id)
        orders = ordering.bodies_of_customer(context, customer_id)
        parts = {
            "asOf": orjson.dumps(events.timestamp(context.now)),
            "customer": stored.body,
            "party": party.body,
            "billingAccounts": orjson.dumps(accounts.of_customer(context, customer_id)),
            "products": _array(products),
            "orders": _array(orders),
            "flows": orjson.dumps(self.flows_of(context, list(_ids(orders)))),
            "documents": orjson.dumps(letters.of_customer(context, customer_id)),
            "messages": orjson.dumps(self.messages.of_customer(context, customer_id)),
            "places": orjson.dumps(_places(context, customer, products)),
            "facts": orjson.dumps(facts.of_customer(context, customer_id, None).facts),
        }
        members = (b'"' + name.encode() + b'":' + value for name, value in parts.items())
        return b"{" + b",".join(members) + b"}"


def note_look(context: Context, customer_id: str) -> None:
    """One line in the audit trail: the caller looks at the account."""
    entry = audit.Entry("customer.look", actor=context.caller.user_id, customer_id=customer_id)
    audit.record(context.connection, entry)


def _array(bodies: Iterable[bytes]) -> bytes:
    return b"[" + b",".join(bodies) + b"]"


def _ids(bodies: Iterable[bytes]) -> Iterator[str]:
    for body in bodies:
        yield str(orjson.loads(body)["id"])


def _places(context: Context, customer: Document, products: Iterable[bytes]) -> list[Document]:
    """The addresses on file and where products are, with what the network can do there."""
    noted = {each["name"]: each.get("value") for each in customer.get("characteristic", ())}
    wanted = dict.fromkeys([str(noted["addressId"])] if noted.get("addressId") else [])
    for body in products:
        for place in orjson.loads(body).get("place", ()):
            if place.get("id"):
                wanted[place["id"]] = None
    known = (addresses.place(context.connection, identity) for identity in wanted)
    return [
        {"id": place["id"], "label": place["label"], "networks": place["networks"]}
        for place in known
        if place is not None
    ]
