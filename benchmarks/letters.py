"""Letters against a bare reportlab canvas that draws the same strings at the same places."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from letters import Letter, PressIndex, press, render
from letters.layout import Laid, lay_out
from tests.letters.samples import sample

BATCH = 1000
ROUNDS = 40
SINGLE_BAR = 1.2
BATCH_BAR = 1.3


def bare(laid: Iterable[Laid]) -> bytes:
    """What nobody can do without: the strings, the lines, the fonts cut to what is used."""
    target = BytesIO()
    canvas = Canvas(target, A4, invariant=1, pageCompression=1)
    height = A4[1]
    for letter in laid:
        for page in letter.pages:
            for y, span in page.text:
                canvas.setFillColor(HexColor(span.colour))
                x = span.x
                for words, face in span.segments:
                    canvas.setFont(face.name, span.size)
                    canvas.drawString(x, height - y, words)
                    x += face.width(words, span.size)
            canvas.setLineWidth(0.5)
            for y in page.rules:
                canvas.line(56.7, height - y, 538.6, height - y)
            canvas.showPage()
    canvas.save()
    return target.getvalue()


def run() -> None:
    """Print the ratios beside their bars."""
    _single(sample("LT01"))
    _batch()


def _single(letter: Letter) -> None:
    laid = lay_out(letter)
    ours, floor = _best(lambda: render(letter), lambda: bare([laid]))
    _told("single letter", ours, floor, SINGLE_BAR, f"{ours * 1000:.2f} ms")


def _batch() -> None:
    first = sample("LT01")
    letters = [replace(first, number=f"KL-{number:07}") for number in range(BATCH)]
    laid = [lay_out(letter) for letter in letters]
    pages = sum(len(each.pages) for each in laid)
    ours = _seconds(lambda: list(press(letters, PressIndex(), part_letters=BATCH, duplex=False)))
    floor = _seconds(lambda: bare(laid))
    _told(f"batch of {BATCH}", ours, floor, BATCH_BAR, f"{ours * 1000 / pages:.2f} ms/page")


def _best(*works: Callable[[], object]) -> list[float]:
    """The fastest of many rounds of each, taken in turn so that other load hits all alike."""
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for index, work in enumerate(works):
            best[index] = min(best[index], _seconds(work))
    return best


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _told(what: str, ours: float, floor: float, bar: float, detail: str) -> None:
    ratio = ours / floor
    print(f"{what}: {detail}, {ratio:.2f} x bare canvas (bar {bar}): {_word(ratio <= bar)}")


def _word(good: bool) -> str:  # noqa: FBT001 - one word for one fact
    return "holds" if good else "MISSED"


if __name__ == "__main__":
    run()
