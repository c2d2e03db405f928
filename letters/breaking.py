"""Breaking runs of text into lines of a given width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from letters.merge import Runs
from letters.typeface import Face, Typeface

Segment = tuple[str, Face]


class SetLine(NamedTuple):
    """A line's width in points and its text, weight by weight."""

    width: float
    segments: tuple[Segment, ...]


class Style(NamedTuple):
    """How text is set: the weights of plain and strong text, size and distance of baselines."""

    face: Face
    strong: Face
    size: float
    lead: float


class _Word(NamedTuple):
    width: float
    segments: tuple[Segment, ...]


def broken(runs: Runs, style: Style, width: float, typeface: Typeface) -> list[SetLine]:
    """Lines of at most `width` points; a word that is longer by itself is cut."""
    space = style.face.width(" ", style.size)
    lines: list[SetLine] = []
    words: list[_Word] = []
    used = 0.0
    for word in _fitting(_words(runs, style, typeface), style, width):
        wanted = used + space + word.width if words else word.width
        if words and wanted > width:
            lines.append(_line(words, used))
            words, wanted = [], word.width
        words.append(word)
        used = wanted
    if words:
        lines.append(_line(words, used))
    return lines


def _words(runs: Runs, style: Style, typeface: Typeface) -> Iterator[_Word]:
    """Words parted by spaces; a word may change its weight inside."""
    size = style.size
    open_word: list[Segment] = []
    for text, strong in runs:
        face = style.strong if strong else style.face
        first, *others = typeface.para(text).split(" ")
        if first:
            open_word.append((first, face))
        for each in others:
            if open_word:
                yield _word(open_word, size)
            open_word = [(each, face)] if each else []
    if open_word:
        yield _word(open_word, size)


def _word(segments: list[Segment], size: float) -> _Word:
    return _Word(sum(face.width(text, size) for text, face in segments), tuple(segments))


def _fitting(words: Iterator[_Word], style: Style, width: float) -> Iterator[_Word]:
    for word in words:
        if word.width <= width:
            yield word
        else:
            yield from _cut(word, style.size, width)


def _cut(word: _Word, size: float, width: float) -> Iterator[_Word]:
    """A word too long for any line, in parts that fit."""
    part: list[Segment] = []
    used = 0.0
    for text, face in word.segments:
        for character in text:
            step = face.width(character, size)
            if part and used + step > width:
                yield _word(part, size)
                part, used = [], 0.0
            used += step
            if part and part[-1][1] is face:
                part[-1] = (part[-1][0] + character, face)
            else:
                part.append((character, face))
    yield _word(part, size)


def _line(words: list[_Word], width: float) -> SetLine:
    """Words joined by spaces, neighbours of one weight as one segment."""
    segments: list[Segment] = []
    texts: list[str] = []
    last: Face | None = None
    for index, word in enumerate(words):
        for number, (text, face) in enumerate(word.segments):
            gap = " " if index and not number else ""
            if face is last:
                texts.append(gap + text)
                continue
            if last is not None:
                segments.append(("".join(texts) + gap, last))
                gap = ""
            texts, last = [gap + text], face
    if last is not None:
        segments.append(("".join(texts), last))
    return SetLine(width, tuple(segments))
