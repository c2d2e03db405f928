"""The middle of the Orders tab: head, film, and the log under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.language import tr
from app.orders import records
from app.orders.options import Options
from app.orders.records import Film
from ui.account.order_cancel import CancelStrip
from ui.account.order_change import ChangeStrip
from ui.account.order_strip import ABOVE, BELOW
from ui.film_rows import logged, shown
from ui.theme.theme import Theme
from ui.widgets.button import IconButton, KeyButton
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.glyph import Glyph
from ui.widgets.hold_bar import HoldBar
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.panel import Hairline
from ui.widgets.step_film import StepFilm

_NARROW = 560
_LEAST, _LEAST_TITLE = 240, 120


class OrderPage(QWidget):
    """`copied` carries the order's number. L turns between the film and the log.

    `more` is shown where the column beside it is folded. `hold`, `cancelling` and `changing` stand
    between head and film while they are needed.
    """

    copied = Signal(str)
    cancel_wanted = Signal()
    change_wanted = Signal()

    def __init__(self, theme: Theme, clock: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._film: Film | None = None
        self._line_note = ""
        self._calls: tuple[records.LogLine, ...] = ()
        self.hold = HoldBar(theme, around=(ABOVE, BELOW))
        self.cancelling = CancelStrip(theme)
        self.changing = ChangeStrip(theme, clock)
        self.change = KeyButton(theme, tr("Change"), "secondary", "small", key="A")
        self.cancel = KeyButton(theme, tr("Cancel order"), "danger", "small")
        self._off = Label(theme, tr("offline"), "caption", "ink3")
        self._title = ElidedLabel(theme, "", "answer")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chip = Chip(theme, "")
        self._number = Label(theme, "", "row", "ink2")
        self._copy = IconButton(theme, "copy", tr("Copy the order number"))
        self.film = StepFilm(theme, tr("Film of the order"))
        self._log = StepFilm(
            theme,
            tr("Log of the order"),
            (tr("Step"), tr("Began"), tr("What came of it")),
        )
        self._head = (QHBoxLayout(), QHBoxLayout(), QHBoxLayout())
        self._numbered, self._deeds = QWidget(), QWidget()
        self._is_narrow = False
        self._none: EmptyState | None = None
        self._stack = QStackedWidget()
        self._foot = QWidget()
        self._foot_words = ElidedLabel(theme, "", "row", "ink2")
        self._turn = KeyButton(theme, tr("Show log"), "quiet", "small", key="L")
        self.more = KeyButton(theme, tr("What to say"), "quiet", "small", icon="list", key="D")
        self._build()
        self._copy.clicked.connect(lambda: self.copied.emit(self._number.text()))
        self._turn.clicked.connect(self._turn_over)
        self.change.clicked.connect(self.change_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)

    def show_film(self, film: Film) -> None:
        other = self._film is None or self._film.id != film.id
        self._film = film
        if other:
            self._line_note = ""
        self._title.setText(film.title)
        self._chip.show_state(film.state.text, film.state.tone)
        self._number.setText(film.number)
        if other:
            self.film.set_steps(())  # the row of another order is not this one's
        self._show_steps(film)
        if other:
            self._calls = ()
        self._show_log(self._calls or film.log)
        showing_log = self._stack.currentWidget() is self._log and not other and film.log
        self._show(self._log if showing_log else self.film if film.steps else self._no_steps())

    def show_calls(self, lines: tuple[records.LogLine, ...]) -> None:
        """The log in more detail: each call to another system, with its answer."""
        if lines and lines != self._calls:
            self._calls = lines
            self._show_log(lines)

    def _show_log(self, lines: tuple[records.LogLine, ...]) -> None:
        self._log.set_steps([logged(each) for each in lines])
        self._foot.setVisible(bool(lines))
        if lines:
            words = tr("{} calls to other systems, the last one {}")
            words = words if lines[0].by else tr("{} steps begun, the last one {}")
            self._foot_words.setText(words.format(len(lines), lines[0].when))

    def show_options(self, options: Options, *, online: bool) -> None:
        """Offer what can be done now; without a line nothing of it can wait."""
        self.change.setVisible(options.may_change)
        self.cancel.setVisible(options.may_cancel)
        self.change.setEnabled(online)
        self.cancel.setEnabled(online)
        self._off.setVisible(not online and (options.may_change or options.may_cancel))
        self._fit_head(self.width())
        if self._film is not None and options.line_note != self._line_note:
            self._line_note = options.line_note
            self._show_steps(self._film)

    def _show_steps(self, film: Film) -> None:
        self.film.set_steps([shown(each, self._line_note) for each in film.steps])

    def focus_film(self) -> None:
        self.film.setFocus()

    def _no_steps(self) -> EmptyState:
        """Made when it is first needed."""
        if self._none is None:
            words = tr("This order has no film.")
            self._none = EmptyState(self._theme, "film", tr("No steps"), words)
            self._stack.addWidget(self._none)
        return self._none

    def _turn_over(self) -> None:
        to_log = self._stack.currentWidget() is not self._log
        self._show(self._log if to_log else self.film)

    def _show(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        if isinstance(part, StepFilm):
            rows = part.film.whole_height()
            self._stack.setMaximumHeight(rows + part.height() - part.film.height() + 1)
        self._turn.say(tr("Show film") if part is self._log else tr("Show log"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head(event.size().width())

    def minimumSizeHint(self) -> QSize:
        # what goes under the title needs no room beside it: else a large zoom cuts the right edge
        return QSize(self._theme.px(_LEAST), super().minimumSizeHint().height())

    def _fit_head(self, width: int) -> None:
        narrow = width < max(self._theme.px(_NARROW), self._wide_head())
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._place_head(narrow=narrow)

    def _wide_head(self) -> int:
        """What the head needs in one row, with a title that can still be read."""
        px = self._theme.px
        beside: list[QWidget] = [self._chip, self._numbered, self._deeds]
        beside += [] if self.more.isHidden() else [self.more]
        needed = sum(part.sizeHint().width() + px(12) for part in beside)
        return needed + px(_LEAST_TITLE) + 2 * px(16)

    def _place_head(self, *, narrow: bool) -> None:
        """What can be done stands beside the title, or where there is little width under it."""
        first, second, third = self._head
        if narrow:
            second.insertWidget(0, self._numbered)
            second.addWidget(self.more)
            third.insertWidget(0, self._deeds)
        else:
            first.insertWidget(2, self._numbered)
            first.addWidget(self.more)
            first.addWidget(self._deeds)

    def _build_head(self) -> None:
        px = self._theme.px
        for row in self._head:
            row.setSpacing(px(12))
        numbered = QHBoxLayout(self._numbered)
        numbered.setContentsMargins(0, 0, 0, 0)
        numbered.setSpacing(px(2))
        numbered.addWidget(self._number)
        numbered.addWidget(self._copy)
        deeds = QHBoxLayout(self._deeds)
        deeds.setContentsMargins(0, 0, 0, 0)
        deeds.setSpacing(px(12))
        for deed in (self._off, self.change, self.cancel):
            deeds.addWidget(deed)
            deed.hide()
        self._head[0].addWidget(self._title)
        self._head[0].addWidget(self._chip)
        for row in self._head:
            row.addStretch(1)
        self._place_head(narrow=False)
        self.more.hide()

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self._build_head()
        for part in (self.film, self._log):
            self._stack.addWidget(part)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(px(6))
        foot.addWidget(Hairline(theme))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(Glyph(theme, "list"))
        line.addWidget(self._foot_words, 1)
        line.addWidget(self._turn)
        foot.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(16), px(10))
        column.setSpacing(px(2))
        for row in self._head:
            column.addLayout(row)
        for strip in (self.hold, self.cancelling, self.changing):
            column.addWidget(strip)
        column.addWidget(self._stack, 1000)  # the film takes what it needs, the rest stays below
        column.addWidget(self._foot)
        column.addStretch(1)
