"""What a definition refers to: a fact, a step's result, a day before or after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.flows.references import day_of, source_of, value_of

FACTS = {"dueDate": "2026-11-01", "amount": 86.4, "until": ""}
RESULTS = {"visit-booked": {"visit.day": "2026-11-24T08:00:00Z"}, "ended": {"by": "paid"}}


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        ("amount", 86.4),
        ("dueDate", "2026-11-01"),
        ("dueDate + P7D", "2026-11-08"),
        ("dueDate - P365D", "2025-11-01"),
        ("visit-booked.visit.day + P1D", "2026-11-25"),
        ("ended.by", "paid"),
        ("nothing", None),
        ("no-step.day + P1D", None),
        ("until + P1D", ""),
    ],
)
def test_a_reference_finds_its_value(reference: str, value: object) -> None:
    assert value_of(reference, FACTS, RESULTS) == value


def test_it_names_a_fact_or_a_step() -> None:
    assert source_of("visit-booked.visit.day + P1D") == "visit-booked"
    assert source_of("dueDate") == "dueDate"


def test_what_is_no_reference_or_no_day_is_a_fault() -> None:
    with pytest.raises(ValueError, match="refers to nothing"):
        source_of("dueDate plus a week")
    with pytest.raises(ValueError, match="isoformat"):
        day_of("amount", FACTS, RESULTS)


@given(day=st.dates(date(2000, 1, 1), date(2090, 1, 1)), days=st.integers(0, 9999))
def test_there_and_back_again_is_the_same_day(day: date, days: int) -> None:
    later = value_of(f"day + P{days}D", {"day": day.isoformat()}, {})
    assert later == (day + timedelta(days=days)).isoformat()
    assert day_of(f"day - P{days}D", {"day": later}, {}) == day
