"""Progress: how far when the end is known, else a third that rests; nothing moves."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets.paint import box


def paint_bar(
    theme: Theme, painter: QPainter, rect: QRect, share: float | None, tone: Tone = "accent"
) -> None:
    """A bar filling `rect`; `share` from 0 to 1, None where no end is known."""
    radius = rect.height() / 2
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, theme.color("hover"))
    painter.setClipPath(path)
    if share is None:
        start = rect.x() + round(rect.width() * 0.34)
        part = QRect(start, rect.y(), round(rect.width() * 0.3), rect.height())
    else:
        width = round(rect.width() * min(1.0, max(0.0, share)))
        part = QRect(rect.x(), rect.y(), width, rect.height())
    painter.fillRect(part, theme.color(tone))
    painter.restore()
    if theme.high_contrast:
        box(painter, rect, radius, None, theme.color("line"))


class Progress(QProgressBar):
    """Eight high, or four; the words stand beside it, never in it."""

    def __init__(
        self, theme: Theme, name: str, *, thin: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thin = thin
        self._tone: Tone = "accent"
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setRange(0, 0)
        theme.changed.connect(self.updateGeometry)

    def show_share(self, done: int, of: int, tone: Tone = "accent") -> None:
        """`done` of `of`; `of` 0 means that no end is known."""
        self._tone = tone
        self.setRange(0, of)
        self.setValue(done)
        self.update()

    def sizeHint(self) -> QSize:
        sizes = self._theme.tokens.size
        height = self._theme.px(sizes.progress_thin if self._thin else sizes.progress)
        return QSize(self._theme.px(72), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(24), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        most = self.maximum()
        share = self.value() / most if most else None
        paint_bar(self._theme, painter, self.rect(), share, self._tone)
        painter.end()
