"""The finished deed as the one command that orders it (TMF622 with the desk's extensions)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.deeds.checks import is_urgent
from app.deeds.deed import ENDS, STAYS, Deed, several
from app.wizard.draft import Agreement

Body = dict[str, Any]

_CATEGORY = {"owner": "changeOfOwnership", "move": "relocation"}
_AGREED = frozenset({"owner", "move"})
"""What binds somebody anew: the terms must have been agreed to."""


def creation_of(deed: Deed) -> Body:
    """The body of `PUT /desk-api/v1/creation/{command id}`; the same deed, the same body."""
    agrees = deed.name in _AGREED
    return {
        "customer": {"id": deed.customer_id},
        "billingAccount": None,
        "order": _order(deed),
        "picks": {},
        "addressId": None,
        "reservations": [deed.hold.reservation] if deed.hold else [],
        "agreement": _agreement(deed.agreement) if agrees else None,
        "waivers": [],
        "messages": [],
        **({"newOwnerAgreement": _agreement(deed.taker_agreement)} if _is_gift(deed) else {}),
    }


def _is_gift(deed: Deed) -> bool:
    return deed.name == "owner"


def _order(deed: Deed) -> Body:
    items = [{"id": str(at), **item} for at, item in enumerate(_items(deed), 1)]
    order: Body = {
        "externalId": deed.command_id,
        "channel": [{"id": "CALL", "name": "Call centre", "role": "sales"}],
        "productOrderItem": items,
    }
    if deed.name in _CATEGORY:
        order["category"] = _CATEGORY[deed.name]
    if deed.name == "owner":
        order["relatedParty"] = [
            {"id": deed.taker_id, "role": "newOwner", "@referredType": "Customer"}
        ]
    if is_urgent(deed):
        order["priority"] = "0"
    if day := deed.said("day"):
        order["requestedStartDate"] = f"{day}T00:00:00Z"
    return order


def _items(deed: Deed) -> Iterator[Body]:
    if deed.name == "move":
        yield from _moved(deed)
        return
    product: Body = {"id": deed.product_id, "@type": "Product"}
    item: Body = {"action": "modify", "quantity": 1, "product": product}
    if deed.name == "suspend":
        product["status"] = "suspended"
        item["suspension"] = {"reason": deed.said("reason"), "until": deed.said("until") or None}
    elif deed.name == "resume":
        product["status"] = "active"
    elif deed.name == "sim":
        item["sim"] = _sim(deed)
    elif deed.name == "number":
        number = deed.hold.number if deed.hold and deed.said("way") == "chosen" else ""
        value = {"name": "telephoneNumber", "value": number, "valueType": "string"}
        product["productCharacteristic"] = [value]
    yield item


def _sim(deed: Deed) -> Body:
    kind = deed.said("kind")
    iccid = "".join(deed.said("iccid").split()) if kind == "plastic" else ""
    checked = list(several(deed, "checked"))
    return {
        "kind": kind,
        "iccid": iccid or None,
        "reason": deed.said("reason"),
        "checked": checked,
    }


def _moved(deed: Deed) -> Iterator[Body]:
    """One item for each product: it goes along, becomes another offer there, or ends."""
    place = {
        "id": deed.address_id,
        "name": deed.address,
        "role": "serviceAddress",
        "@referredType": "GeographicAddress",
    }
    for product, fate in deed.fates.items():
        about: Body = {"id": product, "@type": "Product"}
        if fate == ENDS:
            yield {"action": "delete", "quantity": 1, "product": about}
            continue
        item: Body = {"action": "modify", "quantity": 1, "product": {**about, "place": [place]}}
        if fate != STAYS:
            item["productOffering"] = {"id": fate, "@referredType": "ProductOffering"}
        yield item


def _agreement(given: Agreement) -> Body | None:
    if given.at is None:
        return None
    return {
        "way": given.way,
        "at": given.at.isoformat(),
        "termsVersion": given.terms_version,
        "termsHash": given.terms_hash,
    }
