"""One draft under its work tab: opened or begun, shown, and left; see ui/page.py."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Kind
from app.drafts import OpenedDraft
from app.faults import Fault
from app.language import tr
from app.store.drafts import DraftState
from app.wizard.aftermath import AftermathReader
from app.wizard.service import Outcome, WizardService
from app.wizard.steps import Step
from app.wizard.undone import Undoing
from ui.page import (
    Destination,
    GoHome,
    KeyGroup,
    NewDraft,
    OpenAccount,
    OpenDraft,
    Page,
    Surroundings,
)
from ui.widgets.empty_state import EmptyState, Skeleton
from ui.widgets.status_bar import KeyHint
from ui.widgets.work_tabs import WorkTab
from ui.wizard.change_page import ChangePage
from ui.wizard.discarding import Discarding
from ui.wizard.frame import DISCARD_KEY
from ui.wizard.press import Press
from ui.wizard.undoing import UndoDesk
from ui.wizard.wizard_desk import WizardDesk
from ui.wizard.wizard_view import WizardView, show_reopened


class DraftPage(Page):
    """A draft from the store, a new one, or more services for a customer."""

    def __init__(self, surroundings: Surroundings, destination: Destination) -> None:
        super().__init__(surroundings)
        place = self.workplace
        self._service = WizardService(
            place.client,
            place.store,
            place.sender,
            place.clock,
            place.user,
            operator=place.welcome.operator.name,
        )
        self.view: WizardView | None = None
        self.discarding: Discarding | None = None
        self._draft_id = ""
        self._title = ""
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._begin(destination)

    # --- what the window asks -----------------------------------------------------------

    def tab(self) -> WorkTab:
        view = self.view
        title = self._title or tr("no name yet")
        words, unsent = tr("New: {}"), True
        if view is not None:
            title = view.desk.draft.title or title
            unsent = not view.press.done
            if view.desk.draft.kind == "add":
                words = tr("Change: {}")
            if view.press.done:
                words = "{}"
        return WorkTab(f"draft:{self._draft_id}", words.format(title), "note", unsent=unsent)

    def destination(self) -> Destination:
        return OpenDraft(self._draft_id, self.view.desk.draft.title if self.view else self._title)

    def keys(self) -> Sequence[KeyHint]:
        return self.view.page.keys() if self.view else ()

    def key_groups(self) -> Sequence[KeyGroup]:
        draft = KeyGroup(tr("Draft"), (KeyHint(DISCARD_KEY, tr("discard draft")),))
        return (*super().key_groups(), draft) if self.view else ()

    def focus_first(self) -> None:
        if self.view is not None:
            self.view.focus_first()

    def regions(self) -> Sequence[QWidget]:
        view = self.view
        return (view.head, view.column, view.page) if view else (self,)

    def closing(self) -> None:
        if self.view is not None:
            self.view.press.close()
            self.view.desk.journal_writer.flush()
        if self.discarding is not None:
            self.discarding.close()

    # --- opening ------------------------------------------------------------------------

    def _begin(self, where: Destination) -> None:
        drafts = self.workplace.drafts
        reseller = self._service.first_sellers()[0].id
        if isinstance(where, OpenDraft):
            self._draft_id, self._title = where.draft_id, where.title
            self._read(where.draft_id)
        elif isinstance(where, NewDraft) and where.customer_id:
            begun = drafts.for_customer(
                where.customer_id, where.name, reseller=reseller, product_id=where.product_id
            )
            self._open(begun)
            if where.ends:
                self._end_first(where.product_id)
        else:
            new = where if isinstance(where, NewDraft) else NewDraft()
            self._open(drafts.new(new.name, reseller=reseller))
            if self.view is not None and new.asked_by:
                self.view.press.answered.connect(lambda made: self._answer(new.asked_by, made))

    def _end_first(self, product_id: str) -> None:
        """End a product as soon as it is known what ends with it."""
        view = self.view
        page = view.pages[Step.SERVICE] if view is not None else None
        if view is not None and isinstance(page, ChangePage):
            view.desk.answered.connect(
                lambda first: page.base.change.act("end", product_id) if first else None
            )

    def _read(self, draft_id: str) -> None:
        waiting = Skeleton(self.theme)
        self._outer.addWidget(waiting)
        waiting.start()

        def opened(found: OpenedDraft | None) -> None:
            self._outer.removeWidget(waiting)
            waiting.deleteLater()
            if found is None:
                self._say_absent(tr("It was sent or discarded. Close this tab."))
                return
            self._open(found)
            self.focus_first()

        def failed(fault: Fault) -> None:
            self._outer.removeWidget(waiting)
            waiting.deleteLater()
            self._say_absent(fault.sentence)

        drafts = self.workplace.drafts
        self.background.read(lambda: drafts.open(draft_id), owner=self, done=opened, failed=failed)

    def _say_absent(self, text: str) -> None:
        title = tr("This draft is not here")
        self._outer.addWidget(EmptyState(self.theme, "note", title, text, failed=True))

    def _open(self, opened: OpenedDraft) -> None:
        place, draft = self.workplace, opened.draft
        self._draft_id = draft.id
        desk = WizardDesk(draft, opened.journal, self._service, self.background, place.clock, self)
        reader = AftermathReader(place.client, place.welcome.capabilities)
        press = Press(desk, reader, place.changes, self)
        self.view = WizardView(self.theme, desk, press, self.messages, durable=place.store.durable)
        self._outer.addWidget(self.view)
        bar = self.view.creation.created.hold
        undoing = Undoing(place.orders, self._service)
        undo = UndoDesk(desk, press, undoing, bar, self.messages, self)
        view = self.view
        undo.undone.connect(lambda: show_reopened(view))
        undo.turned.connect(self._look_other)
        self.discarding = Discarding(desk, press, place.drafts, self.messages, self)
        self.view.column.discard.connect(self.discarding.discard)
        self.discarding.turned.connect(self._lie_discarded)
        self.discarding.ended.connect(self.finished)
        self.view.then.connect(self._then)
        self.view.looks_other.connect(self._look_other)
        desk.start()
        if opened.state is DraftState.SUBMITTED:
            press.ask()
        self._look_other()

    def _lie_discarded(self, discarded: bool) -> None:  # noqa: FBT001  # a Qt signal's
        if self.view is not None:
            for part in (self.view.head, self.view.column, *self.view.pages.values()):
                part.setEnabled(not discarded)
            if not discarded:
                self.view.refresh()
                self.focus_first()

    def _answer(self, asked_by: str, made: Outcome) -> None:
        """Tell whoever asked for this customer who he is, once the server has made him."""
        if made.customer_id:
            self.workplace.changes.announce(Kind.CUSTOMER, made.customer_id, origin=asked_by)

    def _look_other(self) -> None:
        self.tab_changed.emit()
        self.keys_changed.emit()

    def _then(self, where: str) -> None:
        outcome = self.view.press.outcome if self.view else None
        customer = outcome.customer_id if outcome else ""
        name = self.view.desk.draft.title if self.view else ""
        if where == "account" and customer:
            self.wanted.emit(OpenAccount(customer, name))
        elif where == "more" and customer:
            self.wanted.emit(NewDraft(customer, name))
        else:
            self.wanted.emit(GoHome())
        self.finished.emit()
