"""What a reader sees of a PDF: each piece of text with its place, face and size.

`python -m tests.letters.seen` renews the golden files; look at the difference before committing.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from letters import email_of, render, segments, text_of
from tests.letters.samples import KINDS, sample

GOLDEN = Path(__file__).parents[1] / "golden" / "letters"


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_on_pages(pdf: bytes) -> list[str]:
    """Each page's text with every run of spaces and line ends as one space."""
    return [" ".join(page.extract_text().split()) for page in reader(pdf).pages]


def placed(pdf: bytes) -> Iterator[str]:
    """`page: x y size face | text` and hairlines, in points from the bottom left corner."""
    for number, page in enumerate(reader(pdf).pages, 1):
        found: list[str] = []

        def see(
            text: str, _cm: Any, tm: list[float], font: dict[str, Any] | None, size: float,
            found: list[str] = found, number: int = number,
        ) -> None:  # fmt: skip
            if text.strip():
                face = str((font or {}).get("/BaseFont", "")).rpartition("-")[2]
                found.append(
                    f"{number}: {tm[4]:5.0f} {tm[5]:5.0f} {size:4.1f} {face:8} | {text.strip()}"
                )

        def see_rule(
            operator: bytes, operands: list[Any], _cm: Any, _tm: Any,
            found: list[str] = found, number: int = number,
        ) -> None:  # fmt: skip
            if operator == b"l":
                found.append(f"{number}:       {float(operands[1]):5.0f} hairline")

        page.extract_text(visitor_text=see, visitor_operand_before=see_rule)
        yield from found


def expected(kind: str) -> str:
    """The golden file's text for a kind of letter: all its channels, in both sizes of print."""
    letter = sample(kind)
    parts: list[str] = []
    if letter.template.letter:
        parts += ["LETTER", *placed(render(letter))]
        parts += ["", "LARGE PRINT", *placed(render(sample(kind, large_print=True)))]
    if letter.template.email:
        email = email_of(letter.template, letter.all_fields(), letter.rows)
        parts += ["", "E-MAIL", email.subject, "", email.body]
    if letter.template.text:
        text = text_of(letter.template, letter.all_fields())
        parts += ["TEXT", f"{len(text)} characters, {segments(text)} message", text]
    return "\n".join(parts).strip() + "\n"


def golden(kind: str) -> Path:
    return GOLDEN / f"{kind}.txt"


if __name__ == "__main__":
    for each in KINDS:
        golden(each).write_text(expected(each), encoding="utf-8")
