"""Moments are kept so that their texts sort as they do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.moments import from_text, to_text
from tests.app.store.people import NOON

ZONED = st.builds(
    lambda microseconds, hours: (NOON + timedelta(microseconds=microseconds)).astimezone(
        timezone(timedelta(hours=hours))
    ),
    st.integers(-(10**15), 10**15),
    st.integers(-12, 14),
)


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_text(datetime(2026, 11, 20, 12))  # noqa: DTZ001  # that is the point


def test_the_zone_makes_no_difference() -> None:
    there = datetime(2026, 11, 20, 13, tzinfo=timezone(timedelta(hours=1)))
    assert to_text(there) == to_text(datetime(2026, 11, 20, 12, tzinfo=UTC))


@given(ZONED, ZONED)
def test_texts_sort_as_moments_do(one: datetime, other: datetime) -> None:
    assert (to_text(one) < to_text(other)) == (one < other)
    assert from_text(to_text(one)) == one
