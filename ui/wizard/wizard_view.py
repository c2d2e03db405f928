"""An opened draft: the frame, its seven pages, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.faults import Fault
from app.language import tr
from app.wizard import edits
from app.wizard.aftermath import Aftermath
from app.wizard.frame_view import head_view, steps
from app.wizard.service import Outcome
from app.wizard.steps import ALL_STEPS, Step, following, preceding
from ui.theme.theme import Theme
from ui.widgets.hold_bar import HoldBar
from ui.widgets.message_bar import Message, MessageBar
from ui.widgets.panel import Hairline
from ui.wizard.billing_page import BillingPage
from ui.wizard.change_page import ChangePage
from ui.wizard.creation_page import CreationPage
from ui.wizard.customer_page import CustomerPage
from ui.wizard.frame import Head, StepColumn
from ui.wizard.news import DONE, REPAIR, News
from ui.wizard.notifications_page import NotificationsPage
from ui.wizard.numbers_page import NumbersPage
from ui.wizard.press import Press
from ui.wizard.settings_page import SettingsPage
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk


class WizardView(QWidget):
    """`then` carries where to go afterwards, `looks_other` that tab or keys have changed."""

    then = Signal(str)
    looks_other = Signal()

    def __init__(
        self, theme: Theme, desk: WizardDesk, press: Press, messages: MessageBar, *, durable: bool
    ) -> None:
        super().__init__()
        self.theme = theme
        self.desk = desk
        self.press = press
        self.head = Head(theme)
        self.column = StepColumn(theme)
        self.news = News(desk)
        self._durable = durable
        self._messages = messages
        self._shown: tuple[Step, str] | None = None
        self._stack = QStackedWidget()
        self.creation = CreationPage(theme, desk)
        self.numbers = NumbersPage(theme, desk)
        self.notifications = NotificationsPage(theme, desk)
        made: tuple[StepPage, ...] = (
            CustomerPage(theme, desk),
            ChangePage(theme, desk),
            self.numbers,
            SettingsPage(theme, desk),
            BillingPage(theme, desk),
            self.creation,
            self.notifications,
        )
        self.pages = {page.step: page for page in made}
        self._build()
        self._watch()
        self._listen()
        self.refresh()

    @property
    def page(self) -> StepPage:
        """The page of the current step."""
        return self.pages[self.desk.draft.step]

    def focus_first(self) -> None:
        """Go to the field where the agent stood, else to what is missing first."""
        field = self.desk.draft.field
        if not (field and self.page.stand_at(field)):
            self.page.focus_first()

    def go(self, step: Step, field: str = "") -> None:
        """Open a step; with a field, stand on it."""
        self.desk.go(step, field)
        self.refresh()
        # turning the page moves the focus, and the draft notes that: what was asked for counts
        if not (field and self.page.stand_at(field)):
            self.page.focus_first()

    def refresh(self) -> None:
        """Show the draft as it is now."""
        desk, draft, page = self.desk, self.desk.draft, self.page
        self._stack.setCurrentWidget(page)
        page.refresh()
        self._show_head(page)
        number = self.press.number
        shown = steps(draft, desk.wizard.choices, desk.report, order_number=number)
        adds = draft.kind == "add"
        self.column.show_discard(shown=self.press.outcome is None)
        self.column.show_title(tr("Add or change") if adds else tr("New customer"))
        self.column.show_steps(shown, draft.step)
        self._say_saved()
        if (draft.step, draft.title) != self._shown:
            self._shown = (draft.step, draft.title)
            self.looks_other.emit()

    # --- making -------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self.theme
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.column)
        below.addWidget(Hairline(theme, "standing"))
        below.addWidget(self._stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(Hairline(theme))
        edge = theme.px(8)
        self._messages.setContentsMargins(theme.px(20), edge, theme.px(20), edge)
        outer.addWidget(self._messages)
        outer.addLayout(below, 1)
        for page in self.pages.values():
            self._stack.addWidget(page)
            page.folded.connect(lambda _on: self.refresh())
            page.wanted_step.connect(lambda step, field: self.go(Step(step), field))
            page.looks_other.connect(self.looks_other)

    def _watch(self) -> None:
        head, desk = self.head, self.desk
        desk.changed.connect(self.refresh)
        desk.saved.connect(self._say_saved)
        desk.journal_writer.failed.connect(lambda _fault: self._say_saved())
        desk.said.connect(self._messages.post)
        desk.journal_writer.failed.connect(self._say_saved)
        desk.unsaid.connect(self._messages.drop)
        self._messages.acted.connect(self._act)
        head.back.connect(lambda: self._step_by(preceding))
        head.next.connect(lambda: self._step_by(following))
        head.only_account.connect(self._turn_only_account)
        head.side.connect(self._turn_side)
        self.column.opened.connect(lambda step: self.go(Step(step)))
        self.creation.go_there.connect(lambda step, field: self.go(Step(step), field))
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+Return", self._ctrl_enter),
            ("Ctrl+Enter", self._ctrl_enter),
            ("Ctrl+Z", lambda: take_back(self.creation.created.hold, self.press)),
            ("F8", self._next_error),
        )
        for key, action in keys:
            QShortcut(QKeySequence(key), self).activated.connect(action)

    def _listen(self) -> None:
        """Hear what becomes of the press."""
        self.creation.pressed.connect(self.press.create)
        self.press.began.connect(lambda: self.creation.show_creating(busy=True))
        self.creation.then.connect(self.then)
        self.notifications.finish.connect(self.then)
        self.press.answered.connect(self._answered)
        self.press.refused.connect(self._refused)
        self.press.failed.connect(self._not_sent)
        self.press.happened.connect(self._show_aftermath)

    def _show_head(self, page: StepPage) -> None:
        desk, today = self.desk, self.desk.clock().date()
        view = head_view(
            desk.draft,
            desk.wizard.choices,
            today=today,
            number=self.press.number,
            place=desk.wizard.knows_the_place,
        )
        if self.press.done and self.press.outcome is not None:
            line = f"{desk.draft.title} · {self.press.outcome.customer_id}"
        else:
            line = page.facts() or view.facts
        self.head.show_step(view.name, line, lags=desk.wizard.lags and not self.press.done)
        self.head.show_side(view.side if page.is_folded else "")
        way = desk.wizard.way
        self.head.show_ways(
            back=not self.press.done and preceding(desk.draft.step, way) is not None,
            following=following(desk.draft.step, way) is not None,
            primary=view.goes_on,
            only_account=view.only_account,
        )

    def _say_saved(self) -> None:
        journal = self.desk.journal
        at = journal.saved_at
        here = self.desk.clock().tzinfo
        fails = self.desk.journal_writer.fails
        words = tr("Draft saved {}").format(f"{at.astimezone(here):%H:%M:%S}") if at else ""
        if fails:
            words = tr("Draft not saved")
        on_disk = self._durable and not fails
        where = tr("on this computer") if on_disk else tr("in memory only")
        self.column.show_saved(words, where if words else "", ok=on_disk)

    # --- ways through -------------------------------------------------------------------

    def _step_by(self, way_to: Callable[[Step, tuple[Step, ...]], Step | None]) -> None:
        target = way_to(self.desk.draft.step, self.desk.wizard.way)
        if target is not None:
            self.go(target)

    def _turn_only_account(self) -> None:
        only = not self.desk.draft.only_account
        self.desk.edit(edits.set_only_account(only=only))
        if only and self.desk.draft.step is Step.SERVICE:
            self.go(Step.BILLING)

    def _turn_side(self) -> None:
        self.page.turn_side()

    def _next_error(self) -> None:
        """Go to the first thing that blocks, wherever it is."""
        order = sorted(self.desk.wizard.blockers, key=lambda each: ALL_STEPS.index(each.step))
        if order and self.press.outcome is None:
            self.go(order[0].step, order[0].field)

    def _act(self, message_id: str) -> None:
        if message_id == "number-gone":
            self.numbers.take_nearest()
        elif message_id == "choices":
            self.desk.ask_again()
        elif message_id == REPAIR:
            self.go(Step.SERVICE, REPAIR)
        elif message_id == DONE:
            self.press.undo()

    def _ctrl_enter(self) -> None:
        """Create from anywhere once nothing blocks, else go to what blocks; finish at the end."""
        if self.press.outcome is not None:
            self.then.emit(self.desk.draft.after)
        elif self.desk.wizard.blockers:
            self._next_error()
        else:
            self.press.create()

    # --- the press ----------------------------------------------------------------------

    def _answered(self, outcome: Outcome) -> None:
        self._messages.drop("create")
        if self.desk.draft.step is not Step.CREATION:
            self.go(Step.CREATION)
        self.creation.show_outcome(outcome)
        self.refresh()
        self.looks_other.emit()

    def _not_sent(self, fault: Fault) -> None:
        self.creation.show_creating(busy=False)
        lead = tr("The order was not sent.")
        self._messages.post(Message("create", "error", fault.sentence, lead=lead))

    def _refused(self, outcome: Outcome) -> None:
        self.creation.show_report()
        self.notifications.show_draft()
        lead = tr("The server refused this:")
        text = " ".join((outcome.sentence, *(text for _, text in outcome.fields)))
        self._messages.post(Message("create", "error", text, lead=lead))
        self.refresh()
        self.looks_other.emit()

    def _show_aftermath(self, aftermath: Aftermath) -> None:
        self.creation.show_aftermath(aftermath)
        if self.press.done:
            self.notifications.show_created(aftermath)


def take_back(hold: HoldBar, press: Press) -> None:
    """Take back the last change; of an order that has not begun yet, the whole order."""
    if hold.counts:
        hold.button().click()
    else:
        press.undo()


def show_reopened(view: WizardView) -> None:
    """The order was taken back: the report stands where the number was."""
    view.creation.show_report()
    view.notifications.show_draft()
    view.refresh()
    view.creation.focus_first()
    view.looks_other.emit()
