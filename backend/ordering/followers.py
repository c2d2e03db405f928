"""What hangs on a product goes where it goes: the items that the server adds to an order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from backend.catalog.definitions import Definitions
from backend.inventory import rules as inventory
from backend.ordering import purposes
from backend.ordering.items import RELIES_ON, product_of
from backend.product_rules import Offer
from backend.rest import events
from backend.rest.resource import Context, Document

_SAID = {
    purposes.DISCONTINUE: "{names} ends with {root}.",
    purposes.OWNERSHIP: "{names} goes with {root} to the new owner.",
    purposes.RELOCATE: "{names} moves with {root}.",
}
_AUTHOR = "Jackfield"
_SIM, _ESIM = "sim", "esim"


@dataclass(frozen=True, slots=True)
class Followers:
    """Items that were added to an order, and what its notes say of them."""

    items: tuple[Document, ...] = ()
    notes: tuple[Document, ...] = ()


def followers(
    context: Context, definitions: Definitions, customer_id: str, items: Sequence[Document]
) -> Followers:
    """What the customer has that hangs on what ends, moves house or changes hands.

    So does the SIM that is sold with a line when the line gets one of the other kind. What the
    order names itself stays as it is said there. `items` know their purposes.
    """
    roots = {item["product"]["id"]: item for item in items if item.get("purpose") in _SAID}
    swaps = [item for item in items if item.get("purpose") == purposes.SIM_SWAP]
    named = {product_of(item) for item in items}
    ids = _free_ids(items)
    added = [
        _sold_as(next(ids), item, product, code)
        for item in swaps
        for product, code in _other_kinds(context, definitions, customer_id, item)
        if product["id"] not in named
    ]
    if not roots:
        return Followers(tuple(added))
    notes: list[Document] = []
    for identity, line in inventory.relying_on(context, customer_id, roots).items():
        if identity in named or line not in roots:
            continue
        root, product = roots[line], inventory.find(context, identity)
        if root["purpose"] == purposes.RELOCATE and not product.get("place"):
            continue
        roots[identity] = _following(next(ids), root, product)
        added.append(roots[identity])
        notes.append(_said(context, root, product, inventory.find(context, line)))
    return Followers(tuple(added), tuple(notes))


def _other_kinds(
    context: Context, definitions: Definitions, customer_id: str, item: Document
) -> Iterator[tuple[Document, str]]:
    """The SIMs sold with a line that are of another kind than the one it gets, and that one."""
    line, offers = item["product"]["id"], definitions.catalogue.offers
    sims = [offer for offer in offers.values() if definitions.role(offer.code) == _SIM]
    wanted = [offer for offer in sims if _is_esim(offer) == (item["sim"]["kind"] == _ESIM)]
    for identity, root in inventory.relying_on(context, customer_id, [line]).items():
        product = inventory.find(context, identity)
        sold = offers.get(product["productOffering"]["id"])
        if root != line or sold not in sims or sold in wanted:
            continue
        for offer in wanted[:1]:
            yield product, offer.code


def _is_esim(offer: Offer) -> bool:
    return _ESIM in offer.name.casefold()


def _sold_as(identity: str, root: Document, product: Document, code: str) -> Document:
    """A product that becomes another offer because of what its line gets."""
    return {
        "id": identity,
        "action": "modify",
        "quantity": 1,
        "state": "acknowledged",
        "purpose": purposes.MOVE,
        "product": {"id": product["id"]},
        "productOffering": {"id": code},
        "productOrderItemRelationship": [{"id": root["id"], "relationshipType": RELIES_ON}],
    }


def _following(identity: str, root: Document, product: Document) -> Document:
    own: Document = {"id": product["id"]}
    if "place" in root["product"]:
        own["place"] = root["product"]["place"]
    return {
        "id": identity,
        "action": root["action"],
        "quantity": 1,
        "state": "acknowledged",
        "purpose": root["purpose"],
        "product": own,
        "productOrderItemRelationship": [{"id": root["id"], "relationshipType": RELIES_ON}],
    }


def _said(context: Context, root: Document, product: Document, line: Document) -> Document:
    sentence = _SAID[root["purpose"]].format(names=product["name"], root=line["name"])
    return {"author": _AUTHOR, "date": events.timestamp(context.now), "text": sentence}


def _free_ids(items: Sequence[Document]) -> Iterator[str]:
    taken = {item["id"] for item in items}
    return (f"with-{each}" for each in count(1) if f"with-{each}" not in taken)
