"""The story as it is told in resources/demo/people.toml."""

from __future__ import annotations

import datetime as dt

import pytest

from backend.demo.people import personas, years_before

TODAY = dt.date(2026, 11, 20)
EDDAS_DAY = dt.date(2026, 3, 12)


def test_the_story_is_told_from_today_backwards() -> None:
    edda = next(iter(personas(TODAY)))
    assert (edda.name, edda.since) == ("Edda Marrowby", EDDAS_DAY)
    assert edda.orders[-1].visit == dt.date(2026, 11, 24)
    later = next(iter(personas(TODAY + dt.timedelta(days=10))))
    assert later.since == EDDAS_DAY + dt.timedelta(days=10)


def test_people_keep_their_age() -> None:
    pim = next(one for one in personas(TODAY) if one.given == "Pim")
    assert pim.born is not None
    assert years_before(TODAY, 18) < pim.born <= years_before(TODAY, 17)


@pytest.mark.parametrize(("years", "day"), [(4, dt.date(2020, 2, 29)), (1, dt.date(2023, 2, 28))])
def test_a_leap_day_has_an_anniversary(years: int, day: dt.date) -> None:
    assert years_before(dt.date(2024, 2, 29), years) == day
