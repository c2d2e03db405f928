"""The sixth step: the report, the yes, and the one press that creates everything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.language import tr
from app.wizard import edits
from app.wizard.aftermath import Aftermath
from app.wizard.basket_view import basket_of
from app.wizard.creation_view import ReportView, created_view, report_view
from app.wizard.service import Outcome, Terms
from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip
from ui.widgets.label import Label, Prose
from ui.widgets.segments import Option, Segments
from ui.widgets.status_bar import KeyHint
from ui.wizard.agreement import AgreementPart
from ui.wizard.basket import Basket
from ui.wizard.created_page import CreatedPage
from ui.wizard.finding_block import FindingBlock, RightRow
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk

_ROOMY = 600  # of the middle at zoom 1.0


class CreationPage(StepPage):
    """`pressed` asks for the creation, `go_there` carries step and field, `then` where next."""

    step = Step.CREATION
    pressed = Signal()
    go_there = Signal(str, str)
    then = Signal(str)

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        self._full = False
        self._drawn: tuple[object, ...] = ()
        self._terms_asked = False
        self._waits_for_terms = False
        self.blocks: dict[str, FindingBlock] = {}
        self._errors = Chip(theme, "", "good")
        self._warnings = Chip(theme, "", "warn")
        self._checked = Label(theme, "", "caption", "ink3")
        ways = (Option("short", tr("Short")), Option("full", tr("Full")))
        self._length = Segments(theme, tr("Report"), ways)
        self._findings = QVBoxLayout()
        self.agreement = AgreementPart(theme, desk, desk.clock)
        self.created = CreatedPage(theme)
        self._basket = Basket(theme, tr("Order"), width=324)
        self.press = KeyButton(
            theme, tr("Create services"), "primary", "large", key="Ctrl+Return", bind_key=False
        )
        self._under = Prose(theme, "", "caption", "ink3")
        self._foot = QWidget()
        self._report_rows = QVBoxLayout()
        self._build()
        self._length.chosen.connect(self._choose_length)
        self.press.clicked.connect(self.pressed)
        self.folded.connect(self._place_press)
        self.created.then.connect(self.then)

    # --- what the frame asks ------------------------------------------------------------

    def refresh(self) -> None:
        draft, wizard = self.desk.draft, self.desk.wizard
        self._basket.show_view(basket_of(wizard))
        self._show_report(report_view(self.desk.report, wizard.choices))
        self.agreement.setVisible(not draft.only_account)
        self.agreement.refresh()
        blockers = wizard.blockers
        self.press.setEnabled(not blockers)
        words = tr("Change services") if draft.changes_installed else tr("Create services")
        self.press.say(tr("Create account") if draft.only_account else words)
        self._under.say(blockers[0].title if blockers else "")
        self._ask_terms()

    def facts(self) -> str:
        draft = self.desk.draft
        return tr("{} · everything in one order").format(draft.title) if draft.title else ""

    def focus_first(self) -> None:
        if self._stack.currentIndex():
            self.created.focus_first()
            return
        wrong = next(iter(self.blocks.values()), None)
        if wrong is not None:
            wrong.focus_first()
        elif not self.agreement.agreed.isChecked() and not self.agreement.isHidden():
            self._waits_for_terms = not self.agreement.agreed.isEnabled()
            self.agreement.agreed.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.press.setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> Sequence[KeyHint]:
        if self._stack.currentIndex():
            back = (KeyHint("Ctrl+Z", tr("take back")),) if self.created.hold.counts else ()
            return (
                *back,
                KeyHint("C", tr("copy number")),
                KeyHint("Return", tr("account")),
                KeyHint("Ctrl+Shift+N", tr("more services")),
                KeyHint("Esc", tr("next call")),
            )
        return (
            KeyHint("Alt+1–7", tr("step")),
            KeyHint("G", tr("go there")),
            KeyHint("F", tr("terms")),
            KeyHint("Ctrl+Return", tr("create")),
        )

    def show_creating(self, *, busy: bool) -> None:
        """While the server answers the press is off; a second one would do no harm."""
        if busy:
            self.press.setEnabled(False)
            self.press.say(tr("Creating…"))
        else:
            self.refresh()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the order number in the place of the report."""
        self.created.show_created(created_view(outcome))
        self._stack.setCurrentIndex(1)
        self.press.hide()
        self._under.say("")
        self.created.focus_first()

    def show_aftermath(self, aftermath: Aftermath) -> None:
        self.created.show_aftermath(aftermath)

    def show_report(self) -> None:
        """Back to the report, because the server refused."""
        self._stack.setCurrentIndex(0)
        self.press.show()
        self.refresh()

    # --- making -------------------------------------------------------------------------

    def _build(self) -> None:
        px = self.theme.px
        column = self.add_column()
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        self._stack.addWidget(self._report_part())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.created)
        self._stack.addWidget(area)
        column.addWidget(middle)
        self.add_column(324).addWidget(self._basket)
        self._basket.foot.setSpacing(px(6))
        self._basket.foot.addSpacing(px(10))
        self._basket.foot.addWidget(self._press_part())

    def _press_part(self) -> QWidget:
        """The press, and what is in its way."""
        rows = QVBoxLayout(self._foot)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self.theme.px(6))
        policy = self.press.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.press.setSizePolicy(policy)
        rows.addWidget(self.press)
        self._under.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(self._under)
        return self._foot

    def _place_press(self, folded: bool) -> None:  # noqa: FBT001  # a Qt signal's
        """Where the order has no room of its own, the press stands under the agreement."""
        if folded:
            self._report_rows.insertWidget(self._report_rows.count() - 1, self._foot)
        else:
            self._basket.foot.addWidget(self._foot)
        self._foot.show()

    def _report_part(self) -> QScrollArea:
        px = self.theme.px
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        rows = self._report_rows
        inner.setLayout(rows)
        rows.setContentsMargins(px(20), px(12), px(20), px(16))
        rows.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Label(self.theme, tr("Validity report"), "answer"))
        for part in (self._errors, self._warnings, self._checked):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self._length)
        rows.addLayout(head)
        self._findings.setSpacing(0)
        rows.addLayout(self._findings)
        rows.addSpacing(px(8))
        rows.addWidget(self.agreement)
        rows.addStretch(1)
        area.setWidget(inner)
        return area

    def fit_middle(self, width: int) -> None:
        """Where there is little room the report says less, and ways stand over their words."""
        self._checked.setVisible(width >= _ROOMY)
        self.agreement.fit(narrow=width < _ROOMY)

    # --- the report ---------------------------------------------------------------------

    def _show_report(self, view: ReportView) -> None:
        self._errors.show_state(view.errors, "bad" if view.has_errors else "good")
        self._warnings.show_state(view.warnings, "warn" if view.has_warnings else "good")
        self._checked.setText(view.checked)
        # what is typed as a reason must not draw the block anew under the cursor
        drawn = (view.wrong, view.right if self._full else ())
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self._draw(view)

    def _draw(self, view: ReportView) -> None:
        while item := self._findings.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.blocks.clear()
        waived = self.desk.draft.waived
        for at, finding in enumerate(view.wrong):
            block = FindingBlock(self.theme, finding, waived.get(finding.code), first=at == 0)
            block.go.connect(self.go_there)
            block.fixed.connect(lambda name, text: self.desk.edit(edits.set_field(name, text)))
            block.waived.connect(lambda code, why: self.desk.edit(edits.waive(code, why)))
            self.blocks[finding.code] = block
            self._findings.addWidget(block)
            self._findings.addSpacing(self.theme.px(8))
        for finding in view.right if self._full else ():
            self._findings.addWidget(RightRow(self.theme, finding))
        if not view.wrong and not self._full:
            words = ", ".join(finding.title for finding in view.right)
            text = tr("Everything fits: {}.").format(words)
            self._findings.addWidget(Prose(self.theme, text, "row", "ink2"))

    def _choose_length(self, length: str) -> None:
        self._full = length == "full"
        self.refresh()

    # --- the terms ----------------------------------------------------------------------

    def _ask_terms(self) -> None:
        if self._terms_asked or self.desk.draft.only_account or not self.isVisible():
            return
        self._terms_asked = True
        self.desk.background.read(
            self.desk.service.terms, owner=self, done=self._show_terms, failed=self._no_terms
        )

    def _show_terms(self, terms: Terms) -> None:
        self.agreement.show_terms(terms)
        if self._waits_for_terms and self.isVisible():
            self.focus_first()  # until now there was nothing to stand in

    def _no_terms(self, _fault: object) -> None:
        self._terms_asked = False
