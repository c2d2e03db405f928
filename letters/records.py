"""What a caller hands over: the letter, its reader and the rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from letters.brand import Brand
from letters.template import Template

FieldValue = str | int | float | Decimal | date


@dataclass(frozen=True, slots=True)
class Price:
    """What something costs, in the language's currency; None means no such part."""

    monthly: Decimal | None = None
    once: Decimal | None = None

    def times(self, quantity: int) -> Price:
        """The price of several."""
        return Price(
            None if self.monthly is None else self.monthly * quantity,
            None if self.once is None else self.once * quantity,
        )

    def __add__(self, other: Price) -> Price:
        return Price(_sum(self.monthly, other.monthly), _sum(self.once, other.once))


def _sum(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    if first is None or second is None:
        return second if first is None else first
    return first + second


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; the price is that of one, `quantity` multiplies it."""

    text: str
    value: Price | date | str | None = None
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Recipient:
    """The name and address lines behind the envelope's window."""

    name: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one reader; `fields` by dotted name, `rows` by the table's row name."""

    template: Template
    brand: Brand
    recipient: Recipient
    date: date
    number: str
    customer_number: str
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    large_print: bool = False

    def all_fields(self) -> dict[str, FieldValue]:
        """The caller's fields and those that every letter has."""
        return {
            **self.brand.fields(),
            "customer.number": self.customer_number,
            "letter.date": self.date,
            "letter.number": self.number,
            **self.fields,
        }
