"""The work tabs of the top bar: home, customers, drafts."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint

WIDEST = 208
_SIDE = 13
_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class WorkTab:
    """A tab by its id; `unsent` shows a dot, `fixed` cannot be closed."""

    id: str
    text: str
    icon: str
    fixed: bool = False
    unsent: bool = False


class WorkTabs(QTabBar):
    """`chosen` and `close_asked` carry ids; `chosen` is empty when the last tab has gone.

    Ctrl+Tab goes on, Ctrl+W closes, tabs can be moved.
    """

    chosen = Signal(str)
    close_asked = Signal(str)

    def __init__(self, theme: Theme, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hovered = -1
        self._known: dict[str, WorkTab] = {}
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setMouseTracking(True)
        self.setUsesScrollButtons(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for key, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda by=step: self._go_along(by))
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self._ask_to_close)
        self.currentChanged.connect(lambda _at: self.chosen.emit(self.current_id()))
        theme.changed.connect(self._fit)
        self._fit()

    def open_tab(self, tab: WorkTab, *, show: bool = True) -> None:
        """Add a tab, or show other words in the one with this id."""
        known = tab.id in self._known
        self._known[tab.id] = tab
        if known:
            at = self.ids().index(tab.id)
            self.setTabText(at, tab.text)
        else:
            self.blockSignals(True)
            at = self.addTab(tab.text)
            self.setTabData(at, tab.id)
            self.blockSignals(False)
        self.setAccessibleTabName(
            at, tr("{}, not sent").format(tab.text) if tab.unsent else tab.text
        )
        self.update()
        if show:
            self.show_tab(tab.id)

    def close_tab(self, tab_id: str) -> None:
        """Take a tab away; the one beside it becomes current."""
        at = self.ids().index(tab_id)
        del self._known[tab_id]
        self.removeTab(at)

    def show_tab(self, tab_id: str) -> None:
        """Go to a tab by its id."""
        self.setCurrentIndex(self.ids().index(tab_id))

    def ids(self) -> list[str]:
        """The tabs' ids in the order shown."""
        return [str(self.tabData(at)) for at in range(self.count())]

    def current_id(self) -> str:
        return str(self.tabData(self.currentIndex()) or "")

    def tabSizeHint(self, index: int) -> QSize:
        theme, px = self._theme, self._theme.px
        tab = self._tab(index)
        if tab is None:
            return QSize(px(40), px(theme.tokens.size.control))
        wide = theme.metrics("row", strong=True).horizontalAdvance(tab.text)
        width = px(2 * _SIDE + 16 + 9) + wide + (0 if tab.fixed else px(24))
        return QSize(min(px(WIDEST), width) + px(_BETWEEN), px(theme.tokens.size.control))

    def minimumTabSizeHint(self, index: int) -> QSize:
        hint = self.tabSizeHint(index)
        return QSize(min(hint.width(), self._theme.px(96)), hint.height())

    def focus_rect(self) -> QRect:
        """The current tab wears the focus ring."""
        return self._place(self.currentIndex())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = self.tabAt(event.position().toPoint())
        if at != self._hovered:
            self._hovered = at
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        tab = self._tab(self.tabAt(at))
        if tab is None or tab.fixed:
            return
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or self._cross(self.tabAt(at)).contains(at):
            self.close_asked.emit(tab.id)

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at in range(self.count()):
            self._paint_tab(painter, at)
        painter.end()

    def _paint_tab(self, painter: QPainter, at: int) -> None:
        theme, px, tab = self._theme, self._theme.px, self._tab(at)
        if tab is None:
            return
        place = self._place(at)
        current = at == self.currentIndex()
        radius = px(theme.tokens.radius.control)
        if current:
            paint.box(painter, place, radius, theme.color("surface"), theme.color("line"))
        elif at == self._hovered:
            paint.box(painter, place, radius, theme.color("hover"))
        tone: Tone = "ink" if current else "ink2"
        edge = px(16)
        left = place.x() + px(_SIDE)
        top = place.y() + (place.height() - edge) // 2
        paint.icon(theme, painter, QPoint(left, top), tab.icon, tone)
        left += edge + px(9)
        right = place.right() - px(_SIDE) if tab.fixed else self._cross(at).x() - px(4)
        words = QRect(left, place.y(), right - left + 2, place.height())
        paint.words(theme, painter, words, tab.text, "row", tone, strong=current)
        if tab.fixed:
            return
        cross = self._cross(at)
        if tab.unsent and at != self._hovered:
            paint.dot(theme, painter, QPointF(cross.center()), "accent")
        else:
            shift = (cross.width() - px(12)) // 2
            paint.icon(theme, painter, cross.topLeft() + QPoint(shift, shift), "x", "ink3", 12)

    def _place(self, at: int) -> QRect:
        return self.tabRect(at).adjusted(0, 0, -self._theme.px(_BETWEEN), 0)

    def _cross(self, at: int) -> QRect:
        """Where a tab is closed."""
        place, size = self._place(at), self._theme.px(20)
        top = place.y() + (place.height() - size) // 2
        return QRect(place.right() - size - self._theme.px(7), top, size, size)

    def _tab(self, at: int) -> WorkTab | None:
        return self._known.get(str(self.tabData(at))) if at >= 0 else None

    def _go_along(self, by: int) -> None:
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def _ask_to_close(self) -> None:
        tab = self._tab(self.currentIndex())
        if tab is not None and not tab.fixed:
            self.close_asked.emit(tab.id)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(self._theme.tokens.size.control))
        for at in range(self.count()):
            text = self.tabText(at)
            # the bar asks for a tab's size again only when its text changes
            self.setTabText(at, f"{text} ")
            self.setTabText(at, text)
