"""What conditions may ask about a flow: fixed at its start, so that it keeps its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.address import rules as address
from backend.catalog.definitions import Definitions
from backend.ordering import purposes
from backend.ordering.items import (
    NUMBER,
    characteristic,
    given_characteristics,
    offering_of,
    relied_on,
)
from backend.party import rules as party
from backend.product_rules import Offer
from backend.rest.resource import Context, Document

NEW_OWNER = "newOwner"

SAMPLE: Mapping[str, Any] = {
    "action": "add",
    "purpose": "add",
    "offer": "M03",
    "family": "Mobile",
    "kind": "line",
    "productIds": ["3f1c"],
    "reason": "lost",
    "simKind": "esim",
    "simNamed": False,
    "extras": 1,
    "additions": 1,
    "devices": 0,
    "returns": 0,
    "engineer": False,
    "flat": False,
    "broadbandComes": False,
    "lineComes": False,
    "settings": 0,
    "newTerm": 0,
    "portsNumber": False,
    "codeGiven": False,
    "changeOrder": False,
    "endsAll": False,
    "saveOffer": False,
    "noticeDays": 0,
    "startsOn": "2026-11-27",
    "endsOn": "2026-12-20",
    "restsUntil": "2027-03-01",
    NEW_OWNER: "",
    "bothAgreed": False,
    "vulnerable": False,
    "business": False,
    "reseller": "R0",
}
"""Every fact with a sample value; definitions are checked with it.

`action`, `purpose`, `offer`, `family` and `kind` are those of the item that begins the flow,
`productIds` are all products of the flow; `reason` is why it is suspended or swapped; `simKind`
is plastic, esim or none, `simNamed` says that it is in the customer's hands; `extras` counts
the add-ons that ride along, `additions` all that is new, `devices` what has to be sent,
`returns` what has to come back; `engineer`: a visit is ordered with it; `flat`: the landlord has
to agree and has not yet; `broadbandComes`: the same order brings the broadband it runs on,
`lineComes`: the line for which a number is ported; `portsNumber`: one comes with it;
`settings` counts what is set anew, `newTerm` is in months what a move binds to;
`codeGiven`: the donor's code is known, or none is needed; `changeOrder`: the order changes or
ends something, `endsAll`: it does nothing else than end; `saveOffer`: a senior is to speak with
the customer first. Days are empty where nobody set one: `startsOn` as asked for, `endsOn` when
the notice of `noticeDays` is over, `restsUntil` when a suspension ends by itself. `newOwner`
is the id of whom products are given to; `bothAgreed`: the order came with his agreement, too.
"""

_SIM, _EXTRA, _BROADBAND = "sim", "addon", "broadband"
_RENTED = frozenset({"cpe", "stb", "stb-extra"})
_SENT = _RENTED | {"device"}
_BOUGHT = "Mobile"
"""The family whose devices become the customer's own."""
_VISIT, _PORT_IN = "engineer-visit", "port-in"
"""The specifications of offers with which somebody comes, and with which a number does."""


SAVE_OFFER = "saveOffer"
"""The characteristic of what ends that says whether the customer may be won back."""


@dataclass(frozen=True, slots=True)
class Owner:
    """What flows may know of the customer."""

    business: bool
    vulnerable: bool
    reseller: str


def owner_of(document: Document) -> Owner:
    """What a customer's document (TMF629) says."""
    noted = {one["name"]: one.get("value") for one in document.get("characteristic", ())}
    return Owner(
        business=document["engagedParty"]["@referredType"] == "Organization",
        vulnerable=bool(noted.get("vulnerable")),
        reseller=party.reseller_of(document),
    )


def facts_of(
    definitions: Definitions,
    owner: Owner,
    order: Document,
    items: Sequence[Document],
    place: Mapping[str, bool],
) -> dict[str, Any]:
    """The facts of a flow over these items of an order of `owner`; the first begins it.

    `place` is what is known of the address where it is used.
    """
    offers = {item["id"]: _offer(definitions, item) for item in items}
    added = [offers[item["id"]] for item in items if item["action"] == "add"]
    moved = [item for item in items if purposes.purpose_of(order, item) == purposes.MOVE]
    new = [*added, *(offers[item["id"]] for item in moved)]
    return {
        **_about_first(definitions, order, items[0]),
        **_about_number(definitions, items),
        **_about_end(definitions, order, items, offers),
        "productIds": [
            identity for item in items if (identity := (item.get("product") or {}).get("id"))
        ],
        "simKind": _sim_kind(items, offers),
        "extras": sum(1 for offer in added if offer and offer.kind == _EXTRA),
        "additions": len(added),
        "devices": sum(1 for offer in added if offer and offer.kind in _SENT),
        "engineer": any(offer and definitions.by_offer[offer.code].id == _VISIT for offer in new),
        "flat": place.get("flat", False) and not place.get("landlordok", False),
        "broadbandComes": _brings(definitions, order, _BROADBAND),
        "startsOn": str(order.get("requestedStartDate") or "")[:10],
        NEW_OWNER: _new_owner(order),
        "bothAgreed": bool(_new_owner(order)) and len(order.get("agreement") or ()) > 1,
        "vulnerable": owner.vulnerable,
        "business": owner.business,
        "reseller": owner.reseller,
    }


def _about_first(definitions: Definitions, order: Document, item: Document) -> dict[str, Any]:
    """What the item says that begins the flow, and what it is for."""
    offer = _offer(definitions, item)
    suspension, sim = item.get("suspension") or {}, item.get("sim") or {}
    purpose = purposes.purpose_of(order, item)
    return {
        "action": item["action"],
        "purpose": purpose,
        "offer": offer.code if offer else "",
        "family": offer.family if offer else "",
        "kind": offer.kind if offer else "",
        "reason": str(suspension.get("reason") or sim.get("reason") or ""),
        "simNamed": bool(sim.get("handedOver")),
        "restsUntil": str(suspension.get("until") or "")[:10],
        "settings": len(given_characteristics(item).keys() - {NUMBER, SAVE_OFFER}),
        "newTerm": offer.term if offer and purpose == purposes.MOVE and offer.term > 1 else 0,
        "saveOffer": str(characteristic(item, SAVE_OFFER)).casefold() == "true",
    }


def _about_number(definitions: Definitions, items: Sequence[Document]) -> dict[str, Any]:
    """Whether a number is ported with it, and what is known for that."""
    ports = [
        item
        for item in items
        if item["action"] == "add"
        and (known := definitions.by_offer.get(str(offering_of(item)))) is not None
        and known.id == _PORT_IN
    ]
    mobile = [item for item in ports if characteristic(item, "numberKind") != "fixed"]
    return {
        "portsNumber": bool(ports),
        "codeGiven": all(characteristic(item, "pac") for item in mobile),
        "lineComes": any(relied_on(item) for item in ports),
    }


def _about_end(
    definitions: Definitions,
    order: Document,
    items: Sequence[Document],
    offers: Mapping[str, Offer | None],
) -> dict[str, Any]:
    """When something ends, and what has to come back."""
    changes = any(item["action"] != "add" for item in order["productOrderItem"])
    leaves = all(item["action"] in {"delete", "noChange"} for item in order["productOrderItem"])
    ending = [(item, offers[item["id"]]) for item in items if item["action"] == "delete"]
    days = 0
    if leaves:
        days = max((_notice(definitions, item, offer) for item, offer in ending), default=0)
    return {
        "changeOrder": changes,
        "endsAll": leaves,
        "returns": sum(1 for _item, offer in ending if offer is not None and _is_ours(offer)),
        "noticeDays": days,
        "endsOn": _end(order, days) if ending else "",
    }


def _notice(definitions: Definitions, item: Document, offer: Offer | None) -> int:
    """Days of notice for one product; a fee for leaving says that its minimum term runs."""
    if offer is None:
        return 0
    return definitions.notice_days(offer, in_term=bool(item.get("itemPrice")))


def _end(order: Document, days: int) -> str:
    """The last day: not before the notice is over, nor before the customer wants it; or empty."""
    asked = str(order.get("requestedCompletionDate") or "")[:10]
    placed = order.get("orderDate")
    if placed is None or not (days or asked):
        return asked
    earliest = (datetime.fromisoformat(placed).date() + timedelta(days=days)).isoformat()
    return max(asked, earliest)


def _is_ours(offer: Offer) -> bool:
    return offer.kind in _RENTED or (offer.kind == "device" and offer.family != _BOUGHT)


def without_order(owner: Owner, told: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a flow about a customer alone; `told` is what was said when it was begun."""
    empty = {name: type(value)() for name, value in SAMPLE.items()}
    known = {"vulnerable": owner.vulnerable, "business": owner.business, "reseller": owner.reseller}
    return {**empty, **known, **told}


def _new_owner(order: Document) -> str:
    parties = order.get("relatedParty", ())
    return next((str(one["id"]) for one in parties if one.get("role") == NEW_OWNER), "")


def place_of(context: Context, items: Sequence[Document]) -> Mapping[str, bool]:
    """What is known of the address that the items name; nothing where they name none."""
    for item in items:
        for place in (item.get("product") or {}).get("place", ()):
            if place.get("id"):
                return address.facts_of(context.connection, place["id"]) or {}
    return {}


def _brings(definitions: Definitions, order: Document, kind: str) -> bool:
    """Whether the order adds anything of this kind."""
    added = (item for item in order["productOrderItem"] if item["action"] == "add")
    offers = (_offer(definitions, item) for item in added)
    return any(offer is not None and offer.kind == kind for offer in offers)


def _sim_kind(items: Sequence[Document], offers: Mapping[str, Offer | None]) -> str:
    """What a swap or the SIM item says (`simType`), else what its offer is called."""
    for item in items:
        if (swapped := (item.get("sim") or {}).get("kind")) is not None:
            return str(swapped)
        offer = offers[item["id"]]
        if offer is None or offer.kind != _SIM:
            continue
        given = (item.get("product") or {}).get("productCharacteristic", ())
        said = next((one["value"] for one in given if one["name"] == "simType"), offer.name)
        return "esim" if "esim" in str(said).casefold() else "plastic"
    return "none"


def _offer(definitions: Definitions, item: Document) -> Offer | None:
    code = str((item.get("productOffering") or {}).get("id"))
    return definitions.catalogue.offers.get(code)
