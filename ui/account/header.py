"""The header of an account: name and chips, facts, answers, alerts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.accounts.records import Alert, Answer, Chip, Header
from app.language import tr
from ui.account.pieces import PieceLine
from ui.theme.theme import Theme
from ui.widgets import chip as chips
from ui.widgets.answers import AnswerText, FiveAnswers
from ui.widgets.button import IconButton, KeyButton
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.message_bar import Message, MessageStrip

_SIDE_BY_SIDE = 2


class AccountHeader(QWidget):
    """Answers and alerts say where they are explained (`went`); P asks for the wizard."""

    went = Signal(object)
    adding = Signal()
    copied = Signal(str)

    def __init__(self, theme: Theme, name: str, number: str, *, may_add: bool) -> None:
        super().__init__()
        self._theme = theme
        self._header: Header | None = None
        self._folded = False
        self._chips: list[chips.Chip] = []
        self._strips: list[MessageStrip] = []
        self._alerts: tuple[Alert, ...] = ()
        self._name = ElidedLabel(theme, name, "title")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._number = Label(theme, number, "row", "ink2")
        self._copy = IconButton(theme, "copy", tr("Copy the customer number"))
        self._folded_alerts = chips.Chip(theme, "", "warn", icon="alert")
        self._add = KeyButton(theme, tr("Add or change product"), "primary", icon="plus", key="P")
        self._pieces = PieceLine(theme)
        self.answers = FiveAnswers(theme)
        self._build(may_add=may_add)
        self._connect()
        theme.changed.connect(self._fit)
        self._fit()

    def show_header(self, header: Header) -> None:
        self._header = header
        self._name.setText(header.name)
        self._number.setText(header.number)
        self._show_chips(header.chips)
        self._pieces.show_pieces(header.pieces)
        self.answers.set_answers([_answer(each) for each in header.answers])
        self.answers.setVisible(bool(header.answers))
        self._show_alerts(header.alerts)

    def fold_alerts(self, folded: bool) -> None:  # noqa: FBT001 - one plain switch
        """Show the alerts as a chip, where there is no room for their lines."""
        if folded != self._folded:
            self._folded = folded
            self._arrange_alerts()

    def alert_strips(self) -> list[MessageStrip]:
        return list(self._strips)

    def _build(self, *, may_add: bool) -> None:
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._first = QHBoxLayout()
        self._first.setSpacing(self._theme.px(12))
        self._first.addWidget(self._name)
        self._chip_row = QHBoxLayout()
        self._chip_row.setSpacing(self._theme.px(12))
        self._first.addLayout(self._chip_row)
        self._first.addWidget(self._folded_alerts)
        numbered = QHBoxLayout()
        numbered.setSpacing(self._theme.px(2))
        numbered.addWidget(self._number)
        numbered.addWidget(self._copy)
        self._first.addLayout(numbered)
        self._first.addStretch(1)
        self._first.addWidget(self._add)
        if not may_add:  # shown before it has a parent it would flash as a window of its own
            self._add.hide()
        self._column.addLayout(self._first)
        self._column.addSpacing(self._theme.px(2))
        self._column.addWidget(self._pieces)
        self._column.addSpacing(self._theme.px(12))
        self._column.addWidget(self.answers)
        self._alert_row = QHBoxLayout()
        self._alert_row.setSpacing(self._theme.px(12))
        self._alert_room = QWidget()
        self._alert_room.setLayout(self._alert_row)
        self._alert_row.setContentsMargins(0, self._theme.px(12), 0, 0)
        self._alert_room.hide()
        self._folded_alerts.hide()
        self._column.addWidget(self._alert_room)

    def _connect(self) -> None:
        self._copy.clicked.connect(self._copy_number)
        self._add.clicked.connect(self.adding)
        self.answers.opened.connect(self._open_answer)

    def _copy_number(self) -> None:
        QGuiApplication.clipboard().setText(self._number.text())
        self.copied.emit(self._number.text())

    def _open_answer(self, answer_id: str) -> None:
        for each in self._header.answers if self._header else ():
            if each.id == answer_id:
                self.went.emit(each.target)

    def _show_chips(self, wanted: tuple[Chip, ...]) -> None:
        while len(self._chips) > len(wanted):
            gone = self._chips.pop()
            self._chip_row.removeWidget(gone)
            gone.deleteLater()
        for at, each in enumerate(wanted):
            if at < len(self._chips):
                self._chips[at].show_state(each.text, each.tone, each.icon)
            else:
                made = chips.Chip(self._theme, each.text, each.tone, icon=each.icon)
                self._chips.append(made)
                self._chip_row.addWidget(made)

    def _show_alerts(self, alerts: tuple[Alert, ...]) -> None:
        if alerts == self._alerts:
            return
        self._alerts = alerts
        for strip in self._strips:
            self._alert_row.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self._strips = []
        for alert in alerts[:_SIDE_BY_SIDE]:
            message = Message(
                alert.id, "warning", alert.text, lead=alert.lead, icon=alert.icon,
                action=tr("Show"),
            )  # fmt: skip
            strip = MessageStrip(self._theme, message)
            strip.acted.connect(self._open_alert)
            self._strips.append(strip)
            self._alert_row.addWidget(strip, 1)
        self._arrange_alerts()

    def _arrange_alerts(self) -> None:
        count = len(self._alerts)
        words = tr("1 alert") if count == 1 else tr("{} alerts").format(count)
        over = count - len(self._strips)
        if not self._folded and over > 0:
            words = f"+ {over}"
        self._folded_alerts.show_state(words, "warn", "alert")
        self._folded_alerts.setVisible(count > 0 and (self._folded or over > 0))
        self._alert_room.setVisible(count > 0 and not self._folded)

    def _open_alert(self, alert_id: str) -> None:
        for alert in self._alerts:
            if alert.id == alert_id:
                self.went.emit(alert.target)

    def _fit(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(20), px(13), px(20), px(7))


def _answer(each: Answer) -> AnswerText:
    return AnswerText(
        each.id,
        each.icon,
        each.question,
        each.answer,
        each.cause,
        note=each.note,
        key=each.key,
        bind_key=False,
    )
