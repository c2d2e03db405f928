"""What specifications and prices look like: every field that is none, or is missing, is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.catalog.roles import Role

Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[list[Name], Field(min_length=1, max_length=500)]
Amount = Annotated[Decimal, Field(ge=-1_000_000, le=1_000_000, allow_inf_nan=False)]
_MOST = 5_000
_SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is no field that is known here",
    "string_type": "is a text",
    "list_type": "is a list",
    "literal_error": "is none of the words that are known here",
    "dict_type": "is an object",
    "model_type": "is an object",
    "model_attributes_type": "is an object",
}


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Family(_Shape):
    id: Name
    family: Name
    name: Name


class _Specification(_Shape):
    id: Name
    name: Name
    family: Name
    kinds: list[Name] = []
    offers: list[Name] = []
    process_flow: Name
    number_type: Name | None = None
    characteristic: Annotated[list[dict[str, Any]], Field(max_length=200)] = []


class _Section(_Shape):
    name: Name
    family: Name
    kind: Name
    also: list[Name] = []


class _Held(_Shape):
    offer: Name
    least: Annotated[int, Field(ge=0, le=10_000)] = 1
    most: Annotated[int, Field(ge=1, le=10_000)] = 1


class _Bundle(_Shape):
    offer: Name
    holds: Annotated[list[_Held], Field(min_length=1, max_length=500)]


class _Which(_Shape):
    family: Name | None = None
    kinds: list[Name] = []
    offers: list[Name] = []


class _Role(_Which):
    role: Role


class _Need(_Shape):
    id: Name
    name: Name
    words: list[Name] = []
    takes: Annotated[list[_Which], Field(min_length=1, max_length=500)]


class _Specifications(_Shape):
    family: Annotated[list[_Family], Field(min_length=1, max_length=_MOST)]
    specification: Annotated[list[_Specification], Field(min_length=1, max_length=_MOST)]
    section: Annotated[list[_Section], Field(max_length=_MOST)] = []
    bundle: Annotated[list[_Bundle], Field(max_length=_MOST)] = []
    role: Annotated[list[_Role], Field(max_length=_MOST)] = []
    need: Annotated[list[_Need], Field(max_length=100)] = []


class _Surcharge(_Shape):
    family: Name
    kind: Name
    monthly: Amount


class _PriceList(_Shape):
    id: Name
    name: Name
    segments: Names
    resellers: Names
    valid_from: dt.date
    valid_until: dt.date | None = None
    vat: Literal["included", "added"] = "included"
    default: bool = False
    customer_before: dt.date | None = None
    needs_benefits: bool = False
    surcharge: _Surcharge | None = None


class _Reseller(_Shape):
    id: Name
    name: Name


class _Waiver(_Shape):
    offer: Name
    fact: Name
    value: int | str


class _Prices(BaseModel):
    """Other tables may stand beside these, for parts of the program that know them."""

    vat_percent: Annotated[Decimal, Field(ge=0, le=100, allow_inf_nan=False)]
    number_once: dict[Name, Amount]
    number_fee: dict[Name, Name] = {}
    price_list: Annotated[list[_PriceList], Field(min_length=1, max_length=_MOST)]
    reseller: Annotated[list[_Reseller], Field(max_length=_MOST)] = []
    waiver: Annotated[list[_Waiver], Field(max_length=_MOST)] = []


_SHAPES: dict[str, type[BaseModel]] = {"specifications": _Specifications, "prices": _Prices}


def misshapen(part: str, document: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """For each mistake in the `specifications` or `prices`: its path, what it is about, and why."""
    try:
        _SHAPES[part].model_validate(document)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            path = tuple(each["loc"])
            entry = path[:2]
            sentence = _SENTENCES.get(each["type"], f"is wrong: {each['msg']}")
            name = ".".join(map(str, path[2:] or path)) or part
            yield _standing(document, path), _about(part, document, entry), f"{name} {sentence}"


def _about(part: str, document: Any, path: tuple[str | int, ...]) -> str:
    """The entry a mistake is in, by its id where it has one: "specification mobile-line"."""
    match path:
        case (str(kind), int(place)):
            entry = document[kind][place]
            known = entry.get("id") or entry.get("offer") if isinstance(entry, dict) else None
            return f"{kind} {known or place + 1}"
        case _:
            return part


def _standing(document: Any, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """As much of the path as there is: what is missing is told where it should be."""
    for length, step in enumerate(path):
        try:
            document = document[step]
        except (LookupError, TypeError):
            return path[:length]
    return path
