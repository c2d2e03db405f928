"""The product manager's page under its work tab: the tabs, the head, and what joins them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Change, Kind
from app.faults import Fault
from app.language import tr
from ui.change_relay import ChangeRelay
from ui.page import Destination, KeyGroup, OpenProducts, Page, Surroundings
from ui.products.decisions_part import ProposalsPart, VersionsPart
from ui.products.editing import CHANGES, OFFERS, RULES, Editing
from ui.products.head import ProductHead
from ui.products.notices import Notices
from ui.products.proposing import Proposing
from ui.products.session import ProductSession
from ui.products.trial_part import TrialPart
from ui.widgets.account_tabs import AccountTabs, Tab
from ui.widgets.empty_state import EmptyState
from ui.widgets.status_bar import KeyHint
from ui.widgets.work_tabs import WorkTab

TRIAL, PROPOSALS, VERSIONS = "trial", "proposals", "versions"
_EDITED = (OFFERS, RULES, CHANGES)


class ProductPage(Page):
    """What is sold. Who may only approve sees proposals and versions alone."""

    def __init__(self, surroundings: Surroundings, destination: Destination) -> None:
        super().__init__(surroundings)
        desk = self.workplace.products
        self._may_edit = desk.may_edit
        self.session = ProductSession(desk, self.background, self)
        self.head = ProductHead(self.theme, may_edit=self._may_edit)
        self.editing = Editing(surroundings, self.session)
        self.trial = TrialPart(self.theme, self.session)
        self.proposals = ProposalsPart(self.theme, self.background, desk)
        self.versions = VersionsPart(self.theme, self.background, desk)
        self._waiting = 0
        self.tabs = AccountTabs(self.theme, tr("Products"), (), inset=20)
        self.tabs.setMinimumWidth(1)  # a large zoom must not widen the window
        self._show_tabs()
        self._stack = QStackedWidget()
        for part in (self.editing, self.trial, self.proposals, self.versions):
            self._stack.addWidget(part)
        self.failed: EmptyState | None = None
        self.notices = Notices(self.messages, self.session)
        self.proposing = Proposing(self.theme, self.session, self.notices, self)
        self._build()
        self._connect()
        if self._may_edit:
            _bind_keys(self)
        self.session.open()
        self.proposals.refresh()
        self.go(destination)

    # --- what the window asks -----------------------------------------------------------

    def tab(self) -> WorkTab:
        return WorkTab("products", tr("Products"), "box", unsent=bool(self.session.delta))

    def destination(self) -> Destination:
        return OpenProducts(self.tabs.current_id())

    def keys(self) -> Sequence[KeyHint]:
        if self.tabs.current_id() in _EDITED and self._may_edit:
            return (
                KeyHint("Ctrl+D", tr("new")),
                KeyHint("Ctrl+Z", tr("undo")),
                KeyHint("F8", tr("next fault")),
                KeyHint("Ctrl+Return", tr("propose")),
            )
        if self.tabs.current_id() == PROPOSALS and self.workplace.products.may_approve:
            return (KeyHint("Ctrl+Return", tr("approve")),)
        return (KeyHint("Alt+1", tr("offers")),) if self._may_edit else ()

    def key_groups(self) -> Sequence[KeyGroup]:
        edit = (
            KeyHint("Ctrl+F", tr("filter")),
            KeyHint("Return", tr("edit what is chosen")),
            KeyHint("Esc", tr("back to the list")),
            KeyHint("Ctrl+C", tr("copy the row")),
            KeyHint("Ctrl+Shift+Z", tr("do again")),
            KeyHint("Ctrl+B", tr("take a change back")),
            KeyHint("Ctrl+J", tr("to the proofs")),
        )
        tabs = (KeyHint("Alt+1 Alt+6", tr("tabs")),)
        own = (KeyGroup(tr("Editing"), edit),) if self._may_edit else ()
        return (KeyGroup(tr("Products"), (*self.keys(), *tabs)), *own)

    def focus_first(self) -> None:
        part = self._stack.currentWidget()
        if part is self.editing:
            self.editing.focus_list()
        elif part is not None:
            part.setFocus()

    def regions(self) -> Sequence[QWidget]:
        part = self._stack.currentWidget()
        inside = self.editing.regions() if part is self.editing else (part,)
        return (self.tabs, *(each for each in inside if each is not None))

    def go(self, destination: Destination) -> None:
        """Show the tab that was asked for, or else the one in front."""
        wanted = destination.tab if isinstance(destination, OpenProducts) else ""
        if wanted in self.tabs.ids():
            self.tabs.choose(wanted)
        self._show_tab(self.tabs.current_id())

    def closing(self) -> None:
        self.session.flush()

    # --- showing ------------------------------------------------------------------------

    def _show_tabs(self) -> None:
        changes = len(self.session.delta)
        self.tabs.set_tabs(_tab_list(changes, self._waiting, may_edit=self._may_edit))

    def _show_tab(self, tab: str) -> None:
        if tab in _EDITED:
            self.editing.show_tab(tab)
            self._stack.setCurrentWidget(self.editing)
        elif tab == TRIAL:
            self._stack.setCurrentWidget(self.trial)
            self.trial.ask()
        elif tab == PROPOSALS:
            self._stack.setCurrentWidget(self.proposals)
            self.proposals.refresh()
        elif tab == VERSIONS:
            self._stack.setCurrentWidget(self.versions)
            self.versions.refresh()
        self.keys_changed.emit()
        if self.isVisible():
            self.focus_first()

    def _turn_to(self, tab: str) -> None:
        self.tabs.choose(tab)
        self._show_tab(tab)

    def _refresh(self) -> None:
        session = self.session
        if session.working is None:
            return
        if self.failed is not None:
            self.failed.hide()
            self._stack.show()
        history = session.working.history
        undoes = history.undoes or (tr("all changes") if history.at else "")
        self.head.show_copy(session.working.version, len(session.delta), undoes)
        self._show_tabs()
        self._show_proofs()
        self.tab_changed.emit()

    def _show_proofs(self) -> None:
        session = self.session
        self.head.show_proofs(session.proofs, waits=session.checking, changes=len(session.delta))

    def _say_unread(self, fault: Fault) -> None:
        if self.failed is None:
            self.failed = EmptyState(
                self.theme, "cloudoff", tr("The catalogue could not be read"), fault.sentence,
                action=tr("Try again"), key="Ctrl+R", failed=True,
            )  # fmt: skip
            self.failed.acted.connect(self.session.open)
            self._outer.addWidget(self.failed, 1)
        self.failed.show()
        self._stack.hide()

    def _propose(self) -> None:
        """Ctrl+Enter: what is open on top first, then the proposal itself."""
        box = self.editing.deeds.box
        if box is None or not box.isVisible():
            self.proposing.ask(self.head.propose)

    # --- told by others -----------------------------------------------------------------

    def _count_waiting(self, count: int) -> None:
        self._waiting = count
        self._show_tabs()

    def _changed(self, change: Change) -> None:
        """A version came into force: the copy stands on it from now on."""
        if change.kind is Kind.CATALOGUE:
            self.session.open()
            self.proposals.refresh()

    # --- joining ------------------------------------------------------------------------

    def _build(self) -> None:
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        bar = QVBoxLayout()
        bar.setContentsMargins(self.theme.px(20), 0, self.theme.px(16), 0)
        bar.addWidget(self.messages)
        self._outer.addWidget(self.head)
        self._outer.addLayout(bar)
        self._outer.addWidget(self.tabs)
        self._outer.addWidget(self._stack, 1)

    def _connect(self) -> None:
        session, head, notices = self.session, self.head, self.notices
        self.tabs.chosen.connect(self._show_tab)
        self.editing.tab_wanted.connect(self._turn_to)
        self.editing.said.connect(notices.info)
        session.changed.connect(self._refresh)
        session.opened.connect(notices.opened)
        session.checked.connect(self._show_proofs)
        changes, journal = self.workplace.changes, session.desk.journal
        session.saved.connect(lambda: changes.announce(Kind.DRAFT, journal.id))
        head.follow(session, self.workplace.clock, durable=self.workplace.store.durable)
        session.unread.connect(self._say_unread)
        session.unsaved.connect(notices.unsaved)
        head.undo.clicked.connect(notices.undo)
        head.proofs.clicked.connect(self.editing.turn_proofs)
        head.new.clicked.connect(self.editing.new)
        head.propose.clicked.connect(self._propose)
        self.proposing.proposed.connect(lambda: self._turn_to(PROPOSALS))
        self.proposing.ended.connect(self._show_proofs)
        self.proposals.published.connect(notices.published)
        self.proposals.published.connect(lambda _version: session.open())
        self.proposals.decided.connect(notices.done)
        self.proposals.refused.connect(notices.fault)
        self.proposals.waiting.connect(self._count_waiting)
        relay = ChangeRelay(self.workplace.changes, self)
        relay.changed.connect(self._changed)


def _tab_list(changes: int, waiting: int, *, may_edit: bool) -> tuple[Tab, ...]:
    """Who may only approve has the last two."""
    edited = (
        Tab(OFFERS, tr("Offers")),
        Tab(RULES, tr("Rules")),
        Tab(CHANGES, tr("Changes"), badge=str(changes or "")),
        Tab(TRIAL, tr("Try it")),
    )
    decided = (
        Tab(PROPOSALS, tr("Proposals"), badge=str(waiting or ""), new=waiting > 0),
        Tab(VERSIONS, tr("Versions")),
    )
    return (*edited, *decided) if may_edit else decided


def _bind_keys(page: ProductPage) -> None:
    """Undo, redo, the next fault."""
    undo, redo = page.notices.undo, page.notices.redo
    bound = {"Ctrl+Z": undo, "Ctrl+Shift+Z": redo, "Ctrl+Y": redo}
    bound["F8"] = page.editing.proofs.next_fault
    for key, act in bound.items():
        QShortcut(QKeySequence(key), page).activated.connect(act)
