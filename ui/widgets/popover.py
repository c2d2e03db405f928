"""A popover: a surface of the window itself, so that an incoming call does not close it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets import paint


class Popover(QFrame):
    """Fill `body`, then `open_under(button)`; Esc or a click elsewhere closes it.

    On closing the focus goes back to where it was.
    """

    closed = Signal()
    GAP = 4
    wears_no_ring = True  # its own border shows that the focus is inside

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._origin: QWidget | None = None
        self.body = QVBoxLayout(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        window.installEventFilter(self)
        theme.changed.connect(self._fit)
        self._fit()

    def open_under(
        self, anchor: QWidget, *, first: QWidget | None = None, at: QRect | None = None
    ) -> None:
        """Show it 4 below `anchor`, inside the window; `first` takes the focus.

        With `at`, it is shown below that part of the anchor.
        """
        self._origin = anchor
        self.adjustSize()
        window, gap = self._window, self._theme.px(self.GAP)
        part = at if at is not None else anchor.rect()
        below = anchor.mapTo(window, QPoint(part.x(), part.bottom() + 1 + gap))
        left = below.x()
        if left + self.width() > window.width():
            left = max(0, left + part.width() - self.width())
        top = below.y()
        if top + self.height() > window.height():
            top = max(0, anchor.mapTo(window, QPoint(0, part.y() - gap)).y() - self.height())
        self.move(left, top)
        self.show()
        self.raise_()
        (first if first is not None else self).setFocus(Qt.FocusReason.PopupFocusReason)
        # the window's own input, before it is handed to a widget: a click elsewhere closes
        if (handle := window.windowHandle()) is not None:
            handle.installEventFilter(self)

    def close_up(self) -> None:
        """Hide it and give the focus back."""
        if self.isHidden():
            return
        focus = self._window.focusWidget()
        had_focus = focus is not None and (focus is self or self.isAncestorOf(focus))
        self.hide()
        if (handle := self._window.windowHandle()) is not None:
            handle.removeEventFilter(self)
        if had_focus and self._origin is not None:
            self._origin.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001  # Qt's signature
        """Tab stays inside while it is open."""
        stops = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and widget.isEnabled()
        ]
        if not stops:
            return False
        focus = self._window.focusWidget()
        at = stops.index(focus) if focus in stops else -1
        reason = Qt.FocusReason
        step, why = (1, reason.TabFocusReason) if forward else (-1, reason.BacktabFocusReason)
        stops[(at + step) % len(stops)].setFocus(why)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        outside = (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonPress
            and not self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint()))
        )
        if outside or (watched is self._window and event.type() == QEvent.Type.Resize):
            self.close_up()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        radius = theme.px(theme.tokens.radius.panel)
        paint.box(painter, self.rect(), radius, theme.color("surface"), theme.color("line_strong"))
        painter.end()

    def _fit(self) -> None:
        edge = self._theme.px(12)
        self.body.setContentsMargins(edge, edge, edge, edge)
