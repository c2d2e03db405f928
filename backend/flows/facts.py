"""What conditions may ask about a flow: fixed at its start, so that it keeps its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from backend.catalog.definitions import Definitions
from backend.party import rules as party
from backend.product_rules import Offer
from backend.rest.resource import Document

SAMPLE: Mapping[str, Any] = {
    "action": "add",
    "offer": "M03",
    "family": "Mobile",
    "simKind": "esim",
    "extras": 1,
    "business": False,
    "reseller": "R0",
}
"""Every fact with a sample value; definitions are checked with it.

`action`, `offer` and `family` are those of the item that begins the flow; `simKind` is
plastic, esim or none; `extras` counts the add-ons that ride along.
"""

_SIM, _EXTRA = "sim", "addon"


def facts_of(
    definitions: Definitions, owner: Document, items: Sequence[Document]
) -> dict[str, Any]:
    """The facts of a flow over these items of an order of `owner`; the first begins it."""
    first = items[0]
    offers = {item["id"]: _offer(definitions, item) for item in items}
    begins = offers[first["id"]]
    return {
        "action": first["action"],
        "offer": begins.code if begins else "",
        "family": begins.family if begins else "",
        "simKind": _sim_kind(items, offers),
        "extras": sum(1 for offer in offers.values() if offer and offer.kind == _EXTRA),
        "business": owner["engagedParty"]["@referredType"] == "Organization",
        "reseller": party.reseller_of(owner),
    }


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
