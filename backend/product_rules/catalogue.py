"""What a catalogue says: offers, groups, facts that may be known, and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Fact = str | int
Facts = Mapping[str, Fact]
Selection = Mapping[str, int]
Op = Literal["==", "<=", ">="]

DISCREET_KINDS = ("credit", "fraud")
"""Rules of these kinds may keep their reason to themselves."""
DISCREET_TEXT = "This cannot be offered to this customer."
"""What an agent reads where such a rule has no text of its own."""

QUANTITY_LIMIT = 1_000_000
"""No bound, factor or amount of a catalogue may be larger."""
MOST_OF_ONE = 10_000
"""The most that one customer may hold of one offer: each step costs the solver something."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A product offering; money per month and once, in the catalogue's currency."""

    code: str
    name: str
    family: str
    kind: str
    monthly: Decimal
    oneoff: Decimal
    term: int
    """Minimum term in months, 0 for none."""
    max: int
    """The most that one customer may hold."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactCondition:
    """Holds where the fact of this key has one of these values."""

    key: str
    values: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class HasCondition:
    """Holds where the selection has at least one of any of these offers."""

    offers: tuple[str, ...]


Condition = FactCondition | HasCondition


@dataclass(frozen=True, slots=True)
class Rule:
    """Where all conditions hold: `sum(left) op k + factor * sum(right)`."""

    id: str
    kind: str
    when: tuple[Condition, ...]
    left: tuple[str, ...]
    op: Op
    k: int
    right: tuple[str, ...]
    factor: int
    text: str
    """What an agent reads when this rule keeps an offer away."""
    internal: str = ""
    """The true reason, for product managers alone: no answer to an agent holds it."""


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that a person can bring about, with what to do in words for an agent."""

    key: str
    value: Fact
    text: str
    cost: int = 1
    """How much trouble it is, beside the other changes of the catalogue; at least 1."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A whole catalogue; offers and rules by code and id, in the order they were written."""

    version: str
    offers: Mapping[str, Offer]
    groups: Mapping[str, tuple[str, ...]]
    context: Mapping[str, tuple[Fact, ...]]
    rules: Mapping[str, Rule]
    changes: tuple[FactChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a catalogue: where it is and what to mend."""

    where: str
    text: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where} (line {self.line})"
        return f"{place}: {self.text}"


class BadCatalogue(Exception):  # noqa: N818  # named for what it is, as the other errors of the house
    """A catalogue that cannot be used, with every fault that was found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
