"""A new SIM: which one, why, and how the caller proved who he is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from app.deeds.checks import FACTS_NEEDED, iccid_problem
from app.deeds.deed import set_field, several, turn
from app.deeds.identity import PIN, IdentityFact
from app.deeds.wording import sim_reason
from app.faults import Fault
from app.language import tr
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_form import DeedForm
from ui.theme.theme import Theme
from ui.widgets.field import Field, Finding, Input
from ui.widgets.keycap import KeyCap
from ui.widgets.label import Label, Prose
from ui.widgets.segments import Option, Segments
from ui.widgets.status_bar import KeyHint
from ui.widgets.tick import Tick

REASONS = ("damaged", "device", "lost", "stolen")


class SimForm(DeedForm):
    """The ICCID comes from a scanner, which presses Enter; 1, 2, … tick the facts compared."""

    def __init__(self, theme: Theme, desk: DeedDesk, facts: Sequence[IdentityFact]) -> None:
        super().__init__(theme, desk)
        deed = desk.deed
        kinds = (Option("plastic", tr("Plastic SIM")), Option("esim", tr("eSIM")))
        self.kind = Segments(theme, tr("Kind"), kinds, current=deed.said("kind"))
        label = tr("ICCID, if the SIM is at hand")
        self.iccid = Field(theme, label, deed.said("iccid"), check=_iccid_finding)
        self.iccid.setFixedWidth(theme.px(280))
        self._posted = Prose(theme, "", "caption", "ink3")
        whys = tuple(Option(each, sim_reason(each)) for each in REASONS)
        self.reason = Segments(theme, tr("Why"), whys, current=deed.said("reason"))
        self._count = Label(theme, "", "caption", "ink3")
        self.ticks: dict[str, Tick] = {}
        self.pin = Field(theme, tr("PIN the caller says"), input_=_secret())
        self.pin.setFixedWidth(theme.px(160))
        self.add(tr("Kind"), self.kind)
        self.rows.addWidget(self.iccid)
        self.rows.addWidget(self._posted)
        self.add(tr("Why"), self.reason)
        self._build_facts(facts)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        deed = self.desk.deed
        plastic = deed.said("kind") == "plastic"
        self.iccid.setVisible(plastic)
        posted = tr("Without one, the next plastic SIM of the stock is posted to the customer.")
        by_mail = tr("The code for the phone's camera goes out by e-mail.")
        self._posted.say(posted if plastic else by_mail)
        checked = several(deed, "checked")
        for fact, tick in self.ticks.items():
            tick.setChecked(fact in checked)
        words = tr("{count} of {needed}", count=len(checked), needed=FACTS_NEEDED)
        self._count.setText(words)
        self._count.set_tone("good" if len(checked) >= FACTS_NEEDED else "warn")

    def stops(self) -> Sequence[tuple[str, QWidget]]:
        first = (("iccid", self.iccid.input), ("kind", self.kind), ("reason", self.reason))
        return (*first, *(("checked", tick) for tick in self.ticks.values()))

    def keys(self) -> Sequence[KeyHint]:
        return (KeyHint("1 2", tr("compared")),) if self.ticks else ()

    def _connect(self) -> None:
        desk = self.desk
        self.kind.chosen.connect(lambda kind: desk.edit(set_field("kind", kind)))
        self.reason.chosen.connect(lambda why: desk.edit(set_field("reason", why)))
        self.iccid.edited.connect(lambda text: desk.edit(set_field("iccid", text.strip())))
        self.iccid.entered.connect(self._scanned)
        self.pin.entered.connect(self._check_pin)

    def _build_facts(self, facts: Sequence[IdentityFact]) -> None:
        theme = self.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(2, 1)
        grid.addWidget(Label(theme, tr("Compared with what the caller says"), "strong"), 0, 0, 1, 2)
        grid.addWidget(self._count, 0, 2)
        for at, fact in enumerate(facts, 1):
            if fact.id == PIN:
                grid.addWidget(self.pin, at, 0, 1, 3)
                continue
            tick = self.ticks[fact.id] = Tick(theme, fact.question)
            tick.clicked.connect(lambda on, of=fact.id: self._turn(of, on=on))
            grid.addWidget(tick, at, 0)
            grid.addWidget(KeyCap(theme, str(at)), at, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(theme, fact.value, "row", strong=True), at, 2)
            key = QShortcut(QKeySequence(str(at)), self)
            key.activated.connect(tick.click)
        self.rows.addLayout(grid)

    def _turn(self, fact: str, *, on: bool) -> None:
        self.desk.edit(turn("checked", fact, on=on))

    def _scanned(self) -> None:
        """Enter of the scanner: on to the facts if the number is good."""
        if self.iccid.check_now() is None:
            first = next(iter(self.ticks.values()), None)
            (first or self.reason).setFocus(Qt.FocusReason.OtherFocusReason)

    def _check_pin(self) -> None:
        """Ask the server: a PIN is never shown, and each try counts."""
        typed, customer = self.pin.text().strip(), self.desk.deed.customer_id
        if not typed:
            return

        def answered(answer: tuple[bool, str]) -> None:
            right, words = answer
            self._turn(PIN, on=right)
            self.pin.show_finding(None if right else Finding("error", words))
            if right:
                self.pin.set_text("")
                self.pin.input.setPlaceholderText(tr("right"))

        def failed(fault: Fault) -> None:
            self.pin.show_finding(Finding("error", fault.sentence))

        service = self.desk.service
        self.desk.background.change(
            lambda: service.pin_words(customer, typed), owner=self, done=answered, failed=failed
        )


def _secret() -> Input:
    line = Input()
    line.setEchoMode(Input.EchoMode.Password)
    return line


def _iccid_finding(text: str) -> Finding | None:
    problem = iccid_problem(text)
    return Finding("error", problem) if problem else None
