"""Numbers of the past: each once, with its check digit, older orders with smaller ones."""

from __future__ import annotations

import datetime as dt
import random

from backend.database import Database
from backend.demo.numbering import NextNumbers, StoryNumbers
from backend.identifiers import Kind, verify

TODAY = dt.date(2026, 11, 20)
LOT = random.Random(1)  # noqa: S311 - a lot for a test


def test_nobody_gets_a_number_twice_nor_one_of_the_story() -> None:
    numbering = StoryNumbers(LOT, TODAY, ["KF-0041873-6"])
    drawn = [numbering.customer() for _ in range(5_000)]
    assert len(set(drawn)) == len(drawn)
    assert all(verify(number, Kind.CUSTOMER) for number in drawn)
    assert not any(number.startswith("KF-0041873") for number in drawn)


def test_an_older_order_has_a_smaller_number() -> None:
    numbering = StoryNumbers(LOT, TODAY, [])
    days = [4_000, 900, 256, 100, 3]
    drawn = [numbering.order(TODAY - dt.timedelta(days=each)) for each in days]
    assert drawn == sorted(drawn)


def test_more_than_a_block_of_next_numbers_goes_on_without_a_gap(database: Database) -> None:
    with database.begin() as connection:
        numbering = NextNumbers(connection)
        drawn = [numbering.account() for _ in range(1_500)]
    assert len(set(drawn)) == len(drawn)
    assert int(drawn[-1][3:10]) - int(drawn[0][3:10]) == 1_499
