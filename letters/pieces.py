"""A line of a template cut into plain words and merge fields; nothing in it is ever run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from letters.faults import LetterFault

_MARK = re.compile(r"\*\*|\{([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as written, or the merge field `field` when that is not empty."""

    text: str
    field: str = ""
    strong: bool = False


Line = tuple[Piece, ...]


def cut(text: str) -> Line:
    """`Order **{order.number}**` as pieces; braces may hold dotted names only."""
    pieces: list[Piece] = []
    strong, start = False, 0
    for mark in _MARK.finditer(text):
        _keep(pieces, text[start : mark.start()], strong=strong)
        start = mark.end()
        if mark[1]:
            pieces.append(Piece("", mark[1], strong))
        else:
            strong = not strong
    _keep(pieces, text[start:], strong=strong)
    if strong:
        raise LetterFault(f"Close the ** in: {text}", text)
    return tuple(pieces)


def names_in(line: Iterable[Piece]) -> Iterator[str]:
    """The merge fields in the order they are read."""
    return (piece.field for piece in line if piece.field)


def _keep(pieces: list[Piece], words: str, *, strong: bool) -> None:
    if "{" in words or "}" in words:
        raise LetterFault(f"Braces hold the dotted name of a merge field only: {words}", words)
    if words:
        pieces.append(Piece(words, "", strong))
