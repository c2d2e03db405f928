"""The flow of a letter: its lines in reading order, with what must stay together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from letters.breaking import Segment, SetLine, Style, broken
from letters.measures import COLUMN_GAP, INK, LEFT, MEASURE, RIGHT, VALUE_SHARE, Measures
from letters.merge import Merged, MergedParagraph, MergedTable, Run, Runs, is_heading
from letters.typeface import Typeface

WHOLE = 3
TALL_ROW = 12
SHORT_TABLE = 6


class Element(NamedTuple):
    """A node of the structure that screen readers follow; `parent` is its place in the list."""

    role: str
    parent: int


class Span(NamedTuple):
    """Text from `x` on one baseline, part of the element at `element` (-1: not read aloud)."""

    x: float
    segments: tuple[Segment, ...]
    size: float
    colour: str
    element: int


class Strip(NamedTuple):
    """One line of the flow, `drop` points from its top to the baseline.

    `keep` holds it on the page of the next, `rule` draws a hairline at its lower edge.
    """

    gap: float
    height: float
    drop: float
    spans: tuple[Span, ...]
    keep: bool = False
    rule: bool = False


def drop(style: Style) -> float:
    """From the top of a line to its baseline: capitals stand in the middle of the lead."""
    return (style.lead + 0.66 * style.size) / 2


def _holds(row: int, rows: int) -> bool:
    """A short table stays whole; of a long one at least two rows stand on either page."""
    return row < rows - 1 and (rows <= SHORT_TABLE or row in {0, rows - 2})


@dataclass(frozen=True, slots=True)
class Flow:
    """Builds strips and elements; element 0 is the document."""

    typeface: Typeface
    measures: Measures
    elements: list[Element] = field(default_factory=lambda: [Element("Document", -1)])

    def element(self, role: str, parent: int = 0) -> int:
        """A new node under `parent`; its place."""
        self.elements.append(Element(role, parent))
        return len(self.elements) - 1

    def lines(self, text: str, style: Style, width: float = MEASURE) -> list[SetLine]:
        """Plain text broken into lines."""
        return broken((Run(text),), style, width, self.typeface)

    def blocks(self, blocks: Sequence[Merged]) -> list[Strip]:
        """Every block of the body."""
        strips: list[Strip] = []
        gap = self.measures.gap
        for block in blocks:
            if isinstance(block, MergedTable):
                strips += self._table(block, gap)
            else:
                strips += self.paragraph(block, gap * (1.8 if block.heading else 1))
            gap = self.measures.gap * (0.25 if is_heading(block) else 1)
        return strips

    def paragraph(self, block: MergedParagraph, gap: float) -> list[Strip]:
        """Running text; two lines at least stay on either page."""
        style = self.measures.heading if block.heading else self.measures.body
        lines = broken(block.runs, style, MEASURE, self.typeface)
        return self.strips(lines, style, gap, "H2" if block.heading else "P", hold=block.heading)

    def strips(
        self, lines: list[SetLine], style: Style, gap: float, role: str, *, hold: bool = False
    ) -> list[Strip]:
        """Lines of one element from the left margin."""
        element = self.element(role)
        last = len(lines) - 1
        loose = range(1, last - 1) if last >= WHOLE else range(0)
        return [
            Strip(
                gap if index == 0 else 0,
                style.lead,
                drop(style),
                (Span(LEFT, line.segments, style.size, INK, element),),
                keep=(hold or index < last) and index not in loose,
            )
            for index, line in enumerate(lines)
        ]

    def _table(self, table: MergedTable, gap: float) -> list[Strip]:
        element = self.element("Table")
        values = [self._value(value) for _, value in table.rows]
        widest = max((line.width for lines in values for line in lines), default=0)
        width = MEASURE - (widest + COLUMN_GAP if widest else 0)
        strips: list[Strip] = []
        for index, ((label, _), value) in enumerate(zip(table.rows, values, strict=True)):
            labels = broken(label, self.measures.body, width, self.typeface)
            row = self._row(labels, value, self.element("TR", element), 0 if index else gap)
            strips += row[:-1]
            strips.append(row[-1]._replace(keep=_holds(index, len(values))))
        return strips

    def _value(self, value: Runs) -> list[SetLine]:
        return broken(value, self.measures.body, MEASURE * VALUE_SHARE, self.typeface)

    def _row(
        self, labels: list[SetLine], values: list[SetLine], row: int, gap: float
    ) -> list[Strip]:
        """A row with a hairline under it; it is cut over pages only when it is very tall."""
        style, pad = self.measures.body, self.measures.pad
        left, right = self.element("TD", row), self.element("TD", row)
        count = max(len(labels), len(values), 1)
        strips: list[Strip] = []
        for index in range(count):
            spans: list[Span] = []
            if index < len(labels):
                spans.append(Span(LEFT, labels[index].segments, style.size, INK, left))
            if index < len(values):
                x = RIGHT - values[index].width
                spans.append(Span(x, values[index].segments, style.size, INK, right))
            last = index == count - 1
            strips.append(
                Strip(
                    gap if index == 0 else 0,
                    style.lead + (0 if index else pad) + (pad if last else 0),
                    drop(style) + (0 if index else pad),
                    tuple(spans),
                    keep=not last and count <= TALL_ROW,
                    rule=last,
                )
            )
        return strips
