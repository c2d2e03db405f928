"""The letter that the tour leaves: the bytes that were shown, with the order's number in them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

from ui.tour.patience import TourStopped


def keep_letter(data: bytes, order_number: str, folder: Path) -> str:
    """Write the PDF into `folder`; the file's name. Raises TourStopped if the number is missing."""
    name = f"order-confirmation-{order_number}.pdf"
    (folder / name).write_bytes(data)
    if order_number not in text_of(data):
        raise TourStopped(f"The letter does not hold the order number {order_number}.")
    return name


def text_of(data: bytes) -> str:
    """All words of a PDF, page after page."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    pages = range(document.pageCount())
    words = "\n".join(document.getAllText(page).text() for page in pages)
    document.close()
    return words
