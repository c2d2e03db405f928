"""Another telephone number: the next free one, or one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.customers.rows import telephone
from app.deeds.deed import hold, set_field
from app.faults import Fault
from app.language import tr
from app.texts import money
from app.wizard.numbers_view import grade_name
from app.wizard.service import FoundNumber, Gone
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_form import DeedForm
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.completion_field import CompletionField, Found
from ui.widgets.label import Label
from ui.widgets.note import Note
from ui.widgets.segments import Option, Segments


class NumberForm(DeedForm):
    """Digits find free numbers; the one that is taken is held for this deed."""

    def __init__(self, theme: Theme, desk: DeedDesk) -> None:
        super().__init__(theme, desk)
        ways = (Option("next", tr("Next free")), Option("chosen", tr("Choose one")))
        self.way = Segments(theme, tr("Number"), ways, current=desk.deed.said("way"))
        self.digits = CompletionField(
            theme, tr("Digits it should contain"), tr("Numbers found"), least=1
        )
        self.digits.setFixedWidth(theme.px(420))
        self._held = Label(theme, "", "answer")
        self._let_go = KeyButton(theme, tr("Let it go"), "quiet", "small")
        self._gone = Note(theme, "warn")
        self._found: dict[str, FoundNumber] = {}
        old = Label(theme, telephone(desk.deed.number), "answer")
        self.add(tr("Until now"), old)
        self.add(tr("New number"), self.way)
        self.rows.addWidget(self.digits)
        row = QHBoxLayout()
        row.addWidget(self._held)
        row.addWidget(self._let_go)
        row.addStretch(1)
        self.rows.addLayout(row)
        self.rows.addWidget(self._gone)
        words = tr("The old number rests at least 90 days before anybody else can have it.")
        self.rows.addWidget(Note(theme, "plain", words))
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        deed = self.desk.deed
        chosen = deed.said("way") == "chosen"
        self.digits.setVisible(chosen)
        held = deed.hold if chosen else None
        self._held.setVisible(held is not None)
        self._let_go.setVisible(held is not None)
        if held is not None:
            grade = grade_name(held.grade)
            self._held.setText(tr("{number}, held: {grade}").format(
                number=held.display or telephone(held.number), grade=grade))  # fmt: skip

    def stops(self) -> Sequence[tuple[str, QWidget]]:
        return (("way", self.way), ("digits", self.digits.field.input))

    def _connect(self) -> None:
        self.way.chosen.connect(self._choose_way)
        self.digits.looked_for.connect(self._look)
        self.digits.taken.connect(self._take)
        self._let_go.clicked.connect(self._drop)
        self.desk.gone.connect(self._taken_meanwhile)

    def _choose_way(self, way: str) -> None:
        self.desk.edit(set_field("way", way))
        if way == "chosen":
            self._look("")

    def _look(self, digits: str) -> None:
        deed, service = self.desk.deed, self.desk.service

        def found(numbers: tuple[FoundNumber, ...]) -> None:
            self._found = {each.id: each for each in numbers}
            self.digits.show_found(
                [
                    Found(each.id, each.display, f"{grade_name(each.grade)} · {money(each.once)}")
                    for each in numbers
                ]
            )
            none = tr("No free number contains these digits. Type fewer.")
            self._gone.say("" if numbers else none)

        def failed(fault: Fault) -> None:
            self._gone.say(fault.sentence)

        self.desk.background.read(
            lambda: service.numbers(deed, digits),
            owner=self,
            done=found,
            failed=failed,
            key="numbers",
        )

    def _take(self, number: str) -> None:
        self._gone.say("")
        if number in self._found:
            self.desk.hold(self._found[number])
            self.done.emit()

    def _drop(self) -> None:
        held = self.desk.deed.hold
        if held is not None:
            self.desk.edit(hold(None))
            self.desk.release(held)

    def _taken_meanwhile(self, gone: Gone) -> None:
        words = tr("{number} was taken meanwhile.", number=telephone(gone.number))
        if gone.alternative:
            free = telephone(gone.alternative)
            words += " " + tr("The nearest free one is {number}.", number=free)
        self._gone.say(words)
        self._look(gone.alternative[-3:])
