"""A line of a template is cut into words and fields, and never run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import LetterFault
from letters.pieces import Piece, cut, names_in


def test_fields_and_strong_words_are_found() -> None:
    assert cut("Order **{order.number}** of {order.date}") == (
        Piece("Order "),
        Piece("", "order.number", strong=True),
        Piece(" of "),
        Piece("", "order.date"),
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "{customer.name.__class__!r}",
        "{0}",
        "{customer['name']}",
        "{Customer}",
        "{}",
        "{a..b}",
        "{{a}}",
        "}",
        "{a:>99999999}",
        "{__import__('os')}",
    ],
)
def test_braces_hold_nothing_but_dotted_names(attempt: str) -> None:
    with pytest.raises(LetterFault, match="Braces"):
        cut(attempt)


def test_strong_words_must_end() -> None:
    with pytest.raises(LetterFault, match="Close"):
        cut("Order **now")


@given(st.text(st.characters(exclude_characters="{}*")))
def test_text_without_marks_is_kept_whole(text: str) -> None:
    line = cut(text)
    assert "".join(piece.text for piece in line) == text
    assert not list(names_in(line))
