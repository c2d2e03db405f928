"""Shows and prints a PDF that is held in memory; QtPdf is loaded when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView
    from PySide6.QtPrintSupport import QPrinter

STEP = 1.25
LEAST, MOST = 0.25, 6.0
PRINT_DPI = 300


class PdfView(QWidget):
    """The page fitted to the view, 12 around.

    Ctrl+plus and Ctrl+minus zoom, Ctrl+0 fits again, PgUp and PgDn turn pages. "Save" copies
    the bytes that were given: they are what was sent.
    """

    zoomed = Signal(float)
    failed = Signal(str)

    def __init__(self, theme: Theme, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bytes = b""
        self._buffer: QBuffer | None = None
        self._document: QPdfDocument | None = None
        self._view: QPdfView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._dress)

    def show_bytes(self, data: bytes) -> bool:
        """Show a PDF; False, and `failed` with a sentence, if it is none."""
        from PySide6.QtPdf import QPdfDocument

        view = self._ready_view()
        document = QPdfDocument(self)
        buffer = QBuffer(self)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        # load() answers nothing for a device: the status is what tells
        document.load(buffer)
        if document.status() != QPdfDocument.Status.Ready:
            document.deleteLater()
            buffer.deleteLater()
            self.failed.emit(tr("This letter cannot be shown. Save it and open it elsewhere."))
            return False
        view.setDocument(document)
        for old in (self._document, self._buffer):
            if old is not None:
                old.deleteLater()
        self._document, self._buffer, self._bytes = document, buffer, data
        self.fit()
        return True

    def page_count(self) -> int:
        """How many pages the shown PDF has; 0 without one."""
        return self._document.pageCount() if self._document is not None else 0

    def original(self) -> bytes:
        """The very bytes that were given."""
        return self._bytes

    def fit(self) -> None:
        """The whole page in the view."""
        if self._view is not None:
            self._view.setZoomMode(type(self._view).ZoomMode.FitInView)

    def zoom(self) -> float:
        return float(self._view.zoomFactor()) if self._view is not None else 1.0

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller, between a quarter and six times."""
        if self._view is None:
            return
        wanted = max(LEAST, min(MOST, self._view.zoomFactor() * factor))
        self._view.setZoomMode(type(self._view).ZoomMode.Custom)
        self._view.setZoomFactor(wanted)
        self.zoomed.emit(wanted)

    def print_to(self, printer: QPrinter) -> int:
        """Print every page, fitted to the sheet; returns how many. The caller shows the dialog."""
        if self._document is None:
            return 0
        painter = QPainter(printer)
        for page in range(self._document.pageCount()):
            if page:
                printer.newPage()
            self._print_page(painter, page)
        painter.end()
        return self._document.pageCount()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = Qt.Key(event.key())
        if control and key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_by(STEP)
        elif control and key == Qt.Key.Key_Minus:
            self.zoom_by(1 / STEP)
        elif control and key == Qt.Key.Key_0:
            self.fit()
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._turn(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            return
        super().wheelEvent(event)

    def _print_page(self, painter: QPainter, page: int) -> None:
        document = self._document
        if document is None:
            return
        points = document.pagePointSize(page)
        dots = QSize(
            round(points.width() * PRINT_DPI / 72), round(points.height() * PRINT_DPI / 72)
        )
        image = document.render(page, dots)
        sheet = painter.viewport()
        size = dots.scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (sheet.width() - size.width()) // 2
        top = (sheet.height() - size.height()) // 2
        painter.drawImage(QRect(QPoint(left, top), size), image)

    def _turn(self, by: int) -> None:
        if self._view is None:
            return
        turner = self._view.pageNavigator()
        wanted = max(0, min(self.page_count() - 1, turner.currentPage() + by))
        turner.jump(wanted, turner.currentLocation(), 0)

    def _ready_view(self) -> QPdfView:
        from PySide6.QtPdfWidgets import QPdfView

        if self._view is None:
            self._view = QPdfView(self)
            self._view.setPageMode(QPdfView.PageMode.MultiPage)
            self._view.setFrameShape(QPdfView.Shape.NoFrame)
            self._view.setFocusProxy(self)
            self._column.addWidget(self._view)
            self._dress()
        return self._view

    def _dress(self) -> None:
        if self._view is None:
            return
        palette = self._view.palette()
        palette.setColor(QPalette.ColorRole.Dark, self._theme.color("shell"))
        self._view.setPalette(palette)
        edge = self._theme.px(12)
        margins = self._view.documentMargins()
        for side in (margins.setLeft, margins.setTop, margins.setRight):
            side(edge)
        # Qt fits a page's height by the spacing alone and adds it below the last page too:
        # so it stands for both margins, and the lower one takes back what is too much
        self._view.setPageSpacing(2 * edge)
        margins.setBottom(-edge - 1)
        self._view.setDocumentMargins(margins)
