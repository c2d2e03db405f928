"""Fills the register with the places of the demo operator."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import orjson
import sqlalchemy as sa

from backend.address import schemas
from backend.address.words import index_words
from backend.database import raw

_COLUMNS = (
    *("id", "document", "last_update", "label", "flat", "house", "house_number", "street"),
    *("city", "postcode", "networks", "landlord_consent", "words"),
)


@dataclass(frozen=True, slots=True)
class Door:
    """One address of the gazetteer, before it has an id."""

    flat: str | None
    house: int
    street: str
    city: str
    postcode: str
    networks: frozenset[str]

    @property
    def at(self) -> str:
        """Without the postcode, as the gazetteer names a house."""
        house = f"{self.house} {self.street}, {self.city}"
        return house if self.flat is None else f"Flat {self.flat}, {house}"


def seed_addresses(connection: sa.Connection) -> int:
    """Every address of resources/demo/gazetteer.toml; returns how many.

    The same places have the same ids in every database. Meant for an empty table.
    """
    text = (files("resources") / "demo" / "gazetteer.toml").read_text(encoding="utf-8")
    gazetteer = tomllib.loads(text)
    written = 0
    with raw(connection).cursor() as cursor:
        with cursor.copy(f"COPY address ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
            for row in _rows(gazetteer):
                copy.write_row(row)
                written += 1
        cursor.execute("ANALYZE address")
    return written


def doors() -> list[Door]:
    """Every address of the gazetteer, in its order."""
    text = (files("resources") / "demo" / "gazetteer.toml").read_text(encoding="utf-8")
    return list(_doors(tomllib.loads(text)))


def address_id(at: str) -> str:
    """The id of a demo address, such as `14 Pebblewick Rise, Norsby-on-Tarn` (no postcode)."""
    return f"A-{zlib.crc32(at.encode()):010d}"


def _rows(gazetteer: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    special = {house["at"]: house for house in gazetteer["house"]}
    doors = list(_doors(gazetteer))
    if unknown := special.keys() - {door.at for door in doors}:
        raise ValueError(f"the gazetteer has no such houses: {sorted(unknown)}")
    for door in doors:
        own = special.get(door.at, {})
        networks = [name for name in schemas.NETWORKS if name in own.get("networks", door.networks)]
        identity, label = address_id(door.at), f"{door.at} {door.postcode}"
        document = schemas.geographic_address(
            identity,
            label=label,
            flat=door.flat,
            house=str(door.house),
            street=door.street,
            city=door.city,
            postcode=door.postcode,
        )
        consent = own.get("landlordok", door.flat is None or zlib.crc32(label.encode()) % 2 == 0)
        yield (
            identity,
            orjson.dumps(document).decode(),
            "now",
            label,
            door.flat,
            str(door.house),
            door.house,
            door.street,
            door.city,
            door.postcode,
            networks,
            consent,
            " ".join(f"'{word}'" for word in index_words(label)),
        )


def _doors(gazetteer: dict[str, Any]) -> Iterator[Door]:
    for town in gazetteer["town"]:
        for street in town["street"]:
            networks = frozenset(town["networks"]) - set(street.get("without", ()))
            networks |= set(street.get("also", ()))
            for flat, house in _houses(gazetteer | street):
                postcode = street["odd" if house % 2 else "even"]
                yield Door(flat, house, street["name"], town["name"], postcode, networks)


def _houses(street: dict[str, Any]) -> Iterator[tuple[str | None, int]]:
    """Flat (if it is one) and number of every door; a street may have blocks of its own."""
    for house in range(1, street["houses"] + 1):
        if house not in street["blocks"]:
            yield None, house
    for block in street["blocks"]:
        for flat in range(1, street["flats"] + 1):
            yield str(flat), block
