"""The typeface and the one way of text into a letter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.typeface import typeface

FACE = typeface()


@pytest.mark.parametrize("text", ["æøåäöéř€£−–’“”•×", "Søren Ågård-Řezníček", "£1,234.50"])
def test_the_letters_of_our_languages_print(text: str) -> None:
    assert FACE.para(text) == text


@pytest.mark.parametrize(
    ("hostile", "printed"),
    [
        ("Jens <b Olsen", "Jens <b Olsen"),
        ('<img src="/etc/passwd">', '<img src="/etc/passwd">'),
        ("&lt;a href=x&gt;", "&lt;a href=x&gt;"),
        ("Anna\u202egnp.exe\u2066", "Annagnp.exe"),
        ("Anna\u200f Berg\u00ad", "Anna Berg"),
        ("one\r\ntwo\tthree\u2028four", "one  two three four"),
        ("null\x00escape\x1bbell\x07", "nullescapebell"),
        ("half\ud800way", "halfway"),
        ("e\u0301", "é"),
        ("Ⅷ \uff11", "VIII 1"),
        ("王\U0001f600", "??"),
        ("stay\u00a0together", "stay\u00a0together"),
        (") Tj ET BT (", ") Tj ET BT ("),
    ],
)
def test_hostile_text_prints_as_plain_characters(hostile: str, printed: str) -> None:
    assert FACE.para(hostile) == printed


@given(st.text(st.characters(), max_size=300))
def test_whatever_comes_in_can_be_measured_and_holds_no_control(text: str) -> None:
    printed = FACE.para(text)
    assert FACE.regular.width(printed, 10) >= 0
    assert FACE.bold.width(printed, 10) >= 0
    assert not any(unicodedata.category(each) in {"Cc", "Cf", "Cs"} for each in printed)


def test_all_figures_have_one_width_so_prices_line_up() -> None:
    assert len({FACE.regular.width(figure, 10) for figure in "0123456789£−"}) == 1


def test_the_typeface_is_read_once() -> None:
    assert typeface() is FACE
