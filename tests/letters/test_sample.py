"""Proof samples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from letters import LetterFault, Price, Row, parse_sample, row_of
from tests.letters.samples import KINDS, resource


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_has_a_sample(kind: str) -> None:
    assert parse_sample(resource(f"samples/{kind}.toml")).fields


def test_a_row_has_a_price_or_a_value() -> None:
    assert row_of({"text": "Pod", "monthly": "4.00", "quantity": 2}) == Row(
        "Pod", Price(Decimal("4.00")), 2
    )
    assert row_of({"text": "Visit", "once": 60}) == Row("Visit", Price(once=Decimal(60)))
    assert row_of({"text": "Day", "value": date(2026, 1, 2)}) == Row("Day", date(2026, 1, 2))
    assert row_of({"text": "Note"}) == Row("Note")


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "a", "monthly": "much"}, "monthly"),
        ({"text": "a", "quantity": "2"}, "quantity"),
        ({"text": "a", "value": 2}, "value"),
        ({"text": "a", "price": 2}, "price"),
    ],
)
def test_what_is_wrong_in_a_row_is_named(entry: dict[str, object], field: str) -> None:
    with pytest.raises(LetterFault) as fault:
        row_of(entry)
    assert fault.value.field == field
