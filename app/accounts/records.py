"""What an account shows, ready to be painted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Tone = Literal["plain", "info", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Chip:
    """A state in a word or two."""

    text: str
    tone: Tone = "plain"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or two in the line under the name, perhaps with an icon before it."""

    text: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `gap` begins a new group, `copy` is taken to the clipboard."""

    id: str
    label: str
    value: str
    note: str = ""
    tone: Tone = "plain"
    gap: bool = False
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where something is explained: a tab by its id, and what to choose there."""

    tab: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the questions people call about, answered."""

    id: str
    icon: str
    question: str
    answer: str
    cause: str
    target: Target
    note: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a caller should hear of, whatever he calls about."""

    id: str
    icon: str
    lead: str
    text: str
    target: Target


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the tabs."""

    name: str
    number: str
    chips: tuple[Chip, ...]
    pieces: tuple[Piece, ...]
    answers: tuple[Answer, ...]
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """One product; `monthly` is what it costs each month, less than nothing for a saving.

    `marked` says that its state is worth a chip.
    """

    id: str
    icon: str
    name: str
    detail: str
    until: str
    term: str
    monthly: Decimal
    state: Chip
    since: dt.date | None = None
    ends: dt.date | None = None
    marked: bool = False
    is_held: bool = True
    is_running: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Products at an address or on a number, with what those that run cost each month."""

    id: str
    icon: str
    title: str
    note: str
    monthly: Decimal
    products: tuple[Product, ...]
    savings: tuple[Product, ...] = ()


@dataclass(frozen=True, slots=True)
class Products:
    """All that is the customer's now, all that was, and the sum of each month.

    `to_come` is the longest minimum term, in months, of what has not begun yet.
    """

    groups: tuple[Group, ...]
    ended: tuple[Product, ...]
    count: int
    monthly: Decimal
    to_come: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """One thing that happened between customer and operator."""

    id: str
    icon: str
    title: str
    note: str
    at: dt.datetime
    when: str
    target: Target
    tone: Tone = "plain"

    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.note, self.when) if part)

    def can_be_current(self) -> bool:
        return True
