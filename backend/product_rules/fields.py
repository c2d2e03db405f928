"""Reads single fields of a catalogue document and collects what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from backend.product_rules.catalogue import QUANTITY_LIMIT, Fault
from backend.product_rules.lines import Lines


class Fields:
    """Reads fields of the item it stands at; a wrong one becomes a fault and a harmless value."""

    def __init__(self, lines: Lines) -> None:
        self.faults: list[Fault] = []
        self._lines = lines
        self._where = "catalogue"
        self._path: tuple[str | int, ...] = ()

    def stand_at(self, where: str, *path: str | int) -> None:
        """Names what the next faults are about, and where it stands in the document."""
        self._where, self._path = where, path

    def fault(self, text: str) -> None:
        self.faults.append(Fault(self._where, text, self._lines.of(*self._path)))

    def items(self, items: Any, part: str, noun: str, key: str) -> Iterator[Mapping[str, Any]]:
        """Walks through a list of objects, standing at each while it is read."""
        self.stand_at("catalogue", part)
        if not is_list(items):
            self.fault(f"{part} is a list")
            return
        for place, item in enumerate(items):
            name = item.get(key) if isinstance(item, Mapping) else None
            self.stand_at(f"{noun} {name or place + 1}", part, place)
            if isinstance(item, Mapping):
                yield item
            else:
                self.fault(f"write each {noun} as an object")

    def known(self, item: Mapping[str, Any], names: Collection[str]) -> None:
        """Any other field is a mistake, most likely of spelling."""
        for name in item:
            if name not in names:
                self.fault(f"there is no field {name!r}")

    def part(self, document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = document.get(name, {})
        if isinstance(value, Mapping):
            return value
        self.fault(f"{name} is an object of names")
        return {}

    def text(self, item: Mapping[str, Any], key: str, default: str | None = None) -> str:
        value = item.get(key, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value
        self.fault(f"{key} is a text that says something")
        return ""

    def whole(self, item: Mapping[str, Any], key: str, low: int, high: int = QUANTITY_LIMIT) -> int:
        return self.number(item.get(key), key, low, high)

    def number(self, value: Any, name: str, low: int, high: int = QUANTITY_LIMIT) -> int:
        """A whole number from `low` to `high`, at most the largest one allowed."""
        if not isinstance(value, int) or isinstance(value, bool):
            self.fault(f"{name} is a whole number")
        elif not low <= value <= high:
            self.fault(f"{name} lies between {low} and {high}")
        else:
            return value
        return 0

    def money(self, item: Mapping[str, Any], key: str) -> Decimal:
        value = item.get(key)
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            amount = Decimal(str(value))  # the shortest text of a float is what was written
            if amount.is_finite() and abs(amount) <= QUANTITY_LIMIT:
                return amount
        self.fault(f"{key} is an amount of money")
        return Decimal(0)

    def names(self, value: Any, place: str) -> tuple[str, ...]:
        if not is_list(value) or not value or not all(isinstance(name, str) for name in value):
            self.fault(f"{place} is a list of codes, at least one")
            return ()
        if repeated := sorted({name for name in value if value.count(name) > 1}):
            self.fault(f"{', '.join(repeated)} is named twice ({place})")
        return tuple(value)


def is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def is_fact(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)
