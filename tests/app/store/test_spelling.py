"""ø meets o and oe, å meets a and aa, whatever else a name holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.spelling import letters_of, match_spans, plain, spellings, words_of


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ødegårdsen", "odegardsen"),
        ("Ødegårdsen", "oedegaardsen"),
        ("Ødegårdsen", "odegaardsen"),
        ("Ærøskov", "aeroskov"),
        ("Ærøskov", "aeroeskov"),
        ("Åsblom", "aasblom"),
        ("Åsblom", "asblom"),
        ("Jónsdóttir", "jonsdottir"),
        ("Dvořák", "dvorak"),
        ("Weiß", "weiss"),
        ("Łukasz", "lukasz"),
    ],
)
def test_a_name_has_every_spelling_it_may_be_typed_in(written: str, typed: str) -> None:
    assert typed in spellings(plain(written))


def test_hyphens_part_words_and_apostrophes_do_not() -> None:
    assert [letters_of(word) for word in words_of("O'Hara-Jónsdóttir")] == ["ohara", "jonsdottir"]


def test_a_letter_and_its_accent_apart_are_one_letter() -> None:
    assert letters_of("A\u030asblom") == "asblom"


def test_a_word_of_many_special_letters_keeps_only_its_two_outer_spellings() -> None:
    assert spellings("åäöüåäöü") == ("aaaeoeueaaaeoeue", "aaouaaou")


@pytest.mark.parametrize(
    ("name", "sought", "spans"),
    [
        ("Edda Marrowby", ("marr",), ((5, 9),)),
        ("Edda Marrowby", ("e", "m"), ((0, 1), (5, 6))),
        ("Cosmo Åsblom", ("aasb",), ((6, 9),)),
        ("Cosmo Åsblom", ("asb",), ((6, 9),)),
        ("Edda Marrowby", ("rowby",), ()),
        ("Pim O'Hara", ("oha",), ((4, 8),)),
    ],
)
def test_the_letters_hit_are_marked(
    name: str, sought: tuple[str, ...], spans: tuple[tuple[int, int], ...]
) -> None:
    assert match_spans(name, sought) == spans


@given(st.text(max_size=60))
def test_whatever_is_folded_holds_letters_and_digits_only(text: str) -> None:
    for word in words_of(text):
        for way in spellings(word):
            assert way.isalnum()
            way.encode()


@given(st.text(max_size=40), st.text(max_size=8))
def test_marks_lie_inside_the_name_in_order_and_apart(name: str, typed: str) -> None:
    spans = match_spans(name, tuple(way for word in words_of(typed) for way in spellings(word)))
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(name) for edge in edges)
