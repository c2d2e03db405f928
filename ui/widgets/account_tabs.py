"""The tabs of an account: key cap, word, badge; the current one underlined."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint

_GAP = 8
_BETWEEN = 20
_SIDE = 2


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab by its id; `new` makes its badge ask for a person."""

    id: str
    text: str
    badge: str = ""
    new: bool = False


class AccountTabs(QTabBar):
    """`chosen` carries the id. Alt+1..9 choose, Ctrl+PgUp and Ctrl+PgDn go along."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        tabs: tuple[Tab, ...],
        *,
        inset: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """`inset` is the room before the first tab; the line below goes from edge to edge."""
        super().__init__(parent)
        self._inset = inset
        self._theme = theme
        self._tabs: list[Tab] = []
        self._hovered = -1
        self._hint = ""
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._keys = 0
        self.set_tabs(tabs)
        for sequence, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            key = QShortcut(QKeySequence(sequence), self)
            key.activated.connect(lambda by=step: self._go(self.currentIndex() + by))
        self.currentChanged.connect(self._chosen)
        theme.changed.connect(self._fit)

    def set_tabs(self, tabs: tuple[Tab, ...]) -> None:
        """Show other words or badges; other tabs only where the ids differ."""
        if list(tabs) == self._tabs:
            return  # each text that is set lays the bar out again
        same = [tab.id for tab in tabs] == [tab.id for tab in self._tabs]
        self._tabs = list(tabs)
        if not same:
            self.blockSignals(True)
            while self.count():
                self.removeTab(0)
            for tab in tabs:
                self.addTab(tab.text)
            self.blockSignals(False)
        for at, tab in enumerate(tabs):
            spoken = f"{tab.text}, {tab.badge}" if tab.badge else tab.text
            if self.tabText(at) != tab.text:
                self.setTabText(at, tab.text)
            self.setAccessibleTabName(at, spoken)
        self._bind_keys(min(len(tabs), 9))
        self._fit()

    def show_hint(self, hint: str) -> None:
        """Words at the right end, where there is room for them."""
        self._hint = hint
        self.update()

    def ids(self) -> list[str]:
        """The tabs' ids, in their order."""
        return [tab.id for tab in self._tabs]

    def current_id(self) -> str:
        return self._tabs[self.currentIndex()].id

    def choose(self, tab_id: str) -> None:
        """Go to a tab by its id."""
        self.setCurrentIndex([tab.id for tab in self._tabs].index(tab_id))

    def tabSizeHint(self, index: int) -> QSize:
        between = _BETWEEN if index < self.count() - 1 else 0
        before = self._inset if index == 0 else 0
        content = _content_width(self._theme, self._tabs[index])
        width = content + self._theme.px(2 * _SIDE + between + before)
        return QSize(width, self._theme.px(self._theme.tokens.layout.account_tabs))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def focus_rect(self) -> QRect:
        """The current tab wears the focus ring, inside the bar."""
        return self.ring_of(self.currentIndex())

    def ring_of(self, at: int) -> QRect:
        """What the focus ring goes round when tab `at` has the focus."""
        inset = self._theme.px(10)
        return self._place(at).adjusted(0, inset, 0, -inset)

    def show_hover(self, at: int) -> None:
        """Draw tab `at` as under the pointer; -1 none."""
        if at != self._hovered:
            self._hovered = at
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.show_hover(self.tabAt(event.position().toPoint()))

    def leaveEvent(self, _event: QEvent) -> None:
        self.show_hover(-1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        base = QRect(0, self.height() - 1, self.width(), 1)
        painter.fillRect(base, self._theme.color("line"))
        for at in range(self.count()):
            self._paint_tab(painter, at)
        end = self.width() - self._theme.px(self._inset)
        begin = self.tabRect(self.count() - 1).right() + self._theme.px(2 * _BETWEEN)
        place = QRect(begin, 0, end - begin, self.height() - 1)
        if place.width() > self._theme.metrics("row").horizontalAdvance(self._hint):
            paint.words(self._theme, painter, place, self._hint, "row", "ink3", paint.RIGHT)
        painter.end()

    def _paint_tab(self, painter: QPainter, at: int) -> None:
        theme = self._theme
        place = self._place(at)
        current = at == self.currentIndex()
        if at == self._hovered and not current:
            ground = place.adjusted(-theme.px(_GAP), 0, theme.px(_GAP), -1)
            painter.fillRect(ground, theme.color("hover"))
        if current:
            high = theme.px(theme.tokens.border.tab_underline)
            foot = QRect(place.x(), place.bottom() - high + 1, place.width(), high)
            painter.fillRect(foot, theme.color("accent"))
        left = place.x() + theme.px(_SIDE)
        cap = theme.px(theme.tokens.size.key_cap)
        middle = place.y() + (place.height() - cap) // 2
        paint.key_cap(theme, painter, QRect(left, middle, cap, cap), str(at + 1))
        left += cap + theme.px(_GAP)
        tone: Tone = "ink" if current else "ink2"
        wide = theme.metrics("body", strong=current).horizontalAdvance(self._tabs[at].text)
        rect = QRect(left, place.y(), wide + 2, place.height() - 1)
        paint.words(theme, painter, rect, self._tabs[at].text, "body", tone, strong=current)
        _paint_badge(
            theme, painter, self._tabs[at], QPoint(left + wide + theme.px(_GAP), place.center().y())
        )

    def _place(self, at: int) -> QRect:
        """Where a tab's own drawing lies, without the gap to the next."""
        rect = self.tabRect(at)
        left = rect.x() + (self._theme.px(self._inset) if at == 0 else 0)
        width = _content_width(self._theme, self._tabs[at]) + self._theme.px(2 * _SIDE)
        return QRect(left, rect.y(), width, rect.height())

    def _go(self, at: int) -> None:
        if 0 <= at < self.count():
            self.setCurrentIndex(at)

    def _chosen(self, at: int) -> None:
        if 0 <= at < len(self._tabs):
            self.chosen.emit(self._tabs[at].id)

    def _bind_keys(self, count: int) -> None:
        """Alt and a figure, for as many tabs as there are."""
        for at in range(self._keys, count):
            key = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            key.activated.connect(lambda to=at: self._go(to))
        self._keys = max(self._keys, count)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(self._theme.tokens.layout.account_tabs))
        self.setIconSize(self.iconSize())  # else the bar does not ask for its tabs' sizes again


def _paint_badge(theme: Theme, painter: QPainter, tab: Tab, middle: QPoint) -> None:
    if not tab.badge:
        return
    high = theme.px(theme.tokens.size.badge)
    wide = paint.badge_width(theme, tab.badge)
    rect = QRect(middle.x(), middle.y() - high // 2, wide, high)
    paint.badge(theme, painter, rect, tab.badge, new=tab.new)


def _content_width(theme: Theme, tab: Tab) -> int:
    """As wide as when it is current, so that choosing moves nothing."""
    words = theme.metrics("body", strong=True).horizontalAdvance(tab.text)
    width = theme.px(theme.tokens.size.key_cap + _GAP) + words
    if tab.badge:
        width += theme.px(_GAP) + paint.badge_width(theme, tab.badge)
    return width
