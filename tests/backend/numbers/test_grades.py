"""Grades: the published formula, its counts and its prices."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from backend.numbers.grades import Grade, grade_of, keypad


def test_the_published_counts_hold_over_the_whole_mobile_range() -> None:
    counts = Counter(grade_of(f"07700900{ending:03d}").grade for ending in range(1000))
    assert counts == {
        Grade.PLATINUM: 11,
        Grade.GOLD: 24,
        Grade.SILVER: 261,
        Grade.BRONZE: 103,
        Grade.STANDARD: 601,
    }


@pytest.mark.parametrize(
    ("ending", "grade", "why"),
    [
        ("900444", Grade.PLATINUM, "444"),
        ("900900", Grade.PLATINUM, "900 twice"),
        ("900345", Grade.GOLD, "run 345"),
        ("900210", Grade.GOLD, "run 210"),
        ("900400", Grade.GOLD, "400"),
        ("900477", Grade.SILVER, "pair 77"),
        ("900446", Grade.SILVER, "pair 44"),
        ("900454", Grade.SILVER, "mirror 454"),
        ("900420", Grade.BRONZE, "ends in 0"),
        ("900409", Grade.BRONZE, "three digits"),
        ("900412", Grade.STANDARD, ""),
        ("960890", Grade.BRONZE, "ends in 0"),
        ("960901", Grade.STANDARD, ""),
    ],
)
def test_a_number_says_why_it_has_its_grade(ending: str, grade: Grade, why: str) -> None:
    graded = grade_of("07700" + ending)
    assert (graded.grade, graded.why) == (grade, why)


def test_the_memorable_part_is_the_last_three_digits_or_the_doubled_six() -> None:
    assert grade_of("07700900477").memorable == "477"
    assert grade_of("07700900900").memorable == "900900"


def test_prices_and_rights_go_by_grade() -> None:
    assert [grade.once for grade in Grade] == [Decimal(price) for price in (500, 150, 40, 10, 0)]
    assert [grade.right for grade in Grade] == ["number.platinum", "number.gold", None, None, None]


@pytest.mark.parametrize(
    ("word", "keys"),
    [("cat", "228"), ("Café", "2233"), ("Rød", "763"), ("4 you", "4968"), ("", None), ("a!", None)],
)
def test_words_are_spelled_on_the_keypad(word: str, keys: str | None) -> None:
    assert keypad(word) == keys
