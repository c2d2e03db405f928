"""What stands around the body: brand, numbers, the address in the window, the foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from letters.breaking import SetLine, Style
from letters.flow import Flow, Span
from letters.formats import long_date
from letters.measures import (
    ADDRESS_TOP,
    ADDRESS_WIDTH,
    BRAND_TOP,
    FOOT_BOTTOM,
    INK,
    LEFT,
    MEASURE,
    NEXT_TOP,
    QUIET,
    RIGHT,
)
from letters.records import Letter
from letters.words import filled

ARTIFACT = -1
_HALF = MEASURE * 0.55


class Placed(NamedTuple):
    """A span with its baseline, in points from the top of the page."""

    y: float
    span: Span


def first_head(letter: Letter, flow: Flow) -> list[Placed]:
    """Brand, date, numbers and address of the first page."""
    sizes, words = flow.measures, letter.template.words
    brand = flow.lines(letter.brand.name, sizes.brand, _HALF)
    facts = (
        long_date(letter.date, words),
        filled(words.letter, number=letter.number),
        filled(words.customer, number=letter.customer_number),
    )
    meta = [line for fact in facts for line in flow.lines(fact, sizes.meta, MEASURE - _HALF)]
    address = [
        line
        for each in (letter.recipient.name, *letter.recipient.address)
        for line in flow.lines(each, sizes.address, ADDRESS_WIDTH)
    ]
    placed = _left(brand, sizes.brand, BRAND_TOP, letter.brand.accent, flow.element("P"))
    placed += _right(meta, sizes.meta, BRAND_TOP - 0.28 * sizes.brand.size, flow.element("P"))
    return placed + _left(address, sizes.address, ADDRESS_TOP, INK, flow.element("P"))


def next_head(letter: Letter, flow: Flow) -> list[Placed]:
    """Brand and letter number of a further page, so that a lost sheet is found again."""
    style = flow.measures.meta
    strong = Style(flow.measures.brand.face, flow.measures.brand.face, style.size, style.lead)
    number = filled(letter.template.words.letter, number=letter.number)
    brand = flow.lines(letter.brand.name, strong, _HALF)
    facts = flow.lines(number, style, MEASURE - _HALF)
    placed = _left(brand, strong, NEXT_TOP, letter.brand.accent, ARTIFACT)
    return placed + _right(facts, style, NEXT_TOP, ARTIFACT)


def foot(letter: Letter, flow: Flow, page: int, pages: int) -> list[Placed]:
    """The sender's small print on the first page, page numbers where there are several."""
    style = flow.measures.foot
    placed: list[Placed] = []
    if page == 1:
        lines = foot_lines(letter, flow)
        top = FOOT_BOTTOM - style.lead * (len(lines) - 1)
        placed += _left(lines, style, top, QUIET, ARTIFACT)
    if pages > 1:
        number = filled(letter.template.words.page, page=str(page), pages=str(pages))
        numbered = flow.lines(number, style, MEASURE)
        placed += _right(numbered, style, FOOT_BOTTOM, ARTIFACT)
    return placed


def foot_lines(letter: Letter, flow: Flow) -> list[SetLine]:
    """The small print, broken so that a page number fits beside its last line."""
    style = flow.measures.foot
    return [line for each in letter.brand.foot for line in flow.lines(each, style, MEASURE * 0.8)]


def _left(
    lines: Sequence[SetLine], style: Style, top: float, colour: str, element: int
) -> list[Placed]:
    return [
        Placed(top + index * style.lead, Span(LEFT, line.segments, style.size, colour, element))
        for index, line in enumerate(lines)
    ]


def _right(lines: Sequence[SetLine], style: Style, top: float, element: int) -> list[Placed]:
    return [
        Placed(
            top + index * style.lead,
            Span(RIGHT - line.width, line.segments, style.size, QUIET, element),
        )
        for index, line in enumerate(lines)
    ]
