"""Out of the desk: onto paper, or into a file of the person's choosing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.language import tr
from app.letters.files import file_name
from app.letters.records import Letter
from ui.widgets.pdf_view import PdfView


class Paper:
    """Asks with the system's own dialogs; `owner` is the widget they belong to."""

    def __init__(self, owner: QWidget) -> None:
        self._owner = owner
        self._folder = ""

    def print_out(self, pdf: PdfView) -> int:
        """Ask for the printer and print; how many pages were printed."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._owner)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return 0
        return pdf.print_to(printer)

    def where_to_save(self, letter: Letter) -> Path | None:
        """Ask for the file; None where the person thought better of it."""
        places = QStandardPaths.StandardLocation
        folder = self._folder or QStandardPaths.writableLocation(places.DownloadLocation)
        suggested = str(Path(folder) / file_name(letter))
        title = tr("Save the letter")
        chosen, _kind = QFileDialog.getSaveFileName(self._owner, title, suggested, "PDF (*.pdf)")
        if not chosen:
            return None
        self._folder = str(Path(chosen).parent)
        return Path(chosen)
