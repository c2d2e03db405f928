"""The top bar: mark, search or name, work tabs, help, own initials."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.button import IconButton, KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.search_field import SearchField
from ui.widgets.work_tabs import WorkTabs


class InitialsButton(KeyButton):
    """A disc of 28 with the person's initials; opens the own menu."""

    def __init__(self, theme: Theme, initials: str, name: str) -> None:
        super().__init__(theme, initials, "quiet")
        self.setAccessibleName(tr("{}: look, zoom, sign out").format(name))
        self.setToolTip(tr("Look, zoom, sign out"))

    def sizeHint(self) -> QSize:
        edge = self._theme.px(28)
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        border = theme.color("accent") if theme.high_contrast or self.underMouse() else None
        paint.box(painter, self.rect(), self.height() / 2, theme.color("accent_soft"), border)
        paint.words(
            theme, painter, self.rect(), self.text(), "key", "accent", paint.CENTRE, strong=True
        )
        painter.end()


class TopBar(QWidget):
    """48 high. On the home page the search gives way to the names of operator and team."""

    help_wanted = Signal()
    menu_wanted = Signal()
    new_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        search: SearchField,
        tabs: WorkTabs,
        *,
        where: str,
        initials: str,
        person: str,
        new_tab: str = "",
    ) -> None:
        super().__init__()
        self._theme = theme
        self._search = search
        self.help = IconButton(theme, "help", tr("All keys"), tone="ink2", edge=32, glyph=20)
        self.initials = InitialsButton(theme, initials, person)
        self.help.clicked.connect(self.help_wanted)
        self.initials.clicked.connect(self.menu_wanted)
        self._mark = Glyph(theme, "mark", "accent", 24)
        self._left = QWidget()
        self._stack = QStackedLayout(self._left)
        self._stack.addWidget(self._brand(where))
        self._stack.addWidget(_centred(search))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignCenter)
        self._row.addWidget(self._left)
        self._row.addSpacing(theme.px(16))
        tabs.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._row.addWidget(tabs)
        if new_tab:
            plus = IconButton(theme, "plus", new_tab, tone="ink2", edge=32)
            plus.clicked.connect(self.new_wanted)
            self._row.addWidget(plus)
        self._row.addStretch(1)
        self._row.addWidget(self.help)
        self._row.addSpacing(theme.px(8))
        self._row.addWidget(self.initials)
        theme.changed.connect(self._fit)
        self._fit()

    def show_search(self, *, on: bool) -> None:
        """The search, or on the home page the names."""
        self._stack.setCurrentIndex(1 if on else 0)

    def focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("shell"))
        painter.end()

    def _brand(self, where: str) -> QWidget:
        brand = QWidget()
        row = QHBoxLayout(brand)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        row.addWidget(Label(self._theme, "Jackfield", "answer", strong=True))
        row.addWidget(ElidedLabel(self._theme, where, "row", "ink2"), 1)
        return brand

    def _fit(self) -> None:
        layout, px = self._theme.tokens.layout, self._theme.px
        self.setFixedHeight(px(layout.top_bar))
        self._mark.setFixedWidth(px(layout.rail))
        self._left.setFixedWidth(px(layout.search_box))
        self._row.setContentsMargins(0, 0, px(16), 0)
        self._row.setSpacing(0)


def _centred(widget: QWidget) -> QWidget:
    """`widget` at its own height in the middle of a row."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    column.addWidget(widget)
    column.addStretch(1)
    return holder
