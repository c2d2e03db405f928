"""The letter press: many letters in few PDFs, with an index to go on after a stop."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from itertools import islice

from reportlab.pdfgen.canvas import Canvas

from letters.drawing import draw, new_canvas, saved
from letters.faults import LetterFault
from letters.layout import Laid, lay_out
from letters.records import Letter

PART_LETTERS = 250


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a letter lies: its part, and its first page and sheet in that part, from 1."""

    number: str
    part: int
    page: int
    pages: int
    sheet: int
    sheets: int


@dataclass(frozen=True, slots=True)
class Part:
    """One PDF for the printer; `refused` are the numbers of letters at fault, and why."""

    number: int
    pdf: bytes
    entries: tuple[Entry, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PressIndex:
    """The letters that are safely stored, in order; to be kept beside the parts."""

    entries: tuple[Entry, ...] = ()

    def with_part(self, part: Part) -> PressIndex:
        """The index once `part` is stored."""
        return PressIndex(self.entries + part.entries)

    def letters_on(self, part: int, first_sheet: int, last_sheet: int) -> tuple[str, ...]:
        """The letters with paper among these sheets of a part: what to print after a jam."""
        return tuple(
            entry.number
            for entry in self.entries
            if entry.part == part
            and entry.sheet <= last_sheet
            and entry.sheet + entry.sheets > first_sheet
        )

    def to_json(self) -> str:
        """The index as text."""
        return json.dumps([asdict(entry) for entry in self.entries])

    @classmethod
    def from_json(cls, text: str) -> PressIndex:
        """The index from its text; raises LetterFault when it is not one."""
        try:
            match json.loads(text):
                case [*entries]:
                    return cls(tuple(Entry(**entry) for entry in entries))
        except (TypeError, ValueError) as error:
            raise LetterFault("This is not the index of a press run.") from error
        raise LetterFault("This is not the index of a press run.")


def press(
    letters: Iterable[Letter],
    done: PressIndex | None = None,
    *,
    part_letters: int = PART_LETTERS,
    duplex: bool = True,
) -> Iterator[Part]:
    """The letters in parts of `part_letters`, leaving out those that `done` has.

    Each letter begins on a new sheet. Store a part and its index together, then take the next:
    after a stop the same call with the stored index goes on where it was. A letter at fault is
    refused by its part and holds up nobody else's.
    """
    stored = done or PressIndex()
    known = {entry.number for entry in stored.entries}
    last = max((entry.part for entry in stored.entries), default=0)
    wanted = (letter for letter in letters if letter.number not in known)
    number = last
    while batch := tuple(islice(wanted, part_letters)):
        number += 1
        yield _part(number, batch, duplex=duplex)


def _part(number: int, letters: tuple[Letter, ...], *, duplex: bool) -> Part:
    target = BytesIO()
    template, brand = letters[0].template, letters[0].brand
    canvas = new_canvas(target, f"{template.name}, {number}", brand.name, template.words.language)
    entries: list[Entry] = []
    refused: list[tuple[str, str]] = []
    page = sheet = 1
    for letter in letters:
        try:
            laid = lay_out(letter)
        except LetterFault as fault:
            refused.append((letter.number, str(fault)))
            continue
        pages = len(laid.pages)
        sheets = (pages + 1) // 2 if duplex else pages
        entries.append(Entry(letter.number, number, page, pages, sheet, sheets))
        _draw_all(canvas, laid, blank=duplex and pages % 2 == 1)
        page += sheets * 2 if duplex else pages
        sheet += sheets
    return Part(number, saved(canvas, target) if entries else b"", tuple(entries), tuple(refused))


def _draw_all(canvas: Canvas, laid: Laid, *, blank: bool) -> None:
    for page in laid.pages:
        draw(canvas, page)
    if blank:
        canvas.showPage()
