"""What is known of an address: the place itself, and what the network can do there."""

from __future__ import annotations

import sqlalchemy as sa

from backend.address import records, schemas
from backend.address.records import ADDRESS
from backend.address.words import search_words
from backend.rest.resource import READ_ONLY, Api, Document, Resource, Rights, everybody

API = Api("geographicAddressManagement", schemas.BASE, "GeographicAddress")
MOST = 20
RIGHT = "customer.read"


def complete(connection: sa.Connection, text: str, limit: int = MOST) -> list[Document]:
    """Addresses that fit what was typed so far: postcode and house, or parts of the street.

    Nothing is offered before the first letter or digit.
    """
    words = search_words(text)
    if not words:
        return []
    return [schemas.completion(row) for row in records.find(connection, words, limit)]


def facts_of(connection: sa.Connection, address_id: str) -> dict[str, bool] | None:
    """The facts that the product rules ask of a place; None when there is no such address.

    The networks (copper, vdsl, gpon, xgspon, allip, cov4g, cov5g), `flat`, and `landlordok`:
    whether the landlord's consent to fibre is on file.
    """
    found = records.facts(connection, address_id)
    if found is None:
        return None
    networks, is_flat, landlord_consents = found
    return {**schemas.networks(networks), "flat": is_flat, "landlordok": landlord_consents}


def place(connection: sa.Connection, address_id: str) -> Document | None:
    """The address as the desk shows it, with its networks; None when there is none."""
    row = records.by_id(connection, address_id)
    return None if row is None else schemas.completion(row)


GEOGRAPHIC_ADDRESS = Resource(
    api=API,
    name="geographicAddress",
    tmf_type="GeographicAddress",
    table=ADDRESS,
    model=schemas.GeographicAddress,
    promote=lambda _document: {},
    rights=Rights(RIGHT, RIGHT, RIGHT, RIGHT),
    visible=everybody,
    columns={
        "name": ADDRESS.c.label,
        "streetNr": ADDRESS.c.house,
        "streetName": ADDRESS.c.street,
        "city": ADDRESS.c.city,
        "postcode": ADDRESS.c.postcode,
    },
    operations=READ_ONLY,
)
