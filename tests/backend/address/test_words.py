"""Spellings of addresses meet."""

from __future__ import annotations

import pytest

from backend.address.words import folded, index_words, search_words


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ødegård", "odegard"), ("Aarhus", "århus"), ("Ærø", "aero"), ("Cooper's", "COOPERS")],
)
def test_spellings_of_a_name_fold_to_the_same_word(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_a_postcode_is_one_word_however_it_is_spaced() -> None:
    assert search_words("QX4 7TR 14") == search_words("qx47tr 14") == ["qx47tr", "14"]
    assert search_words("14 pebb") == ["14", "pebb"]


def test_an_address_is_found_by_its_words_and_its_whole_postcode() -> None:
    words = index_words("14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR")
    assert {"14", "pebblewick", "rise", "norsby", "tarn", "qx4", "7tr", "qx47tr"} <= set(words)
