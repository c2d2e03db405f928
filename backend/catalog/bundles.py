"""Offers that hold others: which, and how many of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.product_rules import BadCatalogue, Catalogue
from backend.product_rules.catalogue import Fault


@dataclass(frozen=True, slots=True)
class Held:
    """An offer inside a bundle, and how many of it there are at least and at most."""

    offer: str
    least: int = 1
    most: int = 1


Bundles = Mapping[str, tuple[Held, ...]]


def read_bundles(catalogue: Catalogue, specifications: Mapping[str, Any]) -> Bundles:
    """The bundles by their offer's code. BadCatalogue names those of offers nobody knows."""
    found = {
        each["offer"]: tuple(Held(**held) for held in each["holds"])
        for each in specifications.get("bundle", ())
    }
    faults = [
        Fault(f"bundle {code}", f"there is no offer {unknown}")
        for code, holds in found.items()
        for unknown in (code, *(held.offer for held in holds))
        if unknown not in catalogue.offers
    ]
    faults += [
        Fault(f"bundle {code}", f"{held.offer}: from {held.least} to {held.most} is no range")
        for code, holds in found.items()
        for held in holds
        if held.least > held.most
    ]
    if faults:
        raise BadCatalogue(tuple(faults))
    return found
