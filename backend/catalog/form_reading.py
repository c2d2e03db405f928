"""Reads the characteristics of a specification, and proves that its form can be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from graphlib import CycleError
from itertools import islice, product
from math import prod
from typing import Any

from backend.catalog.characteristics import (
    BOOLEAN,
    CHOICE,
    SEVERAL,
    STRING,
    TYPES,
    Cardinality,
    Characteristic,
    Shape,
    Unfit,
    Value,
    circle,
    typed_value,
)
from backend.catalog.conditions import FACTS, OFFER, BadCondition, Condition, read_condition
from backend.catalog.forms import Form
from backend.catalog.samples import samples

MOST_CHARACTERISTICS, MOST_VALUES, MOST_OF_SEVERAL = 40, 100, 8
MOST_COMBINATIONS = 5_000
"""So many values of fields that decide about others are tried at most for one answer."""
_MOST_CASES = 2_000
_LARGEST = 10**12
_TEXTS = ("label", "help", "pattern", "unit")
_KNOWN = {
    *("name", "type", "values", "default", "required", "minimum", "maximum", "cardinality"),
    *("visible_when", "required_when", *_TEXTS),
}
_VALUE = {"value", "label", "open_when", "reason"}

Context = Mapping[str, Iterable[Any]]
"""The facts of the catalogue, with the values each may have."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: specification, characteristic, value."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


@dataclass(slots=True)
class FormReading:
    """Reads one specification's form; `faults` is empty where it may be used."""

    specification: str
    context: Context
    offers: tuple[str, ...]
    """The codes of the offers that have this form."""
    faults: list[Fault] = field(default_factory=list)

    def shape(self, entries: Iterable[Mapping[str, Any]]) -> Shape:
        """The form; an empty one where something is wrong."""
        found = [each for each in map(self._characteristic, entries) if each is not None]
        if len(found) > MOST_CHARACTERISTICS:
            self._fault("", f"a form has {MOST_CHARACTERISTICS} characteristics at most.")
        names = [each.name for each in found]
        for name in {each for each in names if names.count(each) > 1}:
            self._fault(name, "this characteristic is there twice.")
        if not self.faults:
            self._check_conditions({each.name: each for each in found})
        if self.faults:
            return Shape()
        try:
            shape = Shape.of(found)
        except CycleError as fault:
            self._fault("", f"these ask for each other: {circle(fault)}.")
            return Shape()
        self._prove(shape)
        return Shape() if self.faults else shape

    def _fault(self, place: str, text: str) -> None:
        self.faults.append(Fault(", ".join(filter(None, (self.specification, place))), text))

    def _characteristic(self, entry: Mapping[str, Any]) -> Characteristic | None:
        name, before = str(entry.get("name", "")), len(self.faults)
        self._check_words(name, entry)
        if len(self.faults) > before:
            return None
        known = Characteristic(
            name=name,
            label=entry["label"],
            type=entry["type"],
            values=tuple(self._value(name, each) for each in entry.get("values", ())),
            default=entry.get("default"),
            pattern=entry.get("pattern"),
            required=entry.get("required", False),
            help=entry.get("help", ""),
            minimum=self._number(name, entry.get("minimum")),
            maximum=self._number(name, entry.get("maximum")),
            unit=entry.get("unit"),
            cardinality=self._cardinality(name, entry),
            visible_when=self._condition(name, entry.get("visible_when")),
            required_when=self._condition(name, entry.get("required_when")),
        )
        if len(self.faults) == before:
            self._check_values(known)
        return None if len(self.faults) > before else known

    def _check_words(self, name: str, entry: Mapping[str, Any]) -> None:
        if re.fullmatch(r"[a-z][A-Za-z0-9]{0,39}", name) is None or name in {FACTS, OFFER}:
            self._fault(name, "a characteristic's name is one word such as spendCap.")
        for unknown in sorted(set(entry) - _KNOWN):
            self._fault(name, f"{unknown} is not known here.")
        if entry.get("type") not in TYPES:
            self._fault(name, f"its type is none of {', '.join(sorted(TYPES))}.")
        if not entry.get("label"):
            self._fault(name, "it has no label.")
        for fault in _odd(entry):
            self._fault(name, fault)
        try:
            re.compile(str(entry.get("pattern", "")))
        except re.error:
            self._fault(name, "its pattern can not be read.")

    def _value(self, name: str, entry: Mapping[str, Any]) -> Value:
        text = str(entry.get("value", ""))
        place = f"{name}, value {text}"
        for unknown in sorted(set(entry) - _VALUE):
            self._fault(place, f"{unknown} is not known here.")
        if not text or "," in text:
            self._fault(place, "a value is a text without a comma.")
        if entry.get("open_when") and not entry.get("reason"):
            self._fault(place, "say in reason why it may be closed.")
        opens = self._condition(place, entry.get("open_when"))
        return Value(text, str(entry.get("label", text)), opens, str(entry.get("reason", "")))

    def _condition(self, place: str, source: object) -> Condition | None:
        if source is None:
            return None
        try:
            return read_condition(str(source))
        except BadCondition as fault:
            self._fault(place, f"{fault}: {source}")
            return None

    def _number(self, name: str, value: object) -> Decimal | None:
        try:
            number = None if value is None else Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if number is not None and not (number.is_finite() and abs(number) < _LARGEST):
            self._fault(name, f"{value} is no number that can be used.")
            return None
        return number

    def _cardinality(self, name: str, entry: Mapping[str, Any]) -> Cardinality:
        told = entry.get("cardinality", {})
        several = entry.get("type") == SEVERAL
        least = told.get("min", int(entry.get("required", False)))
        most = told.get("max", len(entry.get("values", ())) if several else 1)
        if not (isinstance(least, int) and isinstance(most, int) and 0 <= least <= most):
            self._fault(name, "its cardinality does not hold together.")
            return Cardinality()
        if not several and most != 1:
            self._fault(name, "only several-of takes more than one value.")
        return Cardinality(least, most)

    def _check_values(self, known: Characteristic) -> None:
        texts = [each.value for each in known.values]
        if len(set(texts)) < len(texts):
            self._fault(known.name, "a value is there twice.")
        if len(texts) > (MOST_OF_SEVERAL if known.type == SEVERAL else MOST_VALUES):
            self._fault(known.name, "it has too many values.")
        if known.type in {CHOICE, SEVERAL} and not texts:
            self._fault(known.name, "it has no values.")
        if known.type == BOOLEAN and not set(texts) <= {"true", "false"}:
            self._fault(known.name, "its values are true and false.")
        if texts and known.free:
            self._fault(known.name, f"values are not for the type {known.type}.")
        least, most = known.minimum, known.maximum
        if least is not None and most is not None and least > most:
            self._fault(known.name, "its minimum is above its maximum.")
        if known.default is not None:
            try:
                typed_value(known, known.default)
            except Unfit as fault:
                self._fault(known.name, f"its default is none of its values. {fault}")

    def _check_conditions(self, known: Mapping[str, Characteristic]) -> None:
        for each in known.values():
            for condition in each.conditions:
                for text in self._wrong(condition, known):
                    self._fault(each.name, f"{text}: {condition.source}")

    def _wrong(self, condition: Condition, known: Mapping[str, Characteristic]) -> Iterator[str]:
        for name in sorted(condition.names - set(known)):
            yield f"{name} is no characteristic of this form"
        for name in sorted(condition.facts - set(self.context)):
            yield f"{name} is no fact of the catalogue"
        asked = [known[name] for name in sorted(condition.names & set(known))]
        for each in asked:
            if each.free and each.name in condition.loose:
                yield f"{each.name} can be compared with constants only"
            if each.type == STRING and each.name in condition.ordered:
                yield f"texts such as {each.name} have no order"
        for name, texts in sorted(condition.compared.items()):
            allowed = self._allowed(name, known)
            for text in sorted(texts - allowed) if allowed is not None else ():
                yield f"{name} is never “{text}”"

    def _allowed(self, name: str, known: Mapping[str, Characteristic]) -> set[str] | None:
        """The texts a name can have; None for any: a withdrawn offer may still be named."""
        if name == OFFER:
            return None
        fact = name.removeprefix(f"{FACTS}.")
        if fact != name:
            return {str(each) for each in self.context.get(fact, ())}
        if name not in known or known[name].free:
            return None
        return set(known[name].texts)

    def _prove(self, shape: Shape) -> None:
        """Conditions compare what can be compared, and every case has a whole form."""
        for group in shape.groups:
            deciding = [each for each in group if each.name in shape.named]
            if prod(_ways(each, shape) for each in deciding) > MOST_COMBINATIONS:
                names = ", ".join(each.name for each in deciding)
                self._fault("", f"too many combinations hang together: {names}.")
                return
        for each in shape.characteristics:
            for condition in each.conditions:
                if not self._compares(condition, shape):
                    text = "this compares what can not be compared, or is neither true nor false"
                    self._fault(each.name, f"{text}: {condition.source}")
        if self.faults:
            return
        for group in shape.groups:
            self._prove_group(shape, group)

    def _prove_group(self, shape: Shape, group: tuple[Characteristic, ...]) -> None:
        asked = {fact for each in group for told in each.conditions for fact in told.facts}
        for case, offer in self._cases(asked):
            if not Form(shape, case, offer, {}).completes({}, group[0]):
                told = "".join(f", {fact}={value}" for fact, value in case.items())
                self._fault(group[0].name, f"no value of it fits for {offer}{told}.")
                return

    def _compares(self, condition: Condition, shape: Shape) -> bool:
        named = [each for each in shape.characteristics if each.name in condition.names]
        ways = product(*(_seen(each, shape) for each in named))
        every = product(tuple(self._cases(condition.facts)), islice(ways, _MOST_CASES))
        return all(
            condition.decides(
                {
                    FACTS: case,
                    OFFER: offer,
                    **dict(zip((each.name for each in named), values, strict=True)),
                }
            )
            for (case, offer), values in islice(every, _MOST_CASES)
        )

    def _cases(self, facts: Iterable[str]) -> Iterator[tuple[dict[str, Any], str]]:
        names = sorted(facts)
        values = product(*(tuple(self.context[name]) for name in names))
        for told in islice(values, _MOST_CASES):
            for offer in self.offers or ("",):
                yield dict(zip(names, told, strict=True)), offer


def _odd(entry: Mapping[str, Any]) -> Iterator[str]:
    """What is not of the kind it must be."""
    for word in (*_TEXTS, "default"):
        if not isinstance(entry.get(word, ""), str):
            yield f"{word} is not a text."
    for word, kind in (("values", list), ("cardinality", dict), ("required", bool)):
        if not isinstance(entry.get(word, kind()), kind):
            yield f"{word} is not written as it should be."
    values = entry.get("values", [])
    if isinstance(values, list) and not all(isinstance(each, Mapping) for each in values):
        yield "values are tables with value and label."


def _ways(known: Characteristic, shape: Shape) -> int:
    """How many values are tried for one field."""
    if known.type == SEVERAL:
        return int(2 ** len(known.texts))
    return len(samples(known, shape) if known.free else known.texts) + 1


def _seen(known: Characteristic, shape: Shape) -> tuple[Any, ...]:
    """Values of each field as conditions see them, where something is set."""
    if known.type == SEVERAL:
        return ([], list(known.texts))
    if known.free:
        return samples(known, shape)
    return (True, False) if known.type == BOOLEAN else known.texts
