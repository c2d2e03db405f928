"""A proof sample: made-up data that shows what a letter looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from letters.declared import Entries, entries_of, only, table_at, text_at
from letters.faults import LetterFault
from letters.records import FieldValue, Price, Row

_ROW = frozenset({"text", "value", "monthly", "once", "quantity"})


@dataclass(frozen=True, slots=True)
class Sample:
    """Fields and rows as a `Letter` takes them."""

    fields: Mapping[str, FieldValue]
    rows: Mapping[str, tuple[Row, ...]]


def parse_sample(text: str) -> Sample:
    """A sample from its TOML, amounts as texts; raises LetterFault."""
    entries = entries_of(text, frozenset({"fields", "rows"}))
    tables = table_at(entries, "rows")
    return Sample(
        fields=table_at(entries, "fields"),
        rows={name: tuple(map(row_of, tables[name])) for name in tables},
    )


def row_of(entry: Entries) -> Row:
    """A row from `text` with `monthly` and `once`, or with `value`, and `quantity`."""
    only(entry, _ROW)
    quantity = entry.get("quantity", 1)
    if not isinstance(quantity, int) or isinstance(quantity, bool):
        raise LetterFault("Give quantity a whole number.", "quantity")
    return Row(text_at(entry, "text"), _value(entry), quantity)


def _value(entry: Entries) -> Price | date | str | None:
    if "monthly" in entry or "once" in entry:
        return Price(_amount(entry, "monthly"), _amount(entry, "once"))
    value = entry.get("value")
    if value is None or isinstance(value, date | str):
        return value
    raise LetterFault("Give value a text or a date.", "value")


def _amount(entry: Entries, name: str) -> Decimal | None:
    if name not in entry:
        return None
    try:
        return Decimal(str(entry[name]))
    except InvalidOperation as error:
        raise LetterFault(f"Give {name} an amount of money.", name) from error
