"""A quantity: minus, figure, plus, and up to how many; one Tab stop."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.field import Input
from ui.widgets.label import Label


class _StepButton(KeyButton):
    """A square button with a border and one icon."""

    def sizeHint(self) -> QSize:
        edge = self._theme.px(self._theme.tokens.size.control)
        return QSize(edge, edge)


class _Figure(Input):
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Plus: 1,
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Minus: -1,
            Qt.Key.Key_Down: -1,
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class Quantity(QWidget):
    """`changed` carries the figure; plus, minus and digits work while it has the focus."""

    changed = Signal(int)

    def __init__(
        self,
        theme: Theme,
        name: str,
        value: int = 0,
        *,
        least: int = 0,
        most: int = 99,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._least = least
        self._most = most
        self._value = value
        self._less = _StepButton(theme, "", icon="minus")
        self._less.setAccessibleName(tr("One less"))
        self._more = _StepButton(theme, "", icon="plus")
        self._more.setAccessibleName(tr("One more"))
        self._figure = _Figure()
        self._figure.setAccessibleName(name)
        self._figure.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._figure.setValidator(QIntValidator(0, most, self))
        self._limit = Label(theme, tr("up to {}").format(most), "caption", "ink3")
        self._build()
        self.set_value(value)
        theme.changed.connect(self._fit)

    def value(self) -> int:
        return self._value

    def set_value(self, value: int) -> None:
        """Show a figure between least and most, without a signal."""
        self._value = max(self._least, min(self._most, value))
        self._figure.setText(str(self._value))
        self._less.setEnabled(self._value > self._least)
        self._more.setEnabled(self._value < self._most)

    def _build(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._less, self._figure, self._more, self._limit):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for button, step in ((self._less, -1), (self._more, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, by=step: self._step(by))
        self._figure.stepped.connect(self._step)
        self._figure.textEdited.connect(self._typed)
        self._figure.left.connect(lambda: self.set_value(self._value))
        self.setFocusProxy(self._figure)
        self._fit()

    def _step(self, by: int) -> None:
        self._take(self._value + by)

    def _typed(self, text: str) -> None:
        if text.isdigit():
            self._take(int(text))

    def _take(self, value: int) -> None:
        before = self._value
        self.set_value(value)
        if self._value != before:
            self.changed.emit(self._value)

    def _fit(self) -> None:
        self._row.setSpacing(self._theme.px(4))
        self._figure.setFixedSize(
            self._theme.px(56), self._theme.px(self._theme.tokens.size.control)
        )
