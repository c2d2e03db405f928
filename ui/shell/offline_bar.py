"""The bar that says that the line is gone, for as long as it is gone."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.line_words import OfflineNotice, StillWorks, what_still_works
from ui.shell.page_frame import page_corner
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.announce import announce
from ui.widgets.button import KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.label import Label, Prose, Run
from ui.widgets.panel import Hairline
from ui.widgets.popover import Popover

_SIGNS: dict[str, tuple[str, Tone]] = {
    "works": ("check", "good"),
    "waits": ("clock", "warn"),
    "off": ("x", "bad"),
}
_WIDE = 432


class Done(QWidget):
    """A full disc with a tick, as in the film of an order."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        edge = theme.px(theme.tokens.size.tick)
        self.setFixedSize(edge, edge + theme.px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.marker(self._theme, painter, QPoint(0, self._theme.px(2)), "done")
        painter.end()


class OfflineBar(QFrame):
    """44 high, in the page's flow: nothing lies under a veil."""

    try_wanted = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._words = Prose(theme, "", "row", "ink")
        self._waiting = Label(theme, "", "caption", "warn", strong=True)
        self._next = Label(theme, "", "caption", "ink2")
        self._try = KeyButton(theme, tr("Try now"), "secondary", "small", icon="refresh",
                              key="Ctrl+R")  # fmt: skip
        self._what = KeyButton(theme, tr("What still works"), "secondary", "small",
                               icon="down")  # fmt: skip
        self._sheet = self._build_sheet(window)
        self._row = QHBoxLayout(self)
        self._row.addWidget(Glyph(theme, "cloudoff", "warn", 20))
        self._row.addWidget(self._words, 1)
        for part in (self._waiting, self._next, self._try, self._what):
            self._row.addWidget(part)
        self._try.clicked.connect(self.try_wanted)
        self._what.clicked.connect(self._toggle)
        self._sheet.closed.connect(lambda: self._what.say(tr("What still works"), "down"))
        theme.changed.connect(self._fit)
        self._fit()
        self.hide()

    def show_notice(self, notice: OfflineNotice) -> None:
        """Say since when, what waits, and when it is tried again."""
        words = (Run(notice.lead, strong=True), Run(f" {notice.text}"))
        if self.isHidden():
            announce(self, f"{notice.lead} {notice.text}")
        self._words.say(words)
        self._waiting.setText(notice.waiting)
        self._waiting.setVisible(bool(notice.waiting))
        self._next.setText(notice.next_try)
        self.setAccessibleName(f"{notice.lead} {notice.text} {notice.waiting}")
        self.show()

    def sheet(self) -> Popover:
        """What works without the line."""
        return self._sheet

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = page_corner(self, theme.px(theme.tokens.radius.panel) - 1, 0)
        painter.fillPath(path, theme.color("warn_soft"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("warn_line"))
        painter.end()

    def _toggle(self) -> None:
        if self._sheet.isVisible():
            self._sheet.close_up()
            return
        self._what.say(tr("What still works"), "up")
        self._sheet.open_under(self._what)

    def _build_sheet(self, window: QWidget) -> Popover:
        theme, px = self._theme, self._theme.px
        sheet = Popover(theme, window)
        sheet.setFixedWidth(px(_WIDE))
        sheet.setAccessibleName(tr("What still works"))
        sheet.body.setContentsMargins(px(16), px(12), px(16), px(12))
        sheet.body.setSpacing(px(8))
        for at, (head, lines) in enumerate(what_still_works()):
            if at:
                sheet.body.addWidget(Hairline(theme))
            sheet.body.addWidget(Label(theme, head, "caption", "ink3", strong=True))
            for line in lines:
                sheet.body.addLayout(self._line(line))
        return sheet

    def _line(self, line: StillWorks) -> QHBoxLayout:
        theme, px = self._theme, self._theme.px
        icon, tone = _SIGNS[line.how]
        row = QHBoxLayout()
        row.setSpacing(px(8))
        sign = Done(theme) if line.how == "works" else Glyph(theme, icon, tone)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(theme, line.text, "row"))
        words.addWidget(Label(theme, line.note, "caption", "ink2"))
        row.addLayout(words, 1)
        return row

    def _fit(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(self._theme.tokens.layout.offline_bar) + 1)
        self._row.setContentsMargins(px(20), 0, px(19), 1)
        self._row.setSpacing(px(8))
