"""What can be set for one unit of an offer: types, limits, and when each is asked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Final

from backend.catalog.conditions import Condition

STRING, BOOLEAN, CHOICE = "string", "boolean", "choice"
INTEGER, DECIMAL, DATE, SEVERAL = "integer", "decimal", "date", "several-of"
TYPES: Final = frozenset({STRING, BOOLEAN, CHOICE, INTEGER, DECIMAL, DATE, SEVERAL})
TRUTH: Final = ("true", "false")
LONGEST_TEXT = 500
_WHOLE, _NUMBER = r"-?\d{1,15}", r"-?\d{1,15}(\.\d{1,6})?"

Typed = bool | int | float | str | tuple[str, ...] | None
"""A value as conditions see it: dates as text, several of as a tuple, None where nothing is set."""


class Unfit(Exception):  # noqa: N818 - a sentence for the person who set it
    """A value that a characteristic can not take."""


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values; with `open_when` it is to be had only then, `reason` says why not."""

    value: str
    label: str
    open_when: Condition | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cardinality:
    """How many values may be set; `max` None has no end."""

    min: int = 0
    max: int | None = 1


@dataclass(frozen=True, slots=True)
class Characteristic:
    """Something that can be set for one unit of an offer.

    `minimum` and `maximum` bound integers and decimals, and dates in days from today; `unit` is
    what numbers are counted in. Without `visible_when` it is always asked.
    """

    name: str
    label: str
    type: str
    values: tuple[Value, ...] = ()
    default: str | None = None
    pattern: str | None = None
    required: bool = False
    help: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str | None = None
    cardinality: Cardinality = field(default_factory=Cardinality)
    visible_when: Condition | None = None
    required_when: Condition | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition, those of its values too."""
        own = (self.visible_when, self.required_when, *(each.open_when for each in self.values))
        return tuple(each for each in own if each is not None)

    @property
    def reads(self) -> frozenset[str]:
        """The characteristics its conditions ask for."""
        return frozenset(name for each in self.conditions for name in each.names)

    @property
    def texts(self) -> tuple[str, ...]:
        """The values a person chooses from; empty for free types."""
        return TRUTH if self.type == BOOLEAN else tuple(each.value for each in self.values)

    @property
    def free(self) -> bool:
        """Whether any value of its type may be set."""
        return not self.texts

    @property
    def unset(self) -> Typed:
        """What conditions see while nothing is set."""
        if self.type == BOOLEAN:
            return False
        return () if self.type == SEVERAL else None

    def value(self, text: str) -> Value | None:
        """The value as it is described; None where nothing is said of it."""
        return next((each for each in self.values if each.value == text), None)

    def label_of(self, typed: Typed) -> str:
        """A value in words: the label of a choice, on or off, several with commas."""
        if self.type == BOOLEAN:
            return "on" if typed else "off"
        texts = typed if isinstance(typed, tuple) else (str(typed),)
        known = (self.value(each) for each in texts)
        return ", ".join(
            each.label if each else text for each, text in zip(known, texts, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """The characteristics of a specification, in the order in which a form shows them."""

    characteristics: tuple[Characteristic, ...] = ()
    order: tuple[Characteristic, ...] = ()
    """The same, each after those its conditions ask for."""
    groups: tuple[tuple[Characteristic, ...], ...] = ()
    """The same, those apart that have nothing to do with each other."""
    group_of: Mapping[str, tuple[Characteristic, ...]] = field(default_factory=dict)
    """The group of each characteristic, by its name."""
    defaults: Mapping[str, Typed] = field(default_factory=dict)
    """What applies where nothing is set, by name."""
    named: frozenset[str] = frozenset()
    """The characteristics that a condition asks for: only their values decide about others."""
    facts: frozenset[str] = frozenset()
    """The facts that its conditions ask for."""

    @classmethod
    def of(cls, characteristics: Sequence[Characteristic]) -> Shape:
        """CycleError names characteristics that ask for each other."""
        by_name = {each.name: each for each in characteristics}
        reads = {each.name: each.reads for each in characteristics}
        order = tuple(by_name[name] for name in TopologicalSorter(reads).static_order())
        groups = tuple(_groups(order))
        return cls(
            characteristics=tuple(characteristics),
            order=order,
            groups=groups,
            group_of={each.name: group for group in groups for each in group},
            defaults={
                each.name: typed_value(each, each.default)
                for each in characteristics
                if each.default is not None
            },
            named=frozenset(name for names in reads.values() for name in names),
            facts=frozenset(
                fact for each in characteristics for told in each.conditions for fact in told.facts
            ),
        )

    def alone(self, known: Characteristic) -> bool:
        """Whether no condition has to do with it."""
        return len(self.group_of[known.name]) == 1 and not known.conditions


def circle(fault: CycleError) -> str:
    """The characteristics that ask for each other, as a person reads it."""
    return " → ".join(reversed(fault.args[1]))


def text_of(typed: Typed) -> str:
    """A value as it is stored and sent."""
    if isinstance(typed, bool):
        return TRUTH[0] if typed else TRUTH[1]
    return ",".join(typed) if isinstance(typed, tuple) else str(typed)


def typed_value(known: Characteristic, given: object, today: dt.date | None = None) -> Typed:
    """What was set, as conditions see it; None where it is empty. Unfit says what is wrong.

    `given` is text or what JSON has for the type; several values are a list, or text with
    commas. Days are bounded only where `today` is said.
    """
    if isinstance(given, list | tuple):
        given = ",".join(str(each) for each in given)
    text = (str(given).lower() if isinstance(given, bool) else str(given)).strip()
    if not text:
        return None
    if known.type == SEVERAL:
        return _several(known, text)
    if not known.free:
        if text not in known.texts:
            allowed = ", ".join(each.label for each in known.values) or "on, off"
            raise Unfit(f"{known.label}: choose one of {allowed}.")
        return text == TRUTH[0] if known.type == BOOLEAN else text
    if known.type in {INTEGER, DECIMAL}:
        return _number(known, text)
    if known.type == DATE:
        return _day(known, text, today)
    if len(text) > LONGEST_TEXT:
        raise Unfit(f"{known.label} is too long.")
    if known.pattern is not None and re.fullmatch(known.pattern, text) is None:
        raise Unfit(f"{known.label} is not written as it should be.")
    return text


def _several(known: Characteristic, text: str) -> tuple[str, ...]:
    chosen = {each.strip() for each in text.split(",")}
    unknown = chosen - set(known.texts)
    if unknown:
        allowed = ", ".join(each.label for each in known.values)
        raise Unfit(f"{known.label}: choose from {allowed}.")
    most = known.cardinality.max
    if most is not None and len(chosen) > most:
        raise Unfit(f"{known.label}: choose {most} at most.")
    return tuple(each for each in known.texts if each in chosen)


def _number(known: Characteristic, text: str) -> int | float:
    whole = known.type == INTEGER
    if re.fullmatch(_WHOLE if whole else _NUMBER, text, re.ASCII) is None:
        raise Unfit(f"{known.label}: write a {'whole ' if whole else ''}number.")
    number = Decimal(text)
    unit = f" {known.unit}" if known.unit else ""
    if known.minimum is not None and number < known.minimum:
        raise Unfit(f"{known.label}: {known.minimum}{unit} or more.")
    if known.maximum is not None and number > known.maximum:
        raise Unfit(f"{known.label}: {known.maximum}{unit} at most.")
    return int(number) if whole else float(number)


def _day(known: Characteristic, text: str, today: dt.date | None) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Unfit(f"{known.label}: write a day as 2026-11-30.") from None
    if today is not None:
        first, last = (
            None if each is None else today + dt.timedelta(days=int(each))
            for each in (known.minimum, known.maximum)
        )
        if first is not None and day < first:
            raise Unfit(f"{known.label}: {first.isoformat()} or later.")
        if last is not None and day > last:
            raise Unfit(f"{known.label}: {last.isoformat()} or earlier.")
    return day.isoformat()


def _groups(order: Sequence[Characteristic]) -> Iterator[tuple[Characteristic, ...]]:
    together = {each.name: {each.name} for each in order}
    for each in order:
        for name in each.reads:
            joined = together[each.name] | together[name]
            together |= dict.fromkeys(joined, joined)
    seen: set[str] = set()
    for each in order:
        if each.name not in seen:
            seen |= together[each.name]
            yield tuple(one for one in order if one.name in together[each.name])
