"""What an account shows, ready to be painted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.language import tr

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
    """Products at an address or on a number, with what they cost each month.

    `monthly` is what those that run cost; `coming` is what the others will.
    """

    id: str
    icon: str
    title: str
    note: str
    monthly: Decimal
    products: tuple[Product, ...]
    savings: tuple[Product, ...] = ()
    coming: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """The sum at its head: of what runs, and where nothing runs yet of what is to come."""
        return self.monthly or self.coming


@dataclass(frozen=True, slots=True)
class Products:
    """All that is the customer's now, all that was, and the sum of each month.

    `to_come` is the longest minimum term, in months, of what has not begun yet; `coming` is
    what that costs each month.
    """

    groups: tuple[Group, ...]
    ended: tuple[Product, ...]
    count: int
    monthly: Decimal
    to_come: int = 0
    coming: Decimal = Decimal(0)

    @property
    def is_to_come(self) -> bool:
        """Whether nothing that costs something runs yet, and something will."""
        return not self.monthly and bool(self.coming)

    @property
    def total_words(self) -> str:
        """What `total` is the sum of."""
        return tr("Every month once it works") if self.is_to_come else tr("Every month")

    @property
    def total(self) -> Decimal:
        """What runs costs each month; before anything costs something, what is to come."""
        return self.coming if self.is_to_come else self.monthly


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
