"""Segments: two to six short choices side by side, one Tab stop."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint


@dataclass(frozen=True, slots=True)
class Option:
    """A choice by its id; `count` stands behind the words."""

    id: str
    text: str
    count: str = ""


class _Part(QRadioButton):
    def __init__(self, theme: Theme, option: Option, *, last: bool) -> None:
        super().__init__(option.text)
        self._theme = theme
        self._option = option
        self._last = last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if option.count:
            self.setAccessibleName(f"{option.text} {option.count}")

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = theme.metrics("row", strong=True).horizontalAdvance(self._option.text)
        if self._option.count:
            width += theme.px(4) + theme.metrics("row").horizontalAdvance(self._option.count)
        return QSize(width + theme.px(24) + 1, theme.px(theme.tokens.size.control) - 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        on = self.isChecked()
        if on:
            painter.fillRect(self.rect(), theme.color("accent_soft"))
        elif self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), theme.color("hover"))
        ink: Tone = ("accent" if on else "ink2") if self.isEnabled() else "disabled"
        count = self._option.count
        wide = theme.metrics("row", strong=on).horizontalAdvance(self.text())
        more = theme.px(4) + theme.metrics("row").horizontalAdvance(count) if count else 0
        left = (self.width() - 1 - wide - more) // 2
        words = QRect(left, 0, wide + 2, self.height())
        paint.words(theme, painter, words, self.text(), "row", ink, strong=on)
        if count:
            rest = QRect(left + wide + theme.px(4), 0, more + 2, self.height())
            paint.words(theme, painter, rest, count, "row", ink if on else "ink3")
        if not self._last:
            edge = self.rect()
            paint.line(painter, edge.topRight(), edge.bottomRight(), theme.color("line"))
        painter.end()


class Segments(QFrame):
    """`chosen` carries the id; Left and Right move, Tab goes on."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        options: tuple[Option, ...],
        *,
        current: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._ids: list[str] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_options(options, current)
        self._group.idToggled.connect(self._toggled)
        theme.changed.connect(self.updateGeometry)

    def set_options(self, options: tuple[Option, ...], current: str = "") -> None:
        """Show other choices; `current` or else the first is chosen, without a signal."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        self._ids = [option.id for option in options]
        self._group.blockSignals(True)
        for at, option in enumerate(options):
            part = _Part(self._theme, option, last=at == len(options) - 1)
            self._group.addButton(part, at)
            self._row.addWidget(part)
            part.setChecked(option.id == (current or self._ids[0]))
        self._group.blockSignals(False)

    def current(self) -> str:
        """The id of the chosen one."""
        at = self._group.checkedId()
        return self._ids[at] if at >= 0 else ""

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus on the chosen one: the frame itself has none."""
        if (chosen := self._group.checkedButton()) is not None:
            chosen.setFocus(reason)

    def choose(self, option_id: str) -> None:
        """Choose by id; emits `chosen` if it is another."""
        self._group.button(self._ids.index(option_id)).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # arrows that reach the frame stood at an end: they must not move the page's focus
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        radius = theme.px(theme.tokens.radius.control)
        border = theme.color("line_strong" if self.isEnabled() else "line")
        paint.box(painter, self.rect(), radius, theme.color("surface"), border)
        painter.end()

    def _toggled(self, at: int, on: bool) -> None:  # noqa: FBT001  # Qt's own signature
        if on:
            self.chosen.emit(self._ids[at])
