"""Asks in the background what opens the offers that are looked at, and does it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.faults import Fault
from app.language import tr
from app.wizard.choices import Question
from app.wizard.openers import Opener, Opening, done_words, opening_edit, opening_of
from app.wizard.steps import Step
from ui.widgets.message_bar import Message
from ui.wizard.news import say_done
from ui.wizard.wizard_desk import WizardDesk

_MESSAGE = "interest"


class OpenerDesk(QObject):
    """Answers hold for one question; the next change of the draft makes them void.

    `learned` carries the id of an offer whose opener is known now, `leads` a field of the
    customer step, `moves` a product of the customer and the offer that it may become.
    `arrival` is the offer to stand on as soon as it may be chosen.
    """

    learned = Signal(str)
    leads = Signal(str, str)
    moves = Signal(str, str)

    def __init__(self, desk: WizardDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._question: Question | None = None
        self._found: dict[str, Opener | None] = {}
        self._wanted: list[str] = []
        self._asked = ""
        self._after = ""
        self.arrival = ""

    def go_to(self, code: str) -> None:
        """Stand on this offer as soon as it may be chosen."""
        self.arrival = code

    def opening(self, code: str) -> Opening | None:
        """What opens an offer, in words; None as long as that is not known."""
        self._forget_old()
        answer = self._found.get(code)
        return opening_of(answer, self._desk.draft) if answer else None

    def want(self, codes: Sequence[str]) -> None:
        """Ask for these, one after another, the first at once; what is known is not asked."""
        self._forget_old()
        wizard = self._desk.wizard
        if wizard.unchecked or not wizard.is_answered:
            return  # the answer to the next question comes first
        self._wanted = [code for code in codes if code not in self._found and code != self._asked]
        if not self._asked:
            self._ask()

    def act(self, code: str) -> None:
        """Do the one thing that opens an offer; while that is not known, as soon as it is."""
        opening = self.opening(code)
        if opening is None:
            self._after = code
            self.want([code])
            return
        answer = self._found[code]
        if opening.way == "picks" and answer is not None:
            self._choose(answer)
        elif opening.way == "field":
            self.arrival = code  # back on the step it is what was wanted
            self.leads.emit(Step.CUSTOMER, opening.field)
        elif opening.way == "interest":
            self._register(code)
        elif opening.way == "move":
            self.moves.emit(opening.product, code)

    # --- asking -------------------------------------------------------------------------

    def _forget_old(self) -> None:
        question = self._desk.wizard.question
        if question != self._question:
            self._question = question
            self._found.clear()
            self._wanted.clear()
            self._after = ""

    def _ask(self) -> None:
        if not self._wanted or self._question is None:
            return
        code, question = self._wanted.pop(0), self._question
        self._asked = code

        def done(answer: Opener) -> None:
            self._take(code, question, answer)

        self._desk.background.read(
            lambda: self._desk.service.opener(question, code),
            owner=self,
            done=done,
            failed=lambda _fault: self._take(code, question, None),
        )

    def _take(self, code: str, question: Question, answer: Opener | None) -> None:
        """Note an answer to the question that stands; then ask for what is wanted next."""
        self._asked = ""
        self._forget_old()
        if question == self._question:
            self._found[code] = answer
            if answer is not None:
                self.learned.emit(code)
                if self._after == code:
                    self._after = ""
                    self.act(code)
        self._ask()

    # --- doing --------------------------------------------------------------------------

    def _choose(self, answer: Opener) -> None:
        self._desk.edit(opening_edit(answer))
        say_done(self._desk, *done_words(answer))
        self.arrival = answer.offer

    def _register(self, code: str) -> None:
        desk, draft = self._desk, self._desk.draft
        answer = self._found.get(code)
        name = answer.name if answer else code

        def done(_none: object) -> None:
            text = tr("The customer is told when the address can have it.")
            lead = tr("Interest in {name} is noted.", name=name)
            desk.said.emit(Message(_MESSAGE, "done", text, lead=lead))

        def failed(fault: Fault) -> None:
            lead = tr("The interest was not noted.")
            desk.said.emit(Message(_MESSAGE, "error", fault.sentence, lead=lead))

        desk.background.change(
            lambda: desk.service.register_interest(draft, code),
            owner=self,
            done=done,
            failed=failed,
        )
