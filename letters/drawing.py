"""Laid-out pages drawn on a reportlab canvas: the only place where text meets the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import groupby

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from letters.frame import ARTIFACT, Placed
from letters.layout import Laid, Page
from letters.measures import HAIRLINE, HEIGHT, LEFT, LINE, RIGHT, WIDTH
from letters.structure import Structure
from letters.typeface import typeface

PRODUCER = "Jackfield"


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
    last = {placed.span.element: index for index, placed in enumerate(page.text)}
    for element, group in groupby(enumerate(page.text), lambda each: each[1].span.element):
        with _marked(canvas, structure, element):
            _write(canvas, group, last[element])
    if page.rules:
        with _marked(canvas, structure, ARTIFACT):
            canvas.setStrokeColor(HexColor(LINE))
            canvas.setLineWidth(HAIRLINE)
            canvas.lines([(LEFT, HEIGHT - y, RIGHT, HEIGHT - y) for y in page.rules])
    canvas.showPage()


@contextmanager
def _marked(canvas: Canvas, structure: Structure | None, element: int) -> Iterator[None]:
    if structure is None:
        yield
        return
    canvas.addLiteral(structure.open(element))
    yield
    canvas.addLiteral("EMC")


def _write(canvas: Canvas, placed: Iterable[tuple[int, Placed]], last: int) -> None:
    """Lines of one element; a space after all but its `last` parts words for copy and speech."""
    text = canvas.beginText()
    colour, font = "", ("", 0.0)
    for index, (y, span) in placed:
        if span.colour != colour:
            colour = span.colour
            text.setFillColor(HexColor(colour))
        text.setTextOrigin(span.x, HEIGHT - y)
        for words, face in span.segments:
            if (face.name, span.size) != font:
                font = (face.name, span.size)
                text.setFont(face.name, span.size)
            text.textOut(words)
        if index < last:
            text.textOut(" ")
    canvas.drawText(text)
