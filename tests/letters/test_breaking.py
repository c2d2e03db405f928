"""Lines fit, and lose nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from letters.breaking import SetLine, Style, broken
from letters.formats import NO_BREAK
from letters.merge import Run
from letters.typeface import typeface

FACE = typeface()
STYLE = Style(FACE.regular, FACE.bold, 11, 15.5)
RUNS = st.lists(st.builds(Run, st.text(max_size=60), st.booleans()), max_size=6).map(tuple)


def lines(*runs: Run, width: float = 100) -> list[str]:
    return [text_of(line) for line in broken(runs, STYLE, width, FACE)]


def text_of(line: SetLine) -> str:
    return "".join(text for text, _ in line.segments)


def test_words_fill_a_line_and_go_on_in_the_next() -> None:
    assert lines(Run("the quick brown fox jumps over the lazy dog")) == [
        "the quick brown fox",
        "jumps over the lazy",
        "dog",
    ]


def test_a_number_that_may_not_break_moves_whole() -> None:
    number = f"07700{NO_BREAK}900471"
    assert lines(Run(f"please call us at {number}"), width=110)[-1] == number


def test_strong_words_keep_to_their_neighbours() -> None:
    (line,) = broken((Run("number "), Run("KO-1", strong=True), Run(";")), STYLE, 200, FACE)
    assert line.segments == (("number ", FACE.regular), ("KO-1", FACE.bold), (";", FACE.regular))


def test_a_word_longer_than_any_line_is_cut() -> None:
    found = lines(Run("x" * 300))
    assert len(found) > 1
    assert "".join(found) == "x" * 300


def test_nothing_to_print_is_no_line() -> None:
    assert lines(Run("\u200f"), Run("  ")) == []


@given(RUNS, st.floats(min_value=30, max_value=500))
def test_every_line_fits_and_all_words_are_kept(runs: tuple[Run, ...], width: float) -> None:
    found = broken(runs, STYLE, width, FACE)
    for line in found:
        assert line.width <= width + 0.001
        assert abs(line.width - sum(face.width(text, 11) for text, face in line.segments)) < 0.5
    printed = "".join(text_of(line) for line in found).replace(" ", "")
    assert printed == "".join(FACE.para(run.text) for run in runs).replace(" ", "")
