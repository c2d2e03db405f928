"""What is advised on the service step: the smallest repair, and the best saving; a key takes it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.language import tr
from app.wizard.proposal import Proposal, is_near, proposal_edit, proposal_words, taken_words
from app.wizard.repair import Repair, repair_edit, repair_words
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.announce import announce
from ui.widgets.button import KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.label import Prose, Run
from ui.wizard.news import say_done
from ui.wizard.wizard_desk import WizardDesk

TAKE_KEY = "F9"


class AdviceStrip(QFrame):
    """A sentence on a soft ground with the button that takes the advice and the one that does not.

    It stands in the page's flow and takes no focus by itself.
    """

    taken = Signal()
    left = Signal()

    def __init__(self, theme: Theme, *, warns: bool, leave_key: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._ink: Tone = "warn" if warns else "good"
        self._ground: Tone = "warn_soft" if warns else "good_soft"
        self.take = KeyButton(theme, tr("Take it"), size="small", key=TAKE_KEY)
        self.leave = KeyButton(theme, tr("Leave it"), "quiet", "small", key=leave_key)
        self._words = Prose(theme, "", "row", "ink")
        self._row = QHBoxLayout(self)
        icon = Glyph(theme, "alert" if warns else "receipt", self._ink)
        self._row.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.take)
        self._row.addWidget(self.leave)
        self.take.clicked.connect(self.taken)
        self.leave.clicked.connect(self.left)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()
        theme.changed.connect(self._fit)
        self._fit()

    def say(self, lead: str, text: str) -> None:
        """Show another advice; the same one again is not told twice."""
        said = f"{lead} {text}".strip()
        if said != self.accessibleName():
            self.setAccessibleName(said)
            self._words.say((Run(lead, strong=True), Run(f" {text}" if text else "")))
            announce(self, said)
        self.show()

    def text(self) -> str:
        return self.accessibleName()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.ground(self._theme, self, self._ground, self._ink)

    def _fit(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(12), px(5), px(8), px(5))
        self._row.setSpacing(px(8))


class Advice(QWidget):
    """Both strips of one draft: a repair comes first, a saving where everything fits.

    The repair stands in this widget, the saving in `foot`, which goes under the list.
    What is left alone is not advised again as long as it is the same. `needs` carries the first
    offer that would bring what a saving still needs.
    """

    needs = Signal(str)

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__()
        self._desk = desk
        self._left: list[Repair | Proposal] = []
        self.repair = AdviceStrip(theme, warns=True, leave_key="Esc")
        self.saving = AdviceStrip(theme, warns=False)
        self.repair.taken.connect(self._take_repair)
        self.repair.left.connect(self._leave_repair)
        self.saving.taken.connect(self._take_saving)
        self.saving.left.connect(self._leave_saving)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.repair)
        self.foot = QWidget()
        under = QHBoxLayout(self.foot)
        under.setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8))
        under.addWidget(self.saving)
        self.foot.hide()

    def refresh(self) -> None:
        """Show what is advised now."""
        repair, proposal = self._repair(), self._proposal()
        choices = self._desk.wizard.choices
        if repair is not None and repair not in self._left:
            news = " ".join(self._desk.wizard.news)
            lead = news or tr("What is chosen does not fit together any more.")
            self.repair.say(lead, repair_words(repair))
        else:
            self.repair.hide()
        self.setVisible(not self.repair.isHidden())
        advised = repair is None and proposal is not None and proposal not in self._left
        if advised and proposal is not None and choices is not None:
            self.saving.say(*proposal_words(proposal, choices))
        else:
            self.saving.hide()
        self.foot.setVisible(not self.saving.isHidden())

    def stand_at_repair(self) -> bool:
        """Put the focus on the repair, also where it was left alone; False: there is none."""
        repair = self._repair()
        if repair is None:
            return False
        if repair in self._left:
            self._left.remove(repair)
        self.refresh()
        self.repair.take.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _repair(self) -> Repair | None:
        wizard = self._desk.wizard
        return wizard.choices.repair if wizard.choices and not wizard.unchecked else None

    def _proposal(self) -> Proposal | None:
        wizard = self._desk.wizard
        found = wizard.choices.proposal if wizard.choices and not wizard.unchecked else None
        taken = found is not None and self._desk.draft.picks.get(found.offer, 0) > 0
        return None if taken or (found is not None and not is_near(found)) else found

    def _take_repair(self) -> None:
        repair = self._repair()
        if repair is not None:
            self._desk.edit(repair_edit(repair))
            say_done(self._desk, tr("Repaired."), repair_words(repair))

    def _leave_repair(self) -> None:
        repair = self._repair()
        if repair is not None:
            self._left.append(repair)
            self.refresh()

    def _take_saving(self) -> None:
        proposal, choices = self._proposal(), self._desk.wizard.choices
        if proposal is not None and choices is not None:
            self._desk.edit(proposal_edit(proposal))
            needed = [need.serves[0] for need in proposal.opens_with if need.serves]
            if needed:
                self.needs.emit(needed[0])
            say_done(self._desk, *taken_words(proposal))

    def _leave_saving(self) -> None:
        proposal = self._proposal()
        if proposal is not None:
            self._left.append(proposal)
            self.refresh()
