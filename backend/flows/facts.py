"""What conditions may ask about a flow: fixed at its start, so that it keeps its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.address import rules as address
from backend.catalog.definitions import Definitions
from backend.party import rules as party
from backend.product_rules import Offer
from backend.rest.resource import Context, Document

SAMPLE: Mapping[str, Any] = {
    "action": "add",
    "offer": "M03",
    "family": "Mobile",
    "simKind": "esim",
    "extras": 1,
    "devices": 0,
    "engineer": False,
    "flat": False,
    "broadbandComes": False,
    "vulnerable": False,
    "business": False,
    "reseller": "R0",
}
"""Every fact with a sample value; definitions are checked with it.

`action`, `offer` and `family` are those of the item that begins the flow; `simKind` is
plastic, esim or none; `extras` counts the add-ons that ride along, `devices` what has to be
sent; `engineer`: a visit is ordered with it; `flat`: the landlord has to agree and has not yet;
`broadbandComes`: the same order brings the broadband it runs on.
"""

_SIM, _EXTRA, _BROADBAND = "sim", "addon", "broadband"
_SENT = frozenset({"cpe", "stb", "stb-extra", "device"})
_VISIT = "engineer-visit"
"""The specification of offers with which somebody comes."""


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
    first = items[0]
    offers = {item["id"]: _offer(definitions, item) for item in items}
    begins = offers[first["id"]]
    return {
        "action": first["action"],
        "offer": begins.code if begins else "",
        "family": begins.family if begins else "",
        "simKind": _sim_kind(items, offers),
        "extras": sum(1 for offer in offers.values() if offer and offer.kind == _EXTRA),
        "devices": sum(1 for offer in offers.values() if offer and offer.kind in _SENT),
        "engineer": any(
            offer and definitions.by_offer[offer.code].id == _VISIT for offer in offers.values()
        ),
        "flat": place.get("flat", False) and not place.get("landlordok", False),
        "broadbandComes": _brings(definitions, order, _BROADBAND),
        "vulnerable": owner.vulnerable,
        "business": owner.business,
        "reseller": owner.reseller,
    }


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
    """What the SIM item says (`simType`), else what its offer is called."""
    for item in items:
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
