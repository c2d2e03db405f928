"""Small pieces of forms: captions over controls, texts of several lines, what Esc leaves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets.label import Label


def captioned(theme: Theme, words: str, control: QWidget, *, stretch: bool = False) -> QWidget:
    """`control` under its caption."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(4))
    caption = Label(theme, words, "caption", "ink3")
    caption.setBuddy(control)
    column.addWidget(caption)
    if stretch:
        column.addWidget(control, 1)
    else:
        column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
    return holder


def headed(theme: Theme, title: QWidget, state: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """A column under a title with its state at the right; both the widget and its rows."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
    column.setSpacing(theme.px(12))
    head = QHBoxLayout()
    head.setSpacing(theme.px(8))
    head.addWidget(title, 1)
    head.addWidget(state)
    column.addLayout(head)
    return inside, column


def empty(layout: QVBoxLayout) -> None:
    """Take everything out of a column."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()


class Sentences(QPlainTextEdit):
    """A few lines of text; Tab leaves it, `edited` carries what stands there."""

    edited = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, name: str, *, lines: int = 3) -> None:
        super().__init__()
        self._theme = theme
        self._lines = lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(lambda: self.edited.emit(self.toPlainText()))
        theme.changed.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show other words, without a signal; what stands there already keeps its caret."""
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _fit(self) -> None:
        high = self._theme.line("body") * self._lines + self._theme.px(14)
        self.setFixedHeight(high)


class Escaping(QWidget):
    """A column that Esc leaves; `left` says so."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


Act = Callable[[], None]
