"""The PDF view: shows bytes, refuses what is none, prints every page, keeps the original."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from tests.support.qt import Show, press
from ui.theme.theme import Theme
from ui.widgets.pdf_view import PdfView


def letter(pages: int = 2) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842))
    for page in range(pages):
        canvas.drawString(72, 760, f"Page {page + 1}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_it_shows_bytes_and_keeps_them(theme: Theme, show: Show) -> None:
    view = PdfView(theme, "Letter")
    show(view)
    assert view.page_count() == 0
    data = letter()
    assert view.show_bytes(data)
    assert view.page_count() == 2
    assert view.original() == data


def test_what_is_no_pdf_is_said_and_the_last_letter_stays(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    view = PdfView(theme, "Letter")
    show(view)
    view.show_bytes(letter(1))
    with qtbot.waitSignal(view.failed):
        assert not view.show_bytes(b"not a letter")
    assert view.page_count() == 1


def test_keys_zoom_and_fit(theme: Theme, show: Show) -> None:
    view = PdfView(theme, "Letter")
    show(view)
    view.show_bytes(letter())
    ctrl = Qt.KeyboardModifier.ControlModifier
    before = view.zoom()
    press(view, Qt.Key.Key_Plus, held=ctrl)
    assert view.zoom() > before
    press(view, Qt.Key.Key_Minus, Qt.Key.Key_Minus, held=ctrl)
    assert view.zoom() < before
    press(view, Qt.Key.Key_0, held=ctrl)
    press(view, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


def test_every_page_is_printed(theme: Theme, show: Show, tmp_path: Path) -> None:
    view = PdfView(theme, "Letter")
    show(view)
    view.show_bytes(letter(3))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert view.print_to(printer) == 3
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 3
