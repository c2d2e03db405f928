"""One person's agreement: the way, a tick, and when it was given."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.texts import moment
from app.wizard.draft import Agreement
from app.wizard.service import Terms
from ui.deeds.deed_desk import DeedDesk
from ui.theme.theme import Theme
from ui.widgets.chip import Chip
from ui.widgets.label import Label
from ui.widgets.segments import Option, Segments
from ui.widgets.tick import Tick


class AgreementRow(QWidget):
    """`changed` carries the Agreement; without the terms in force nobody can agree to them."""

    changed = Signal(object)

    def __init__(self, theme: Theme, desk: DeedDesk, given: Callable[[], Agreement]) -> None:
        super().__init__()
        self._desk = desk
        self._given = given
        self._terms: Terms | None = None
        ways = (
            Option("voice", tr("By voice")),
            Option("email", tr("By e-mail")),
            Option("paper", tr("On paper")),
        )
        self._name = Label(theme, "", "caption", "ink3")
        self.way = Segments(theme, tr("How"), ways, current=given().way)
        self.agreed = Tick(theme, tr("Agreed"))
        self._chip = Chip(theme, "", "good", icon="clock")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._name)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self.way)
        row.addWidget(self.agreed)
        row.addWidget(self._chip)
        row.addStretch(1)
        column.addLayout(row)
        self.way.chosen.connect(lambda _way: self._say(on=False))
        self.agreed.clicked.connect(lambda on: self._say(on=on))

    def show_terms(self, terms: Terms) -> None:
        """The text that is agreed to from now on."""
        self._terms = terms
        self.refresh()

    def name(self, words: str) -> None:
        """Whose agreement it is."""
        self._name.setText(words)
        self.agreed.setAccessibleName(f"{tr('Agreed')}, {words}")

    def refresh(self) -> None:
        at = self._given().at
        self.agreed.setEnabled(self._terms is not None)
        self.agreed.setChecked(at is not None)
        self._chip.setVisible(at is not None)
        if at is not None:
            self._chip.show_state(moment(at, now=self._desk.clock()), "good", "clock")

    def _say(self, *, on: bool) -> None:
        terms = self._terms
        way = next(each for each in ("voice", "email", "paper") if each == self.way.current())
        self.changed.emit(
            Agreement(
                way=way,
                at=self._desk.clock() if on and terms else None,
                terms_version=terms.version if terms else "",
                terms_hash=terms.hash if terms else "",
            )
        )
