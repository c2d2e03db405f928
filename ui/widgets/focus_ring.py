"""One ring around what has the focus, shown only when a key brought it there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from ui.theme.theme import Theme
from ui.widgets import paint

_KEYS = {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut}
_POINTER = {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}
_FOLLOWED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Hide,
    QEvent.Type.Show,
    QEvent.Type.LayoutRequest,  # another part of the same widget wears the ring
}


class FocusRing(QWidget):
    """An overlay of one window; style sheets know no outline that stands off.

    A field shows its focus by its own border, a list by its current row; a widget may ask
    for another rectangle with `focus_rect()`. What moved the focus is read from the window's
    own input: a filter on the whole application would cost every event a call into Python.
    """

    def __init__(self, theme: Theme, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._by_key = False
        self._handle: QWindow | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        window.installEventFilter(self)
        app.focusChanged.connect(self._focus_changed)
        self._listen_to_input()

    def target(self) -> QWidget | None:
        """The widget that wears the ring now."""
        return self._target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _KEYS:
            self._by_key = True
        elif kind in _POINTER:
            self._by_key = False
        elif kind == QEvent.Type.Show and watched is self.window():
            self._listen_to_input()
        elif kind in _FOLLOWED and watched in self._watched:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        border = self._theme.tokens.border
        radius = self._theme.px(self._theme.tokens.radius.control + border.focus + border.focus_gap)
        color = self._theme.color("focus")
        paint.box(painter, self.rect(), radius, None, color, self._theme.px(border.focus))
        painter.end()

    def _listen_to_input(self) -> None:
        handle = self.window().windowHandle()
        if handle is not None and handle is not self._handle:
            handle.installEventFilter(self)
            self._handle = handle

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.window() is not self.window():
            self._put_on(None)
            return
        shows_itself = isinstance(now, (QLineEdit, QAbstractItemView))
        shows_itself = shows_itself or getattr(now, "wears_no_ring", False)
        wears = self._by_key and (not shows_itself or hasattr(now, "focus_rect"))
        self._put_on(now if wears else None)

    def _put_on(self, target: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget) and widget is not self.window():
                widget.removeEventFilter(self)
        self._target = target
        self._watched = []
        parent = target
        while parent is not None and parent is not self.window():
            self._watched.append(parent)
            parent.installEventFilter(self)
            parent = parent.parentWidget()
        self._place()

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        border = self._theme.tokens.border
        off = self._theme.px(border.focus + border.focus_gap)
        wanted = getattr(target, "focus_rect", None)
        rect: QRect = wanted() if wanted is not None else target.rect()
        corner = target.mapTo(self.window(), rect.topLeft()) - QPoint(off, off)
        self.setGeometry(QRect(corner, rect.size()).adjusted(0, 0, 2 * off, 2 * off))
        self.show()
        self.raise_()
        self.update()
