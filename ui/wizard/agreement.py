"""Terms and agreement: three ways, the text to read out, the time of the yes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.language import tr
from app.wizard import edits
from app.wizard.creation_view import agreed_at, spoken_sentence, terms_line
from app.wizard.service import Terms
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip
from ui.widgets.label import Label
from ui.widgets.note import Note
from ui.widgets.panel import Panel
from ui.widgets.segments import Option, Segments
from ui.widgets.tick import Tick
from ui.wizard.wizard_desk import WizardDesk

_WAYS: tuple[edits.Way, ...] = ("voice", "email", "paper")


class AgreementPart(QWidget):
    """`reading` says that the text of the terms is shown or no longer."""

    reading = Signal(bool)

    def __init__(self, theme: Theme, desk: WizardDesk, clock: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._desk = desk
        self._clock = clock
        self._terms: Terms | None = None
        self._line = Label(theme, "", "caption", "ink3")
        self._read = KeyButton(theme, tr("Read terms"), "quiet", key="F")
        self._way = Segments(theme, tr("The customer agrees"), self._ways())
        self._lead = Label(theme, "", "row", "ink2")
        self._sentence = Note(theme, "plain")
        self.agreed = Tick(theme, "")
        self._chip = Chip(theme, "", "good", icon="clock")
        self._text = QPlainTextEdit()
        self._ways_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self._read.clicked.connect(self._turn_text)
        self._way.chosen.connect(self._choose_way)
        self.agreed.clicked.connect(self._tick)

    def show_terms(self, terms: Terms) -> None:
        """The text that is agreed to from now on."""
        self._terms = terms
        self._text.setPlainText(terms.text)
        self.refresh()

    def fit(self, *, narrow: bool) -> None:
        """Where there is little room the ways stand over the words, and the text has no date."""
        direction = QBoxLayout.Direction
        self._ways_row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._line.setVisible(not narrow)

    def refresh(self) -> None:
        draft, now = self._desk.draft, self._clock()
        self._line.setText(terms_line(self._terms))
        way = draft.agreement.way
        if self._way.current() != way:
            self._way.choose(way)
        self._say_way(way)
        self._sentence.say(f"“{spoken_sentence(draft, self._desk.wizard.choices)}”")
        agreed = draft.agreement.at is not None
        self.agreed.setChecked(agreed)
        self.agreed.setEnabled(self._terms is not None)
        self._chip.setVisible(agreed)
        if agreed:
            said = tr("{}, in this call") if way == "voice" else "{}"
            self._chip.show_state(said.format(agreed_at(draft, now=now)), "good", "clock")

    def _ways(self) -> tuple[Option, ...]:
        words = (tr("By voice"), tr("By e-mail"), tr("On paper"))
        return tuple(Option(way, text) for way, text in zip(_WAYS, words, strict=True))

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Label(theme, tr("Terms and agreement"), "answer"))
        head.addWidget(self._line, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self._read)
        outer.addLayout(head)
        panel = Panel(theme, padding=12)
        panel.body.setSpacing(px(8))
        ways = self._ways_row
        ways.setSpacing(px(12))
        ways.addWidget(self._way, 0, Qt.AlignmentFlag.AlignLeft)
        ways.addWidget(self._lead, 0, Qt.AlignmentFlag.AlignLeft)
        ways.addStretch(1)
        panel.body.addLayout(ways)
        panel.body.addWidget(self._sentence)
        yes = QHBoxLayout()
        yes.setSpacing(px(12))
        yes.addWidget(self.agreed)
        yes.addWidget(self._chip)
        yes.addStretch(1)
        panel.body.addLayout(yes)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(tr("Terms and conditions"))
        self._text.setMinimumHeight(px(220))
        self._text.hide()
        panel.body.addWidget(self._text)
        outer.addWidget(panel)

    def _say_way(self, way: str) -> None:
        leads = {
            "voice": tr("Read this out and wait for a yes:"),
            "email": tr("Ask for the answer to the contract summary, then tick:"),
            "paper": tr("Tick when the signed paper is here:"),
        }
        ticks = {
            "voice": tr("The caller agreed"),
            "email": tr("The e-mail with the agreement is here"),
            "paper": tr("The signed paper is here"),
        }
        self._lead.setText(leads[way])
        if self.agreed.text() != ticks[way]:
            self.agreed.setText(ticks[way])
            self.agreed.updateGeometry()

    def _turn_text(self) -> None:
        shown = self._text.isHidden()
        self._text.setVisible(shown)
        self._read.say(tr("Hide terms") if shown else tr("Read terms"))
        self.reading.emit(shown)

    def _choose_way(self, way: str) -> None:
        if way != self._desk.draft.agreement.way:
            self._agree(next(each for each in _WAYS if each == way), None)

    def _tick(self, on: bool) -> None:  # noqa: FBT001  # Qt's own signature
        self._agree(self._desk.draft.agreement.way, self._clock() if on else None)

    def _agree(self, way: edits.Way, at: dt.datetime | None) -> None:
        version = self._terms.version if self._terms else ""
        fingerprint = self._terms.hash if self._terms else ""
        self._desk.edit(edits.agree(way, at, version=version, fingerprint=fingerprint))
