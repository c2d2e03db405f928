"""One draft under its work tab: the frame with its seven steps, the press, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Change, Kind
from app.drafts import OpenedDraft
from app.faults import Fault
from app.store.drafts import DraftState
from app.texts import money
from app.wizard import edits
from app.wizard.aftermath import Aftermath, AftermathReader, before_events
from app.wizard.frame_view import facts_line, step_name, steps
from app.wizard.report import Finding
from app.wizard.service import Outcome, WizardService
from app.wizard.steps import ALL_STEPS, Step, following, preceding
from ui.page import Destination, GoHome, NewDraft, OpenAccount, OpenDraft, Page, Surroundings
from ui.widgets.empty_state import EmptyState, Skeleton
from ui.widgets.message_bar import Message
from ui.widgets.panel import Hairline
from ui.widgets.status_bar import KeyHint
from ui.widgets.work_tabs import WorkTab
from ui.wizard.billing_page import BillingPage
from ui.wizard.creation_page import CreationPage
from ui.wizard.customer_page import CustomerPage
from ui.wizard.frame import Head, StepColumn
from ui.wizard.notifications_page import NotificationsPage
from ui.wizard.numbers_page import NumbersPage
from ui.wizard.service_page import ServicePage
from ui.wizard.settings_page import SettingsPage
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk


class DraftPage(Page):
    """Opens a draft (or begins one) and shows its steps; see ui/page.py for the window's side."""

    _told = Signal(object)  # a Change, from whatever thread

    def __init__(self, surroundings: Surroundings, destination: Destination) -> None:
        super().__init__(surroundings)
        place = self.workplace
        self._service = WizardService(
            place.client, place.store, place.sender, place.clock, place.user
        )
        self._reader = AftermathReader(place.client, place.welcome.capabilities)
        self._destination = destination
        self._draft_id = destination.draft_id if isinstance(destination, OpenDraft) else ""
        self._title = destination.title if isinstance(destination, OpenDraft) else ""
        self._outcome: Outcome | None = None
        self._pages: dict[Step, StepPage] = {}
        self._shown: Step | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._waiting = Skeleton(self.theme)
        self._begin()

    # --- what the window asks -----------------------------------------------------------

    def tab(self) -> WorkTab:
        title = self._title or self.tr("no name yet")
        adds = self._desk is not None and self._desk.draft.kind == "add"
        words = self.tr("More: {}") if adds else self.tr("New: {}")
        if self._outcome is not None and self._outcome.order_number:
            words = "{}"
        unsent = self._outcome is None or self._outcome.state != "sent"
        return WorkTab(f"draft:{self._draft_id}", words.format(title), "note", unsent=unsent)

    def destination(self) -> Destination:
        return OpenDraft(self._draft_id, self._title)

    def keys(self) -> Sequence[KeyHint]:
        return self._page().keys() if self._desk is not None else ()

    def focus_first(self) -> None:
        if self._desk is None:
            return
        page = self._page()
        if not (self._desk.draft.field and page.stand_at(self._desk.draft.field)):
            page.focus_first()

    def regions(self) -> Sequence[QWidget]:
        return (self._head, self._column, self._page()) if self._desk is not None else (self,)

    def closing(self) -> None:
        if self._desk is not None:
            self._desk.write_now()
            self._leave()

    # --- opening ------------------------------------------------------------------------

    def _begin(self) -> None:
        self._desk: WizardDesk | None = None
        drafts, where = self.workplace.drafts, self._destination
        if isinstance(where, OpenDraft):
            self._outer.addWidget(self._waiting)
            self._waiting.start()
            self.background.read(
                lambda: drafts.open(where.draft_id),
                owner=self,
                done=self._opened,
                failed=self._not_opened,
            )
        elif isinstance(where, NewDraft) and where.customer_id:
            self._open(drafts.for_customer(where.customer_id, where.name))
        else:
            self._open(drafts.new(where.name if isinstance(where, NewDraft) else ""))

    def _opened(self, opened: OpenedDraft | None) -> None:
        if opened is None:
            self._not_opened(None)
            return
        self._outer.removeWidget(self._waiting)
        self._waiting.hide()
        self._open(opened)
        self.tab_changed.emit()
        self.keys_changed.emit()
        self.focus_first()

    def _not_opened(self, fault: Fault | None) -> None:
        self._outer.removeWidget(self._waiting)
        self._waiting.hide()
        text = fault.sentence if fault else self.tr("It was sent or discarded. Close this tab.")
        title = self.tr("This draft is not here")
        self._outer.addWidget(EmptyState(self.theme, "note", title, text, failed=True))

    def _open(self, opened: OpenedDraft) -> None:
        draft = opened.draft
        self._draft_id = draft.id
        self._desk = WizardDesk(
            draft, opened.journal, self._service, self.background, self.workplace.clock, self
        )
        self._build(self._desk)
        self._watch(self._desk)
        self._refresh()
        self._desk.start()
        if opened.state is DraftState.SUBMITTED:
            self._ask_outcome()

    # --- the frame ----------------------------------------------------------------------

    def _build(self, desk: WizardDesk) -> None:
        theme = self.theme
        self._head = Head(theme)
        self._column = StepColumn(theme)
        self._stack = QStackedWidget()
        self._creation = CreationPage(theme, desk)
        self._notifications = NotificationsPage(theme, desk)
        made: tuple[StepPage, ...] = (
            CustomerPage(theme, desk),
            ServicePage(theme, desk),
            NumbersPage(theme, desk),
            SettingsPage(theme, desk),
            BillingPage(theme, desk),
            self._creation,
            self._notifications,
        )
        for page in made:
            self._pages[page.step] = page
            self._stack.addWidget(page)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self._column)
        below.addWidget(Hairline(theme, "standing"))
        below.addWidget(self._stack, 1)
        self._outer.addWidget(self._head)
        self._outer.addWidget(Hairline(theme))
        edge = theme.px(8)
        self.messages.setContentsMargins(theme.px(20), edge, theme.px(20), edge)
        self._outer.addWidget(self.messages)
        self._outer.addLayout(below, 1)

    def _watch(self, desk: WizardDesk) -> None:
        desk.changed.connect(self._refresh)
        desk.saved.connect(self._say_saved)
        desk.said.connect(self.messages.post)
        desk.unsaid.connect(self.messages.drop)
        self.messages.acted.connect(self._act)
        self._head.back.connect(self._back)
        self._head.next.connect(self._next)
        self._head.only_account.connect(self._turn_only_account)
        self._head.side.connect(lambda: self._page().turn_side())
        for page in self._pages.values():
            page.folded.connect(lambda _on: self._refresh())
        self._column.opened.connect(lambda step: self._go(Step(step)))
        self._creation.pressed.connect(self._create)
        self._creation.go_there.connect(lambda step, field: self._go(Step(step), field))
        self._creation.then.connect(self._then)
        self._notifications.finish.connect(self._then)
        customer = self._pages[Step.CUSTOMER]
        customer.wanted_step.connect(lambda step: self._go(Step(step)))
        self._told.connect(self._world_changed)
        self._leave = self.workplace.changes.watch(self._told.emit)
        for key, action in self._shortcuts():
            QShortcut(QKeySequence(key), self).activated.connect(action)

    def _shortcuts(self) -> Sequence[tuple[str, Callable[[], None]]]:
        return (
            ("Ctrl+Return", self._ctrl_enter),
            ("Ctrl+Enter", self._ctrl_enter),
            ("Ctrl+Z", self._undo),
            ("F8", self._next_error),
        )

    def _page(self) -> StepPage:
        desk = self._desk
        return self._pages[desk.draft.step if desk is not None else Step.CUSTOMER]

    def _refresh(self) -> None:
        desk = self._desk
        if desk is None:
            return
        draft, page = desk.draft, self._page()
        if draft.step is not self._shown:
            self._shown = draft.step
            self._stack.setCurrentWidget(page)
            self.keys_changed.emit()
        page.refresh()
        self._show_head(desk, page)
        number = self._number()
        shown = steps(draft, desk.wizard.choices, desk.report, order_number=number)
        adds = draft.kind == "add"
        self._column.show_title(self.tr("More services") if adds else self.tr("New customer"))
        self._column.show_steps(shown, draft.step)
        if draft.title != self._title:
            self._title = draft.title
            self.tab_changed.emit()
        self._say_saved()

    def _show_head(self, desk: WizardDesk, page: StepPage) -> None:
        draft = desk.draft
        today = self.workplace.clock().date()
        line = page.facts() or facts_line(draft, desk.wizard.choices, None, today=today)
        created = self._created()
        if created and self._outcome is not None:
            line = f"{draft.title} · {self._outcome.customer_id}"
        self._head.show_step(step_name(draft.step), line)
        way = desk.wizard.way
        words = ""
        if draft.step in {Step.CUSTOMER, Step.SERVICE} and not draft.customer_id and not created:
            words = self.tr("Only create an account")
            if draft.only_account:
                words = self.tr("With services after all")
        totals = desk.wizard.choices.totals if desk.wizard.choices else None
        monthly = money(totals.monthly) if totals and not draft.only_account else ""
        words_of_side = self.tr("Basket {}").format(monthly).rstrip() if page.is_folded else ""
        self._head.show_side(words_of_side)
        self._head.show_ways(
            back=not created and preceding(draft.step, way) is not None,
            following=following(draft.step, way) is not None,
            primary=draft.step not in {Step.CREATION, Step.NOTIFICATIONS},
            only_account=words,
        )

    def _say_saved(self) -> None:
        desk = self._desk
        if desk is None:
            return
        at = desk.journal.saved_at
        words = self.tr("Draft saved {}").format(f"{at.astimezone():%H:%M:%S}") if at else ""
        where = self.tr("on this computer") if words else ""
        if not self.workplace.store.durable:
            where = self.tr("in memory only")
        self._column.show_saved(words, where, ok=not desk.journal.unwritten)

    # --- ways through -------------------------------------------------------------------

    def _go(self, step: Step, field: str = "") -> None:
        desk = self._desk
        if desk is None:
            return
        desk.go(step, field)
        self._refresh()
        if not (field and self._page().stand_at(field)):
            self._page().focus_first()

    def _next(self) -> None:
        self._step_by(following)

    def _back(self) -> None:
        self._step_by(preceding)

    def _step_by(self, way_to: Callable[[Step, tuple[Step, ...]], Step | None]) -> None:
        desk = self._desk
        target = way_to(desk.draft.step, desk.wizard.way) if desk is not None else None
        if target is not None:
            self._go(target)

    def _turn_only_account(self) -> None:
        desk = self._desk
        if desk is None:
            return
        only = not desk.draft.only_account
        desk.edit(edits.set_only_account(only=only))
        if only and desk.draft.step is Step.SERVICE:
            self._go(Step.BILLING)

    def _undo(self) -> None:
        if self._desk is not None and self._outcome is None:
            self._desk.undo()

    def _next_error(self) -> None:
        """Go to the first thing that blocks, wherever it is."""
        desk = self._desk
        if desk is None or self._outcome is not None:
            return
        order = sorted(desk.wizard.blockers, key=lambda each: ALL_STEPS.index(each.step))
        if order:
            self._go_to_finding(order[0])

    def _go_to_finding(self, finding: Finding) -> None:
        self._go(finding.step, finding.field)

    def _act(self, message_id: str) -> None:
        numbers = self._pages.get(Step.NUMBERS)
        if message_id == "number-gone" and isinstance(numbers, NumbersPage):
            numbers.take_nearest()
        elif message_id == "choices" and self._desk is not None:
            self._desk.ask_again()

    # --- the press ----------------------------------------------------------------------

    def _ctrl_enter(self) -> None:
        """Create from anywhere once nothing blocks, else go to what blocks; finish at the end."""
        desk = self._desk
        if desk is None:
            return
        if self._created():
            self._then(desk.draft.after)
        elif desk.wizard.blockers:
            self._next_error()
        else:
            self._create()

    def _create(self) -> None:
        desk = self._desk
        if desk is None or self._outcome is not None or desk.wizard.blockers:
            return
        draft, choices = desk.draft, desk.wizard.choices
        self._creation.show_creating(busy=True)

        def submit() -> Outcome:
            desk.journal.write()
            return self._service.submit(draft, choices)

        self.background.change(submit, owner=self, done=self._answered, failed=self._not_sent)

    def _answered(self, outcome: Outcome) -> None:
        desk = self._desk
        if desk is None:
            return
        if outcome.state == "refused":
            self._refused(outcome)
            return
        self._outcome = outcome
        desk.journal.close()
        if desk.draft.step is not Step.CREATION:
            self._go(Step.CREATION)
        self._creation.show_outcome(outcome)
        self._show_aftermath(before_events(outcome, desk.draft))
        self._refresh()
        self.tab_changed.emit()
        self.keys_changed.emit()
        self._ask_aftermath()

    def _not_sent(self, fault: Fault) -> None:
        self._creation.show_creating(busy=False)
        lead = self.tr("The order was not sent.")
        self.messages.post(Message("create", "error", fault.sentence, lead=lead))

    def _refused(self, outcome: Outcome) -> None:
        """The server's clear no: the draft is work again, under a new command."""
        desk = self._desk
        if desk is None:
            return
        self._outcome = None
        draft = desk.draft
        self.background.change(
            lambda: desk.journal.reopen(draft),
            owner=self,
            done=lambda _none: desk.edit(edits.send_anew()),
        )
        self._creation.show_report()
        self._notifications.show_draft()
        lead = self.tr("The server refused this:")
        text = " ".join((outcome.sentence, *(text for _, text in outcome.fields)))
        self.messages.post(Message("create", "error", text, lead=lead))
        self._refresh()

    # --- afterwards ---------------------------------------------------------------------

    def _number(self) -> str:
        """What was made: the order's number, without an order the customer's; empty: nothing."""
        outcome = self._outcome
        if outcome is None or outcome.state != "sent":
            return ""
        return outcome.order_number or outcome.customer_id

    def _created(self) -> bool:
        return self._outcome is not None and self._outcome.state == "sent"

    def _ask_outcome(self) -> None:
        desk = self._desk
        if desk is None:
            return
        command = desk.draft.command_id
        self.background.read(
            lambda: self._service.outcome(command),
            owner=self,
            done=self._answered,
            failed=lambda _fault: None,
            key="outcome",
        )

    def _ask_aftermath(self) -> None:
        desk, outcome = self._desk, self._outcome
        if desk is None or outcome is None or outcome.state != "sent":
            return
        draft, now = desk.draft, self.workplace.clock()
        self.background.read(
            lambda: self._reader.read(outcome, draft, now=now),
            owner=self,
            done=self._show_aftermath,
            failed=lambda _fault: None,
            key="aftermath",
        )

    def _show_aftermath(self, aftermath: Aftermath) -> None:
        self._creation.show_aftermath(aftermath)
        if self._created():
            self._notifications.show_created(aftermath)

    def _world_changed(self, change: Change) -> None:
        desk, outcome = self._desk, self._outcome
        if desk is None:
            return
        if change.kind is Kind.OUTBOX and desk.draft.command_id in change.ids:
            if outcome is not None and outcome.state == "waiting":
                self._ask_outcome()
        elif change.kind is Kind.CONNECTION:
            desk.ask_again()
        elif change.kind in {Kind.ORDER, Kind.LETTER, Kind.CUSTOMER} and outcome is not None:
            if not change.ids or outcome.customer_id in change.ids:
                self._ask_aftermath()

    def _then(self, where: str) -> None:
        outcome, title = self._outcome, self._title
        if where == "account" and outcome is not None and outcome.customer_id:
            self.wanted.emit(OpenAccount(outcome.customer_id, title))
        elif where == "more" and outcome is not None and outcome.customer_id:
            self.wanted.emit(NewDraft(outcome.customer_id, title))
        else:
            self.wanted.emit(GoHome())
        self.finished.emit()
