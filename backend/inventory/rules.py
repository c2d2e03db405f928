"""What is decided about products: how they come, change and end. Only orders change them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import orjson
import sqlalchemy as sa

from backend.access.caller import Caller
from backend.customer import rules as customer
from backend.inventory import parts, records
from backend.inventory.records import PRODUCT as TABLE
from backend.rest import documents, events
from backend.rest.resource import (
    READ_ONLY,
    Api,
    Audience,
    Context,
    Document,
    Resource,
    Rights,
    StateMachine,
)

API = Api("productInventory", "/tmf-api/productInventory/v4", "ProductInventory")
HELD = ("created", "pendingActive", "active", "suspended", "pendingTerminate")
"""States in which a product counts as the customer's: the rules see it."""
IN_USE = ("active", "suspended")
"""States from which a product may become another offer, or end."""

# the drawing of TMF637; `aborted` without the blank that the official file has behind it
_MOVES: Mapping[str, frozenset[str]] = {
    "created": frozenset({"pendingActive", "active"}),
    "pendingActive": frozenset({"active", "aborted", "cancelled"}),
    "active": frozenset({"suspended", "pendingTerminate", "terminated"}),
    "suspended": frozenset({"active"}),
    "pendingTerminate": frozenset({"terminated"}),
}
# ways that the drawing has only in two steps
_OVER = {
    ("created", "cancelled"): "pendingActive",
    ("created", "aborted"): "pendingActive",
    ("suspended", "pendingTerminate"): "active",
    ("suspended", "terminated"): "active",
}


_ROLLING = 1  # months


@dataclass(frozen=True, slots=True)
class TermEnd:
    """The last day of a product's minimum term."""

    customer_id: str
    product_id: str
    day: date


def create(context: Context, document: Document, *, identity: str | None = None) -> Document:
    """Store a product; one that is brought over from elsewhere may come in any state.

    `relatedParty` names its customer, `productOffering` what it is one of.
    """
    return documents.create(context, PRODUCT, document, identity=identity).document


def terms_ending(connection: sa.Connection, first: date, last: date) -> list[TermEnd]:
    """Products in use whose minimum term ends between these days, by customer."""
    rows = records.terms_ending(connection, IN_USE, _ROLLING, first, last)
    return [TermEnd(*row) for row in rows]


def find(context: Context, identity: str) -> Document:
    """NotFound when there is no such product for this caller."""
    return documents.find(context, PRODUCT, identity)


def customer_of(product: Document) -> str:
    """The id of the customer whose product it is."""
    parties = product["relatedParty"]
    return next(str(party["id"]) for party in parties if party.get("role") == "customer")


def bodies_of_customer(context: Context, customer_id: str) -> list[bytes]:
    """A customer's products as stored JSON; the caller must have seen the customer."""
    return records.bodies_of_customer(context.connection, customer_id)


def lock(context: Context, identities: Iterable[str]) -> None:
    """Nobody else orders anything about these products until the transaction ends."""
    records.lock(context.connection, list(identities))


def relying_on(context: Context, customer_id: str, identities: Iterable[str]) -> dict[str, str]:
    """What a customer has that hangs on these products, directly or by others.

    Id of the product to the id of what it hangs on; what hangs nearer comes first.
    """
    held = [orjson.loads(body) for body in bodies_of_customer(context, customer_id)]
    held = [product for product in held if product["status"] in HELD]
    found: dict[str, str] = {}
    roots = list(identities)
    for root in roots:
        for product in held:
            identity = str(product["id"])
            if identity not in found and identity not in roots and root in relied_on(product):
                found[identity] = root
                roots.append(identity)
    return found


def relied_on(product: Document) -> list[str]:
    """The ids of the products that a product hangs on: a SIM on its line."""
    return [
        str(each["product"]["id"])
        for each in product.get("productRelationship", ())
        if each["relationshipType"] == "reliesOn"
    ]


def installed(context: Context, customer_id: str) -> dict[str, int]:
    """What a customer has or will have, as picks of the product rules: offering to quantity."""
    return records.count_by_offering(context.connection, customer_id, HELD)


def move(context: Context, identity: str, status: str) -> Document:
    """Bring a product into another state; Refused when TMF637's drawing has no way there.

    Doing it again changes nothing.
    """
    over = _OVER.get((find(context, identity)["status"], status))
    if over is not None:
        _rewrite(context, identity, lambda product: {**product, "status": over})
    return _rewrite(context, identity, lambda product: {**product, "status": status})


def activate(context: Context, identity: str) -> Document:
    """The product works from now on; its minimum terms begin."""
    now = events.timestamp(context.now)

    def active(product: Document) -> Document:
        if product["status"] == "active":
            return product
        terms = [begun_term(term, context.now) for term in product.get("productTerm", ())]
        begun = {**product, "status": "active", "startDate": product.get("startDate", now)}
        return {**begun, "productTerm": terms} if terms else begun

    return _rewrite(context, identity, active)


def terminate(context: Context, identity: str) -> Document:
    """The product has ended."""
    now = events.timestamp(context.now)
    move(context, identity, "terminated")
    return _rewrite(
        context,
        identity,
        lambda product: {**product, "terminationDate": product.get("terminationDate", now)},
    )


def amend(context: Context, identity: str, changes: Document) -> Document:
    """Change attributes; characteristics are merged by name, the rest is replaced."""

    def amended(product: Document) -> Document:
        after = {**product, **changes}
        if "productCharacteristic" in changes:
            after["productCharacteristic"] = merged_by_name(
                product.get("productCharacteristic", []), changes["productCharacteristic"]
            )
        return after

    return _rewrite(context, identity, amended)


def realize(context: Context, identity: str, resource: Document) -> Document:
    """Name a resource (number, SIM, port) that makes the product work; one of each name.

    `resource` has `id`, `name` such as TelephoneNumber, and what people read as `value`.
    """

    def realized(product: Document) -> Document:
        others = [
            one for one in product.get("realizingResource", ()) if one["name"] != resource["name"]
        ]
        reference = {"@type": "ResourceRef", "@referredType": "Resource", **resource}
        return {**product, "realizingResource": [*others, reference]}

    return _rewrite(context, identity, realized)


def merged_by_name(before: list[Document], changes: list[Document]) -> list[Document]:
    """Characteristics with the changed ones in place of those of the same name.

    One that is set to "" is taken away.
    """
    changed = {one["name"]: one for one in changes}
    kept = [changed.pop(one["name"], one) for one in before]
    return [one for one in (*kept, *changed.values()) if one["value"] != ""]


def reference(product: Document) -> Document:
    """The reference that other resources carry for this product."""
    return {
        "id": product["id"],
        "href": product["href"],
        "name": product["name"],
        "@type": "ProductRef",
        "@referredType": "Product",
    }


def _rewrite(context: Context, identity: str, change: Callable[[Document], Document]) -> Document:
    return documents.rewrite(context, PRODUCT, identity, change).document


def begun_term(term: Document, now: datetime) -> Document:
    """A term of so many months begins at `now` and ends that many months later."""
    duration = term.get("duration") or {}
    if term.get("validFor") or duration.get("units") != "month":
        return term
    end = _months_later(now, int(duration["amount"]))
    period = {"startDateTime": events.timestamp(now), "endDateTime": events.timestamp(end)}
    return {**term, "validFor": period}


def _months_later(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or that month's last day."""
    year, month = divmod(moment.month - 1 + months, 12)
    first = moment.replace(year=moment.year + year, month=month + 1, day=1)
    for day in range(moment.day, 27, -1):
        try:
            return first.replace(day=day)
        except ValueError:
            continue
    return first.replace(day=moment.day)


def _columns(document: Document) -> Mapping[str, object]:
    places = document.get("place") or [{}]
    return {
        "customer_id": customer_of(document),
        "billing_account_id": (document.get("billingAccount") or {}).get("id"),
        "offering": document["productOffering"]["id"],
        "name": document["name"],
        "status": document["status"],
        "place_id": places[0].get("id"),
        "ordered": datetime.fromisoformat(document["orderDate"]),
    }


def _visible(caller: Caller) -> sa.ColumnElement[bool] | None:
    if caller.reseller is None:
        return None
    return TABLE.c.customer_id.in_(customer.of_reseller(caller.reseller))


def _audience(context: Context, document: Document) -> Audience:
    return customer.audience(context, customer_of(document))


PRODUCT = Resource(
    api=API,
    name="product",
    tmf_type="Product",
    table=TABLE,
    model=parts.Product,
    promote=_columns,
    rights=Rights("customer.read", "order.create", "order.amend", "order.cancel"),
    visible=_visible,
    columns={
        "name": TABLE.c.name,
        "status": TABLE.c.status,
        "orderDate": TABLE.c.ordered,
        "billingAccount.id": TABLE.c.billing_account_id,
        "productOffering.id": TABLE.c.offering,
    },
    operations=READ_ONLY,
    states=StateMachine("status", (*HELD, "terminated", "cancelled", "aborted"), _MOVES),
    audience=_audience,
    searches={"customerId": lambda value: TABLE.c.customer_id == value},
)
