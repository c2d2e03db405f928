"""The measures of the page, in points; picture 09 of the look is their model."""

from __future__ import annotations

from typing import NamedTuple

from letters.breaking import Style
from letters.typeface import Typeface

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT = 20 * MM
RIGHT = WIDTH - 20 * MM
MEASURE = RIGHT - LEFT
BRAND_TOP = 25 * MM
ADDRESS_TOP = 51 * MM
ADDRESS_WIDTH = 85 * MM
SUBJECT_TOP = 91 * MM
NEXT_TOP = 25 * MM
NEXT_BODY = 38 * MM
FOOT_BOTTOM = HEIGHT - 11 * MM
VALUE_SHARE = 0.56
COLUMN_GAP = 14.0
HAIRLINE = 0.5

INK = "#172026"
QUIET = "#45525A"
LINE = "#B9C2C7"


class Measures(NamedTuple):
    """Styles and distances of ordinary or large print."""

    body: Style
    heading: Style
    subject: Style
    brand: Style
    meta: Style
    address: Style
    foot: Style
    gap: float
    pad: float


def measures(typeface: Typeface, *, large_print: bool) -> Measures:
    """Ordinary print is 11 points, large print 18; the address keeps to its window in both."""
    plain, semi, bold = typeface.regular, typeface.semibold, typeface.bold
    if large_print:
        return Measures(
            body=Style(plain, bold, 18, 25),
            heading=Style(semi, semi, 18, 25),
            subject=Style(semi, semi, 22, 29),
            brand=Style(semi, semi, 24, 30),
            meta=Style(plain, plain, 16, 20),
            address=Style(plain, plain, 14, 17.5),
            foot=Style(plain, plain, 14, 17),
            gap=13,
            pad=7,
        )
    return Measures(
        body=Style(plain, bold, 11, 15.5),
        heading=Style(semi, semi, 11.5, 16),
        subject=Style(semi, semi, 15, 20),
        brand=Style(semi, semi, 20, 25),
        meta=Style(plain, plain, 10, 14),
        address=Style(plain, plain, 11, 14.5),
        foot=Style(plain, plain, 8.5, 11),
        gap=8,
        pad=3.5,
    )
