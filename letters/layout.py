"""A letter laid out: pages of placed text and hairlines, before any PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from letters.faults import LetterFault
from letters.flow import Element, Flow, Strip, drop
from letters.frame import Placed, first_head, foot, foot_lines, next_head
from letters.measures import FOOT_BOTTOM, NEXT_BODY, SUBJECT_TOP, measures
from letters.merge import Merge, MergedParagraph, Run
from letters.records import Letter
from letters.template import Body
from letters.typeface import typeface

FOOT_SPACE = 14.0
CLOSING_SPACE = 1.8


class Page(NamedTuple):
    """Text in reading order and the heights of the hairlines."""

    text: tuple[Placed, ...]
    rules: tuple[float, ...]


class Laid(NamedTuple):
    """A letter ready to be drawn; `title` and `author` describe the document."""

    pages: tuple[Page, ...]
    elements: tuple[Element, ...]
    title: str
    author: str
    language: str


def lay_out(letter: Letter) -> Laid:
    """The letter's pages; raises LetterFault when a field or table is missing."""
    template = letter.template
    if template.letter is None:
        raise LetterFault(f"{template.id} is not sent on paper.", "letter")
    face = typeface()
    flow = Flow(face, measures(face, large_print=letter.large_print))
    head = first_head(letter, flow)
    strips = _strips(letter, template.letter, flow)
    below = max(placed.y for placed in head) + flow.measures.gap * 2
    top = max(SUBJECT_TOP - drop(flow.measures.subject), below)
    lead = flow.measures.foot.lead
    first = FOOT_BOTTOM - FOOT_SPACE - lead * len(foot_lines(letter, flow))
    bodies = list(_pages(strips, _Column(top, first), FOOT_BOTTOM - FOOT_SPACE - lead))
    pages = []
    for number, body in enumerate(bodies, 1):
        above = head if number == 1 else next_head(letter, flow)
        around = (*above, *body.text, *foot(letter, flow, number, len(bodies)))
        pages.append(Page(around, tuple(body.rules)))
    return Laid(
        pages=tuple(pages),
        elements=tuple(flow.elements),
        title=face.para(f"{template.name}, {letter.number}"),
        author=face.para(letter.brand.name),
        language=template.words.language,
    )


def _strips(letter: Letter, body: Body, flow: Flow) -> list[Strip]:
    """Subject, body and closing as one flow; the closing never stands alone on a page."""
    merge = Merge(letter.template, letter.all_fields(), letter.rows)
    sizes = flow.measures
    subject = flow.lines(merge.words(body.subject), sizes.subject)
    strips = flow.strips(subject, sizes.subject, 0, "H1", hold=True)
    strips += flow.blocks(list(merge.body(body)))
    closing = flow.paragraph(_plain(letter.template.words.closing), sizes.gap * CLOSING_SPACE)
    held = [strip._replace(keep=True) for strip in (*strips[-1:], *closing)]
    return strips[:-1] + held + flow.paragraph(_plain(letter.brand.name), 0)


def _plain(text: str) -> MergedParagraph:
    return MergedParagraph((Run(text),), heading=False)


@dataclass(slots=True)
class _Column:
    """The body of one page while it fills from `y` down to `limit`."""

    y: float
    limit: float
    text: list[Placed] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)

    def place(self, strip: Strip) -> None:
        top = self.y + (strip.gap if self.text else 0)
        self.text += [Placed(top + strip.drop, span) for span in strip.spans]
        self.y = top + strip.height
        if strip.rule:
            self.rules.append(self.y)


def _pages(strips: Sequence[Strip], column: _Column, limit: float) -> Iterator[_Column]:
    """Strips in page after page; those that hold together move together where they fit."""
    for group in _groups(strips):
        needed = sum(strip.gap + strip.height for strip in group)
        whole = needed <= limit - NEXT_BODY
        for index, strip in enumerate(group):
            step = needed if whole and index == 0 else strip.gap + strip.height
            if column.text and column.y + step > column.limit:
                yield column
                column = _Column(NEXT_BODY, limit)
            column.place(strip)
    yield column


def _groups(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group
