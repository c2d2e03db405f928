"""Laid-out pages drawn on a reportlab canvas: the only place where text meets the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from letters.layout import Laid, Page
from letters.frame import Placed
from letters.measures import HAIRLINE, HEIGHT, LEFT, LINE, RIGHT, WIDTH
from letters.structure import Structure
from letters.typeface import typeface

PRODUCER = "Jackfield"


def new_canvas(target: BytesIO, title: str, author: str, language: str) -> Canvas:
    """An empty A4 document whose bytes depend on nothing but what is drawn."""
    canvas = Canvas(target, (WIDTH, HEIGHT), invariant=1, pageCompression=1, lang=language)
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
    for element, placed in _by_element(page):
        if structure is not None:
            canvas.addLiteral(structure.open(element))
        _write(canvas, placed)
        if structure is not None:
            canvas.addLiteral("EMC")
    if page.rules:
        if structure is not None:
            canvas.addLiteral("/Artifact BMC")
        canvas.setStrokeColor(HexColor(LINE))
        canvas.setLineWidth(HAIRLINE)
        canvas.lines([(LEFT, HEIGHT - y, RIGHT, HEIGHT - y) for y in page.rules])
        if structure is not None:
            canvas.addLiteral("EMC")
    canvas.showPage()


def _by_element(page: Page) -> Iterator[tuple[int, list[Placed]]]:
    for element, placed in groupby(page.text, lambda each: each.span.element):
        yield element, list(placed)


def _write(canvas: Canvas, placed: list[Placed]) -> None:
    text = canvas.beginText()
    colour, font = "", ("", 0.0)
    for y, span in placed:
        if span.colour != colour:
            colour = span.colour
            text.setFillColor(HexColor(colour))
        text.setTextOrigin(span.x, HEIGHT - y)
        for words, face in span.segments:
            if (face.name, span.size) != font:
                font = (face.name, span.size)
                text.setFont(face.name, span.size)
            text.textOut(words)
    canvas.drawText(text)
