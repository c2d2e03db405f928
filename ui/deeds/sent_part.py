"""After the press: the order's number, the seconds to take it back, and its film."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.language import tr
from app.orders.records import Film
from app.texts import spoken
from app.wizard.service import Outcome
from ui.film_rows import shown
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip
from ui.widgets.hold_bar import HoldBar
from ui.widgets.label import Label, Prose
from ui.widgets.panel import Panel
from ui.widgets.step_film import StepFilm


class SentPart(QWidget):
    """`then` carries account or home; the number is on the clipboard at once."""

    then = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._number = ""
        self._lead = Label(theme, "", "row", "good", strong=True)
        self._big = Label(theme, "", "display")
        self._spoken = Prose(theme, "", "row", "ink2")
        self._copy = KeyButton(theme, tr("Copy"), icon="copy", key="C")
        self.hold = HoldBar(theme)
        self._chip = Chip(theme, "")
        self.film = StepFilm(theme, tr("Film of the order"))
        self._film_part = QWidget()
        self._account = KeyButton(theme, tr("Open the account"), "primary", key="Return")
        self._home = KeyButton(theme, tr("Next call"), key="Esc")
        self._build()
        self._copy.clicked.connect(self._take_number)
        self._account.clicked.connect(lambda: self.then.emit("account"))
        self._home.clicked.connect(lambda: self.then.emit("home"))

    def show_outcome(self, outcome: Outcome) -> None:
        """The number, or that it waits for the line."""
        sent = outcome.state == "sent"
        self._number = outcome.order_number if sent else ""
        self._lead.setText(tr("Ordered") if sent else tr("Waits for the line"))
        self._lead.set_tone("good" if sent else "warn")
        self._big.setText(self._number or tr("Kept on this machine"))
        waits = tr("It is sent by itself when the line is back. Nothing more is to be done.")
        self._spoken.say(spoken(self._number) if sent else waits)
        self._copy.setVisible(sent)
        self._film_part.hide()
        self._take_number()
        self._account.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_film(self, film: Film | None) -> None:
        """How far it has come; each row changes in its place."""
        steps = film.steps if film else ()
        self._film_part.setVisible(bool(steps))
        if film is None or not steps:
            return
        self._chip.show_state(film.state.text, film.state.tone)
        self.film.set_steps([shown(each) for each in steps])
        rows = self.film.film.whole_height()
        self.film.setFixedHeight(rows + self._theme.px(self._theme.tokens.size.table_head) + 2)

    def number(self) -> str:
        return self._number

    def _take_number(self) -> None:
        if self._number:
            QGuiApplication.clipboard().setText(self._number)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        panel = Panel(theme, padding=20)
        panel.body.setSpacing(px(4))
        panel.body.addWidget(self._lead)
        line = QHBoxLayout()
        line.setSpacing(px(24))
        line.addWidget(self._big)
        line.addWidget(self._spoken, 1)
        line.addWidget(self._copy)
        panel.body.addLayout(line)
        film = QVBoxLayout(self._film_part)
        film.setContentsMargins(0, 0, 0, 0)
        film.setSpacing(px(4))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(Label(theme, tr("What happens now"), "strong"))
        head.addWidget(self._chip)
        head.addStretch(1)
        film.addLayout(head)
        film.addWidget(self.film)
        ways = QHBoxLayout()
        ways.setSpacing(px(8))
        for button in (self._account, self._home):
            ways.addWidget(button)
        ways.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(32), px(24), px(32), px(24))
        column.setSpacing(px(20))
        column.addWidget(panel)
        column.addWidget(self.hold)
        column.addLayout(ways)
        column.addWidget(self._film_part)
        column.addStretch(1)
        policy = self._film_part.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)
        self._film_part.setSizePolicy(policy)
