"""Panels, hairlines: space first, then a hairline, only then a frame."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QRegion
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.chip import Badge
from ui.widgets.label import Label


class Hairline(QWidget):
    """One pixel that groups; lying or standing."""

    def __init__(
        self,
        theme: Theme,
        direction: Literal["lying", "standing"] = "lying",
        *,
        tone: Tone = "line",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: Tone = tone
        if direction == "lying":
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(self._tone))
        painter.end()


class Ground(QWidget):
    """A plain surface in one of the ground colours."""

    def __init__(
        self, theme: Theme, tone: Tone = "surface", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: Tone = tone

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(self._tone))
        painter.end()


class Panel(QFrame):
    """A frame with an optional head; fill `body`, add to the head with `add_to_head`."""

    HEAD = 36

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        *,
        count: str = "",
        padding: int = 16,
        head_tone: Tone = "subtle",
        head_height: int = HEAD,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._padding = padding
        self._head_tone: Tone = head_tone
        self._head_height = head_height
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self._head = QWidget() if title else None
        if self._head is not None:
            self._build_head(self._head, title, count)
            outer.addWidget(self._head)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setSpacing(0)
        outer.addWidget(self._content, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def add_to_head(self, widget: QWidget) -> None:
        """Put `widget` at the right of the head."""
        if self._head is None:
            raise ValueError("a panel without a title has no head")
        self._head_row.addWidget(widget)

    def set_count(self, count: str) -> None:
        """Show another count beside the title; an empty one hides it."""
        if self._head is None:
            raise ValueError("a panel without a title has no head")
        self._count.setText(count)
        self._count.setVisible(bool(count))
        self._count.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        radius = theme.px(theme.tokens.radius.panel)
        paint.box(painter, self.rect(), radius, theme.color("surface"))
        if self._head is not None:
            foot = self._head.geometry().bottom()
            painter.save()
            painter.setClipRegion(QRegion(0, 0, self.width(), foot + 1))
            paint.box(painter, self.rect(), radius, theme.color(self._head_tone))
            painter.restore()
            row = self._head.geometry()
            paint.line(painter, row.bottomLeft(), row.bottomRight(), theme.color("line"))
        paint.box(painter, self.rect(), radius, None, theme.color("line"))
        painter.end()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self._theme.px(self._head_height)))

    def _build_head(self, head: QWidget, title: str, count: str) -> None:
        self._head_row = QHBoxLayout(head)
        self._head_row.setSpacing(8)
        self._head_row.addWidget(Label(self._theme, title, "strong"))
        self._count = Badge(self._theme, count)
        self._head_row.addWidget(self._count)
        self._count.setVisible(bool(count))
        self._head_row.addStretch(1)

    def _fit(self) -> None:
        edge = self._theme.px(self._padding)
        high = min(edge, self._theme.px(12))
        self.body.setContentsMargins(edge, high, edge, high)
        if self._head is not None:
            side = self._theme.px(16)
            self._head.setFixedHeight(self._theme.px(self._head_height))
            self._head_row.setContentsMargins(side, 0, side, 1)
        self.update()


def rounded_clip(widget: QWidget, radius: int) -> QPainterPath:
    """The path that keeps a child's drawing inside its panel's lower corners."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(widget.rect(), radius, radius)
    path.addRect(0, 0, widget.width(), radius)
    return path
