"""Half days: in local time, named by their period, movable until noon of the day before."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.appointment.slots import ZONE, Slot, from_facts, from_period, window
from backend.rest.errors import Refused

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HALVES = st.sampled_from([("08:00", "12:00"), ("13:00", "17:00")])


@given(day=st.dates(date(2026, 1, 1), date(2030, 12, 31)), half=HALVES)
def test_a_slot_is_the_same_however_it_is_written(day: date, half: tuple[str, str]) -> None:
    slot = Slot(day, *half)
    assert from_period(slot.period) == slot
    assert from_facts(slot.facts) == slot


def test_eight_in_the_morning_is_local_time_in_summer() -> None:
    period = Slot(date(2026, 7, 1), "08:00", "12:00").period
    assert datetime.fromisoformat(period["startDateTime"]) == datetime(2026, 7, 1, 7, tzinfo=UTC)


def test_it_may_be_moved_until_noon_of_the_day_before() -> None:
    slot = Slot(date(2026, 11, 24), "13:00", "17:00")
    assert slot.change_until == datetime(2026, 11, 23, 12, tzinfo=ZONE)


@pytest.mark.parametrize(
    "period",
    [
        {},
        {"startDateTime": "2026-11-24T08:00:00+00:00"},
        {
            "startDateTime": "2026-11-24T08:00:00+00:00",
            "endDateTime": "2026-11-25T12:00:00+00:00",
        },
    ],
)
def test_a_time_needs_both_ends_on_one_day(period: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        from_period(period)
    assert refused.value.fields[0].path == "validFor"


def test_nobody_comes_sooner_than_in_three_days() -> None:
    assert window((), NOW) == (date(2026, 11, 23), date(2026, 12, 21))
    past = {
        "startDateTime": "2026-11-01T00:00:00+00:00",
        "endDateTime": "2026-11-02T00:00:00+00:00",
    }
    assert window([past], NOW) == (date(2026, 11, 23), date(2026, 11, 23))


def test_a_client_may_look_further_ahead() -> None:
    wish = {
        "startDateTime": "2027-03-01T00:00:00+00:00",
        "endDateTime": "2027-03-05T00:00:00+00:00",
    }
    assert window([wish], NOW) == (date(2027, 3, 1), date(2027, 3, 5))
