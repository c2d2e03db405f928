"""The style of the application: Fusion, and sheets only for the widgets that Qt draws itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QDialog,
    QFrame,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProxyStyle,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from ui.theme.drawn_parts import DrawnParts, Look

SHEET = "sheet"
"""The property by which a list says that it is a popup."""
_TIP = "QTipLabel"


class Dress(QProxyStyle):
    """Dresses a widget when it is about to be seen for the first time.

    A sheet on the application would be quicker written, but Qt then gives every widget a style
    of its own with caches: 10 KB each, and a third of the time to open an account.
    """

    def __init__(self, look: Look) -> None:
        super().__init__("fusion")
        self._sheets: Mapping[str, str] = {}
        self._parts = DrawnParts(look)

    def wear(self, look: Look, sheets: Mapping[str, str]) -> None:
        """The look from now on; `sheets` by kind, as in style.qss."""
        self._sheets = sheets
        self._parts.look = look

    def change(self, widget: QWidget) -> None:
        """Give a widget that was dressed before the sheet of now."""
        if widget.styleSheet():
            self._put_on(widget, _kind(widget))

    def polish(self, thing: Any) -> Any:
        """Called for each widget once, for the application and its palette."""
        result = super().polish(thing)
        if isinstance(thing, QWidget):
            self._polish_widget(thing)
        return result

    def _put_on(self, widget: QWidget, kind: str) -> None:
        if kind and widget.styleSheet() != self._sheets[kind]:
            widget.setStyleSheet(self._sheets[kind])

    def _polish_widget(self, widget: QWidget) -> None:
        if isinstance(widget, QScrollBar):
            widget.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)
            widget.setStyle(self._parts)
        elif widget.metaObject().className() == _TIP:
            widget.setStyle(self._parts)
            px = self._parts.look.px
            widget.setContentsMargins(px(6), px(2), px(6), px(2))
        elif kind := _kind(widget):
            self._put_on(widget, kind)
        elif isinstance(widget, QAbstractScrollArea):
            _uncover(widget)


def _uncover(area: QAbstractScrollArea) -> None:
    """No frame; and what lies under a scrolled page shows through."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    if isinstance(area, QScrollArea):
        for part in (area.viewport(), area.widget()):
            if part is not None:
                part.setAutoFillBackground(False)


def _kind(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return "line"
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return "text"
    if isinstance(widget, QMenu):
        return "menu"
    if isinstance(widget, QDialog):
        return "dialog"
    if isinstance(widget, QAbstractItemView):
        return str(widget.property(SHEET) or "")
    return ""
