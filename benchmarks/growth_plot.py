"""Draws how long questions take as catalogues grow: an SVG with both axes in powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

Points = Sequence[tuple[int, float]]
"""Offers, and milliseconds."""

_WIDTH, _HEIGHT, _EDGE = 720, 440, 60
_COLOURS = ("#1f6f8b", "#c0562f", "#5a7d2a", "#7b4b94")
_TEXT = 'font-family="sans-serif" font-size="12" fill="#333"'


def drawn(title: str, lines: Mapping[str, Points]) -> str:
    """One line for each name."""
    offers = [count for points in lines.values() for count, _ in points]
    times = [took for points in lines.values() for _, took in points]
    across = _Axis(min(offers), max(offers), _EDGE, _WIDTH - 200)
    up = _Axis(min(times), max(times), _HEIGHT - _EDGE, _EDGE)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_EDGE}" y="30" {_TEXT} font-weight="bold">{escape(title)}</text>',
        *_grid(across, up, sorted(set(offers))),
    ]
    for colour, (name, points) in zip(_COLOURS, lines.items(), strict=False):
        placed = [(across.at(count), up.at(took)) for count, took in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in placed)
        x, y = placed[-1]
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" {_TEXT}>{escape(name)}</text>')
    return "\n".join([*parts, "</svg>\n"])


class _Axis:
    """Places from one pixel to another, evenly by logarithm."""

    def __init__(self, low: float, high: float, begin: float, end: float) -> None:
        self.low, self.high = math.log10(low), math.log10(high)
        self.begin, self.end = begin, end

    def at(self, value: float) -> float:
        part = (math.log10(value) - self.low) / ((self.high - self.low) or 1)
        return self.begin + part * (self.end - self.begin)

    def steps(self) -> list[float]:
        """1, 2 and 5 times each power of ten between its ends."""
        powers = range(math.floor(self.low), math.ceil(self.high) + 1)
        every = (10.0**power * digit for power in powers for digit in (1, 2, 5))
        return [each for each in every if self.low <= math.log10(each) <= self.high]


def _grid(across: _Axis, up: _Axis, offers: Iterable[int]) -> Iterable[str]:
    for step in up.steps():
        y = up.at(step)
        ends = f'x1="{across.begin}" x2="{across.end}"'
        yield f'<line {ends} y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="8" y="{y + 4:.1f}" {_TEXT}>{step:g} ms</text>'
    for count in offers:
        x = across.at(count)
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{up.begin}" y2="{up.end}" stroke="#eee"/>'
        yield f'<text x="{x - 10:.1f}" y="{up.begin + 20}" {_TEXT}>{count}</text>'
