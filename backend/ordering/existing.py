"""What a new order names must be there, be the customer's, and be free for an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from backend.account import rules as account
from backend.address import rules as address
from backend.catalog.definitions import Definitions
from backend.inventory import rules as inventory
from backend.ordering import items as arranging
from backend.ordering import purposes, records
from backend.ordering.items import offering_of, product_of
from backend.rest.errors import Field, NotFound, Refused
from backend.rest.resource import Context, Document

Products = Mapping[str, Document]
"""The products an order is about, by id."""

_URGENT = frozenset({"lost", "stolen", "fraud"})
"""Reasons to suspend for which nobody waits until another order is done."""


def products_of(context: Context, customer_id: str, items: Iterable[Document]) -> Products:
    """The products that items change or end; each must be the customer's and not over."""
    named = [
        (index, identity)
        for index, item in enumerate(items)
        if item["action"] != "add" and (identity := product_of(item)) is not None
    ]
    if named:
        inventory.lock(context, (identity for _, identity in named))
    found: dict[str, Document] = {}
    for index, identity in named:
        product = _own(context, customer_id, identity)
        path = f"productOrderItem.{index}.product"
        if product is None:
            raise dangling(path, "The customer has no such product.")
        if product["status"] not in inventory.HELD:
            raise dangling(path, f"{product['name']} has ended already.")
        if identity in found:
            raise dangling(path, f"{product['name']} is in the order twice.")
        found[identity] = product
    return found


def require_no_open_order(
    context: Context, order_id: str, items: Iterable[Document], products: Products
) -> None:
    """Refused when another order about one of the products is on its way, naming it."""
    wanted = {
        item["product"]["id"]: index for index, item in enumerate(items) if not _may_pass(item)
    }
    touched = {identity: _orders_of(products[identity]) for identity in wanted}
    others = {each for ids in touched.values() for each in ids} - {order_id}
    if not others:
        return
    open_ones = records.open_items(context.connection, sorted(others))
    for identity, index in wanted.items():
        for other in touched[identity]:
            if other == order_id or identity not in open_ones.get(other, {}):
                continue
            number = open_ones[other][identity]
            name = products[identity]["name"]
            raise Refused(
                f"{name} is in order {number}, which is not done yet.",
                f"Wait until {number} is done, or cancel it.",
                code="openOrder",
                fields=(arranging.field(index, "product", "Leave this out for now."),),
            )


def require_in_use(items: Iterable[Document], products: Products) -> None:
    """Only what works, or is suspended, changes or ends."""
    for index, item in enumerate(items):
        product = products.get(product_of(item) or "")
        if item["action"] in {"add", "noChange"} or product is None:
            continue
        if product["status"] not in inventory.IN_USE:
            raise Refused(
                f"{product['name']} is not in use yet, or ends already.",
                "Wait until its order is done, or cancel that order.",
                code="notInUse",
                fields=(arranging.field(index, "product", "Leave this out."),),
            )


def require_references(
    context: Context, definitions: Definitions, customer_id: str, items: Iterable[Document]
) -> None:
    """Offers, lines of new products, billing accounts and places that items name are there."""
    known_places: set[str] = set()
    unknown = []
    for index, item in enumerate(items):
        code = offering_of(item)
        if code is not None and code not in definitions.catalogue.offers:
            unknown.append(arranging.field(index, "productOffering", f"There is no offer {code}."))
        own = item.get("product") or {}
        path = f"productOrderItem.{index}.product"
        for relation in own.get("productRelationship", ()):
            line = (relation.get("product") or {}).get("id")
            if line is None or _own(context, customer_id, line) is None:
                raise dangling(f"{path}.productRelationship", "The customer has no such product.")
        for payer in _payers(item):
            own_account(context, customer_id, payer, f"{path}.billingAccount")
        for identity in places_of(own):
            if identity in known_places:
                continue
            if address.place(context.connection, identity) is None:
                raise dangling(f"{path}.place", "There is no such address.")
            known_places.add(identity)
    if unknown:
        raise Refused(unknown[0].message, code="danglingReference", fields=tuple(unknown))


def own_account(context: Context, customer_id: str, identity: str, path: str) -> Document:
    """A billing account by its id; Refused when the customer has none of this id."""
    try:
        found = account.find(context, identity)
    except NotFound:
        found = None
    if found is None or account.customer_of(found) != customer_id:
        raise dangling(path, "The customer has no such billing account.")
    return found


def places_of(product: Document) -> list[str]:
    """The ids of the addresses a product names."""
    return [place["id"] for place in product.get("place", ()) if place.get("id")]


def known_place(context: Context, identity: str) -> Document:
    """The reference to an address that is there, as products carry it."""
    known = address.place(context.connection, identity) or {}
    return {
        "id": identity,
        "href": address.GEOGRAPHIC_ADDRESS.href(identity),
        "name": known.get("label", ""),
        "role": "installationAddress",
        "@type": "RelatedPlaceRefOrValue",
        "@referredType": "GeographicAddress",
    }


def first_place(items: Iterable[Document], products: Products) -> str | None:
    """The address the order is for: that its items name, else that of what it gives away."""
    listed = list(items)
    for item in listed:
        for identity in places_of(item.get("product") or {}):
            return identity
    given = (
        products[item["product"]["id"]]
        for item in listed
        if item.get("purpose") == purposes.OWNERSHIP
    )
    return next((place for product in given for place in places_of(product)), None)


def dangling(path: str, reason: str) -> Refused:
    """The refusal of what names something that is not there."""
    return Refused(reason, code="danglingReference", fields=(Field(path, reason),))


def _own(context: Context, customer_id: str, identity: str) -> Document | None:
    try:
        product = inventory.find(context, identity)
    except NotFound:
        return None
    return product if inventory.customer_of(product) == customer_id else None


def _payers(item: Document) -> Iterator[str]:
    """The ids of the accounts an item is billed to."""
    for holder in (item, item.get("product") or {}):
        if (payer := (holder.get("billingAccount") or {}).get("id")) is not None:
            yield str(payer)


def _may_pass(item: Document) -> bool:
    """Whether an item may come while another order about its product is open."""
    purpose = item.get("purpose", purposes.NONE)
    if purpose == purposes.SUSPEND:
        return (item.get("suspension") or {}).get("reason") in _URGENT
    return purpose in {purposes.ADD, purposes.RESUME, purposes.NONE}


def _orders_of(product: Document) -> list[str]:
    return [str(each["productOrderId"]) for each in product.get("productOrderItem", ())]
