"""Chips say a state in a word; badges count."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.widgets import paint


class Chip(QLabel):
    """A state in one or two words, 20 high."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: paint.ChipKind = "plain",
        *,
        icon: str = "",
        on_selected: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._kind: paint.ChipKind = kind
        self._on_selected = on_selected
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("chip", kind)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, kind: paint.ChipKind, icon: str = "") -> None:
        """Say another state."""
        self._kind = kind
        self._icon = icon
        self.setProperty("chip", kind)
        self.setText(text)
        self.updateGeometry()
        self.update()

    def kind(self) -> paint.ChipKind:
        return self._kind

    def sizeHint(self) -> QSize:
        width = paint.chip_width(self._theme, self.text(), self._icon)
        return QSize(width, self._theme.px(self._theme.tokens.size.chip))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.chip(
            self._theme,
            painter,
            self.rect(),
            self.text(),
            self._kind,
            self._icon,
            on_selected=self._on_selected,
        )
        painter.end()


class Badge(QLabel):
    """A count, 16 high and round; `new` asks for a person."""

    def __init__(
        self, theme: Theme, text: str, *, new: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._new = new
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = paint.badge_width(self._theme, self.text())
        return QSize(width, self._theme.px(self._theme.tokens.size.badge))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.badge(self._theme, painter, self.rect(), self.text(), new=self._new)
        painter.end()
