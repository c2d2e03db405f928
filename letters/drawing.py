"""Laid-out pages drawn on a reportlab canvas: the only place where text meets the PDF."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from itertools import groupby

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfgen.canvas import Canvas

from letters.frame import ARTIFACT, Placed
from letters.layout import Laid, Page
from letters.measures import HAIRLINE, HEIGHT, LEFT, LINE, RIGHT, WIDTH
from letters.structure import Structure, document_of
from letters.typeface import typeface

PRODUCER = "Jackfield"
rl_config.useA85 = 0  # streams stay binary: a fifth smaller, and faster to write


def new_canvas(target: BytesIO, title: str, author: str, language: str) -> Canvas:
    """An empty A4 document whose bytes depend on nothing but what is drawn."""
    canvas = Canvas(
        target,
        (WIDTH, HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=typeface().regular.name,  # type: ignore[arg-type]  # the stub is wrong
        lang=language,
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(title)
    canvas.setCreator(PRODUCER)
    canvas.setProducer(PRODUCER)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def document(laid: Laid) -> bytes:
    """One letter as a tagged PDF."""
    target = BytesIO()
    canvas = new_canvas(target, laid.title, laid.author, laid.language)
    structure = Structure(canvas, laid.elements)
    for page in laid.pages:
        draw(canvas, page, structure)
        structure.close_page()
    structure.finish()
    return saved(canvas, target)


def saved(canvas: Canvas, target: BytesIO) -> bytes:
    """The finished document."""
    with typeface().finishing:
        canvas.save()
    return target.getvalue()


def draw(canvas: Canvas, page: Page, structure: Structure | None = None) -> None:
    """Draw one page and turn it; paper needs no structure."""
    document = document_of(canvas)
    last = {placed.span.element: index for index, placed in enumerate(page.text)}
    code: list[str] = []
    for element, group in groupby(enumerate(page.text), lambda each: each[1].span.element):
        if structure is not None:
            code.append(structure.open(element))
        code.append("BT")
        _write(code, group, last[element], document)
        code.append("ET" if structure is None else "ET EMC")
    if page.rules:
        if structure is not None:
            code.append(structure.open(ARTIFACT))
        code.append(f"{_colour(LINE)} RG {HAIRLINE} w")
        code += [
            f"{LEFT:.2f} {HEIGHT - y:.2f} m {RIGHT:.2f} {HEIGHT - y:.2f} l S" for y in page.rules
        ]
        if structure is not None:
            code.append("EMC")
    canvas.addLiteral("\n".join(code))
    canvas.showPage()


def _write(
    code: list[str], placed: Iterable[tuple[int, Placed]], last: int, document: object
) -> None:
    """Operators for the lines of one element (ISO 32000-1, 9.4).

    A space after all lines but the `last` parts words for copy and speech.
    """
    colour, font = "", ""
    for index, (y, span) in placed:
        if span.colour != colour:
            colour = span.colour
            code.append(f"{_colour(colour)} rg")
        code.append(f"1 0 0 1 {span.x:.2f} {HEIGHT - y:.2f} Tm")
        *before, (words, face) = span.segments
        for part, weight in (*before, (words + (" " if index < last else ""), face)):
            for subset, encoded in weight.font.splitString(part, document):
                wanted = f"{weight.font.getSubsetInternalName(subset, document)} {span.size} Tf"
                if wanted != font:
                    font = wanted
                    code.append(font)
                code.append(f"({escapePDF(encoded)}) Tj")


@lru_cache(maxsize=16)
def _colour(code: str) -> str:
    """`#RRGGBB` as the three parts of a colour from 0 to 1."""
    return " ".join(f"{int(code[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))
