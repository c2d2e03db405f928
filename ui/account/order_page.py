"""The middle of the Orders tab: head, film, and the log under it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.language import tr
from app.orders import records
from app.orders.records import Film
from ui.theme.theme import Theme
from ui.widgets.button import IconButton, KeyButton
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.glyph import Glyph
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.panel import Hairline
from ui.widgets.step_film import NoReturn, Step, StepFilm


class OrderPage(QWidget):
    """`copied` carries the order's number. L turns between the film and the log.

    `more` is shown where the column beside it is folded.
    """

    copied = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._film: Film | None = None
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
        self._none: EmptyState | None = None
        self._stack = QStackedWidget()
        self._foot = QWidget()
        self._foot_words = Label(theme, "", "row", "ink2")
        self._turn = KeyButton(theme, tr("Show log"), "quiet", "small", key="L")
        self.more = KeyButton(theme, tr("What to say"), "quiet", "small", icon="list", key="D")
        self._build()
        self._copy.clicked.connect(lambda: self.copied.emit(self._number.text()))
        self._turn.clicked.connect(self._turn_over)

    def show_film(self, film: Film) -> None:
        other = self._film is None or self._film.id != film.id
        self._film = film
        self._title.setText(film.title)
        self._chip.show_state(film.state.text, film.state.tone)
        self._number.setText(film.number)
        if other:
            self.film.set_steps(())  # the row of another order is not this one's
        self.film.set_steps([shown(each) for each in film.steps])
        self._log.set_steps([logged(each) for each in film.log])
        self._foot.setVisible(bool(film.log))
        if film.log:
            words = tr("{} steps begun, the last one {}")
            self._foot_words.setText(words.format(len(film.log), film.log[0].when))
        showing_log = self._stack.currentWidget() is self._log and not other and film.log
        self._show(self._log if showing_log else self.film if film.steps else self._no_steps())

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

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self._title)
        head.addWidget(self._chip)
        numbered = QHBoxLayout()
        numbered.setSpacing(px(2))
        numbered.addWidget(self._number)
        numbered.addWidget(self._copy)
        head.addLayout(numbered)
        head.addStretch(1)
        head.addWidget(self.more)
        self.more.hide()
        for part in (self.film, self._log):
            self._stack.addWidget(part)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(px(6))
        foot.addWidget(Hairline(theme))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(Glyph(theme, "list"))
        line.addWidget(self._foot_words)
        line.addStretch(1)
        line.addWidget(self._turn)
        foot.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(16), px(10))
        column.setSpacing(px(2))
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)
        column.addStretch(1)
        column.setStretch(1, 1000)  # the film takes what it needs, the rest stays below


def shown(each: records.Step | records.NoReturn) -> Step | NoReturn:
    if isinstance(each, records.NoReturn):
        return NoReturn(each.text, each.note)
    return Step(
        each.id, each.state, each.title, each.by, each.when, each.when_note,
        each.told, each.told_note, each.told_lead,
    )  # fmt: skip


def logged(line: records.LogLine) -> Step:
    return Step(line.id, line.state, line.title, "", line.when, "", line.outcome)
