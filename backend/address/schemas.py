"""Addresses on the wire, for TMF673 and for the desk."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from backend.rest.parts import Identity, Name, Part, Text
from backend.rest.resource import Document

NETWORKS = ("copper", "vdsl", "gpon", "xgspon", "allip", "cov4g", "cov5g")
BASE = "/tmf-api/geographicAddressManagement/v4"


class GeographicSubAddress(Part):
    id: Identity | None = None
    href: Text | None = None
    name: Name | None = None
    building_name: Name | None = None
    level_number: Name | None = None
    level_type: Name | None = None
    private_street_name: Name | None = None
    private_street_number: Name | None = None
    sub_address_type: Name | None = None
    sub_unit_number: Name | None = None
    sub_unit_type: Name | None = None


class GeographicAddress(Part):
    name: Name | None = None
    city: Name | None = None
    country: Name | None = None
    locality: Name | None = None
    postcode: Name | None = None
    state_or_province: Name | None = None
    street_name: Name | None = None
    street_nr: Name | None = None
    street_nr_last: Name | None = None
    street_nr_last_suffix: Name | None = None
    street_nr_suffix: Name | None = None
    street_suffix: Name | None = None
    street_type: Name | None = None
    geographic_location: Document | None = None
    geographic_sub_address: list[GeographicSubAddress] | None = None


def networks(names: list[str]) -> dict[str, bool]:
    return {network: network in names for network in NETWORKS}


def completion(row: sa.Row[Any]) -> Document:
    """One address as the desk offers it."""
    house = row.house if row.flat is None else f"Flat {row.flat}, {row.house}"
    return {
        "id": row.id,
        "label": row.label,
        "street": row.street,
        "house": house,
        "city": row.city,
        "postcode": row.postcode,
        "flat": row.flat is not None,
        "networks": networks(row.networks),
    }


def geographic_address(
    address_id: str,
    *,
    label: str,
    flat: str | None,
    house: str,
    street: str,
    city: str,
    postcode: str,
) -> Document:
    """The TMF673 document of an address."""
    document: Document = {
        "id": address_id,
        "href": f"{BASE}/geographicAddress/{address_id}",
        "@type": "GeographicAddress",
        "name": label,
        "streetNr": house,
        "streetName": street,
        "city": city,
        "postcode": postcode,
        "country": "GB",
    }
    if flat is not None:
        document["geographicSubAddress"] = [
            {
                "id": f"{address_id}-{flat}",
                "subUnitType": "flat",
                "subUnitNumber": flat,
                "@type": "GeographicSubAddress",
            }
        ]
    return document
