"""What the store hands out and takes in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Tone(StrEnum):
    """How a chip is meant: a colour on the screen, a word for a screen reader."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"


class Chip(msgspec.Struct, frozen=True):
    """The most urgent fact about a customer, in a few words."""

    text: str
    tone: Tone = Tone.INFO


class Customer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A customer as the search shows and finds one; made from the server's answers.

    `number` is the number for people (KF-0041873-6). `family` holds the words of `name` that
    are looked for first; where it is None, the last word. `may_ask_for` is set on the row of a
    person who may ask about another customer. `orders` and `iccids` are only looked for.
    """

    id: str
    name: str
    number: str
    family: str | None = None
    address: str = ""
    postcode: str = ""
    telephones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    iccids: tuple[str, ...] = ()
    chip: Chip | None = None
    last_contact: datetime | None = None
    may_ask_for: str = ""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A row of search results; `matched` are the (begin, end) of the letters of the name hit."""

    id: str
    name: str
    number: str
    address: str
    telephone: str
    more_telephones: int
    chip: Chip | None
    last_contact: datetime | None
    may_ask_for: str
    matched: tuple[tuple[int, int], ...]


class Cached(msgspec.Struct, frozen=True):
    """A document of the server as it was at `as_of`, byte for byte."""

    document: bytes
    as_of: datetime


class Conventions(msgspec.Struct, frozen=True):
    """How the operator writes its numbers: the letters in front, and the country dialled from."""

    customer: str = "KF"
    order: str = "KO"
    country_code: str = "44"
    trunk: str = "0"
