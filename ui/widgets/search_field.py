"""The search field: a glass, the text, and at the right its key or what the text is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.field import Input
from ui.widgets.keycap import cap_text


class SearchField(Input):
    """`changed` carries the text at each key; Down asks for the results, Esc clears."""

    changed = Signal(str)
    results_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        placeholder: str,
        *,
        key: str = "",
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = cap_text(key) if key else ""
        self._large = large
        self._kind = ""
        self._note = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        if key:
            self.setAccessibleDescription(tr("Key: {}").format(self._key))
        if large:
            self.setProperty("scale", "search")  # "size" is a property of Qt's own
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.changed)
        theme.changed.connect(self._fit)
        self._fit()

    def show_reading(self, kind: str, note: str) -> None:
        """Say at the right what the text was taken for, and how many were found."""
        self._kind = kind
        self._note = note
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if event.key() == Qt.Key.Key_Down:
            self.results_wanted.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        sizes = self._theme.tokens.size
        height = sizes.search_home if self._large else sizes.control
        return QSize(self._theme.px(self._theme.tokens.layout.search_box), self._theme.px(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._theme
        painter = QPainter(self)
        edge = theme.px(20 if self._large else 16)
        left = theme.px(17 if self._large else 11)
        tone: Tone = "accent" if self._large and self.hasFocus() else "ink3"
        at = QPoint(left, (self.height() - edge) // 2)
        paint.icon(theme, painter, at, "search", tone, 20 if self._large else 16)
        self._paint_right(painter)
        painter.end()

    def _paint_right(self, painter: QPainter) -> None:
        theme = self._theme
        right = self.width() - theme.px(17 if self._large else 9)
        cap = "Esc" if self._large and self.text() else self._key
        if cap:
            right = self._paint_cap(painter, right, cap)
        if self._note:
            width = theme.metrics("caption").horizontalAdvance(self._note) + 2
            rect = QRect(right - width, 0, width, self.height())
            paint.words(theme, painter, rect, self._note, "caption", "ink3")
            right -= width + theme.px(8)
        if self._kind:
            width = paint.chip_width(theme, self._kind)
            height = theme.px(theme.tokens.size.chip)
            rect = QRect(right - width, (self.height() - height) // 2, width, height)
            paint.chip(theme, painter, rect, self._kind, "info")

    def _paint_cap(self, painter: QPainter, right: int, cap: str) -> int:
        theme = self._theme
        width = paint.cap_width(theme, cap)
        height = theme.px(theme.tokens.size.key_cap)
        rect = QRect(right - width, (self.height() - height) // 2, width, height)
        paint.key_cap(theme, painter, rect, cap)
        return right - width - theme.px(8)

    def _fit(self) -> None:
        theme = self._theme
        self.setFixedHeight(self.sizeHint().height())
        right = paint.cap_width(theme, self._key) + theme.px(4) if self._key else 0
        if self._large:
            right = theme.px(320)
        self.setTextMargins(theme.px(38 if self._large else 23), 0, right, 0)
