"""A letter becomes a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from letters.drawing import document
from letters.layout import lay_out
from letters.records import Letter


def render(letter: Letter) -> bytes:
    """The letter as PDF bytes, always the same for the same letter; raises LetterFault."""
    return document(lay_out(letter))


def render_many(letters: Iterable[Letter]) -> Iterator[bytes]:
    """Each letter as a PDF of its own, one after the other; raises LetterFault."""
    return map(render, letters)
