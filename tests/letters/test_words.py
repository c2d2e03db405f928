"""The words of a language come complete, or not at all."""

from __future__ import annotations

import pytest

from letters import LetterFault, parse_words
from letters.words import filled
from tests.letters.samples import resource

ENGLISH = resource("en/words.toml")


def test_english_has_its_months_in_order() -> None:
    words = parse_words(ENGLISH)
    assert (words.months[0], words.months[11], words.weekdays[0]) == (
        "January",
        "December",
        "Monday",
    )


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [
        ('"£{amount}"', '"£"', "money"),
        ('"January", ', "", "months"),
        ('"Kind regards,"', '" "', "closing"),
        ('"Page {page} of {pages}"', '"Page {page}"', "page"),
        ("closing =", "closeing =", "closeing"),
        ('"Kind regards,"', "7", "closing"),
    ],
)
def test_a_gap_in_the_words_is_named(was: str, becomes: str, field: str) -> None:
    with pytest.raises(LetterFault) as fault:
        parse_words(ENGLISH.replace(was, becomes))
    assert fault.value.field == field


def test_a_file_that_is_no_toml_is_a_fault() -> None:
    with pytest.raises(LetterFault, match="TOML"):
        parse_words("language = ")


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert filled("Letter {number}", number="{number}{amount}") == "Letter {number}{amount}"
