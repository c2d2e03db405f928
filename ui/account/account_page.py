"""A customer's account under one work tab."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.accounts.records import Target
from app.accounts.view import AccountView
from app.changes import Change, Kind
from app.faults import Fault
from ui.account.header import AccountHeader
from ui.account.tab import AccountTab, TabPlace
from ui.account.tabs import TabKind, kinds_for, shown
from ui.change_relay import ChangeRelay
from ui.page import Destination, KeyGroup, NewDraft, OpenAccount, Page, Surroundings
from ui.widgets.account_tabs import AccountTabs
from ui.widgets.empty_state import EmptyState, Skeleton
from ui.widgets.message_bar import Message
from ui.widgets.status_bar import KeyHint
from ui.widgets.work_tabs import WorkTab

_LOW = 764  # the page of a window of 840, which has a top bar of 48 and a status bar of 28
_READ = "account-read"
_CARES = frozenset({Kind.CUSTOMER, Kind.ORDER, Kind.LETTER})


class AccountPage(Page):
    """Shows what the store has at once, then what the server says, then every change."""

    def __init__(
        self, surroundings: Surroundings, destination: OpenAccount, *, may_add: bool
    ) -> None:
        """`may_add` says whether there is a page that adds products."""
        super().__init__(surroundings)
        self._may_add = may_add and self.workplace.user.may("order.create")
        self._surroundings = surroundings
        self._destination = destination
        self._view: AccountView | None = None
        self._kinds = kinds_for(self.workplace.user)
        self._made: dict[str, AccountTab] = {}
        self._target = ""
        self.header = AccountHeader(
            self.theme, destination.name, destination.customer_id, may_add=self._may_add
        )
        words = tuple(shown(kind, None) for kind in self._kinds)
        self.tabs = AccountTabs(self.theme, self.tr("Account"), words, inset=20)
        self._stack = QStackedWidget()
        self._skeleton = Skeleton(self.theme, rows=6)
        self._blank = QWidget()
        self._failed = EmptyState(
            self.theme, "error", "", "", action=self.tr("Try again"), key="Ctrl+R", failed=True
        )
        self._late = QTimer(self)
        self._build()
        self._connect()
        self._begin()

    # what the window asks

    def tab(self) -> WorkTab:
        name = self._view.header.name if self._view else self._destination.name
        words = name or self._destination.customer_id
        return WorkTab(f"account:{self._destination.customer_id}", words, "user")

    def destination(self) -> Destination:
        current = self.tabs.current_id() if self._kinds else ""
        return OpenAccount(self._destination.customer_id, self.tab().text, tab=current)

    def view(self) -> AccountView | None:
        """What is shown now; None before anything was read."""
        return self._view

    def keys(self) -> Sequence[KeyHint]:
        tab = self._current()
        own = tuple(tab.keys()) if tab is not None else ()
        adds = (KeyHint("P", self.tr("product")),) if self._may_add else ()
        return (*adds, *own, KeyHint("Alt+1", self.tr("tab")))[:4]

    def key_groups(self) -> Sequence[KeyGroup]:
        tab = self._current()
        page = (
            *((KeyHint("P", self.tr("add or change product")),) if self._may_add else ()),
            KeyHint("Alt+1", self.tr("first tab, and so on to 9")),
            KeyHint("Ctrl+PgDown", self.tr("next tab")),
            KeyHint("Ctrl+R", self.tr("read again")),
        )
        groups = [KeyGroup(self.tr("Account"), page)]
        if tab is not None and tab.keys():
            groups.append(KeyGroup(self._kind().text, tuple(tab.keys())))
        return groups

    def focus_first(self) -> None:
        tab = self._current()
        if tab is not None:
            tab.focus_first()
        else:
            self.tabs.setFocus()

    def regions(self) -> Sequence[QWidget]:
        tab = self._current()
        return (self.header, self.tabs, *((tab,) if tab is not None else ()))

    def go(self, destination: Destination) -> None:
        if isinstance(destination, OpenAccount) and destination.tab:
            self._go(Target(destination.tab))

    # what comes

    def refresh(self) -> None:
        """Ask the server again; the newest answer counts."""
        customer = self._destination.customer_id
        self.background.read(
            lambda: self.workplace.accounts.fetch(customer),
            owner=self,
            done=self._show_fresh,
            failed=self._could_not_read,
            key="fetch",
        )

    def _begin(self) -> None:
        if not self._kinds:
            self._say_not_allowed()
            return
        known = {kind.id for kind in self._kinds}
        if self._destination.tab in known:
            self.tabs.choose(self._destination.tab)
        customer = self._destination.customer_id
        self._late.start(self.theme.tokens.duration.spinner_after)
        self.background.read(
            lambda: self.workplace.accounts.kept(customer), owner=self, done=self._show_kept
        )
        self.workplace.customers.opened(customer)
        self.refresh()

    def _show_kept(self, view: AccountView | None) -> None:
        if view is not None and self._view is None:
            self._show(view)

    def _show_fresh(self, view: AccountView) -> None:
        self.messages.drop(_READ)
        self._show(view)

    def _show(self, view: AccountView) -> None:
        renamed = self._view is None or self._view.header.name != view.header.name
        first, self._view = self._view is None, view
        self._late.stop()
        self._skeleton.stop()
        self.header.show_header(view.header)
        self._show_age(view)
        self.tabs.set_tabs(tuple(shown(kind, view) for kind in self._kinds))
        for tab in self._made.values():
            tab.show_view(view)
        if first:
            had_focus = self._blank.hasFocus() or self.tabs.hasFocus()
            self._show_tab(self.tabs.current_id())
            if had_focus:
                self.focus_first()
        if renamed:
            self.tab_changed.emit()

    def _show_age(self, view: AccountView) -> None:
        """Cached words say how old they are; fresh ones say nothing."""
        age = "" if view.fresh else self.tr("as of {}").format(view.age)
        hint = self.tr("Alt + number")
        self.tabs.show_hint(f"{age}  ·  {hint}" if age else hint)

    def _could_not_read(self, fault: Fault) -> None:
        self._late.stop()
        if self._view is None:
            self._failed.say(self.tr("The account could not be read"), fault.sentence)
            self._stack.setCurrentWidget(self._failed)
            return
        text = self.tr("{} Shown as of {}.").format(fault.sentence, self._view.age)
        message = Message(
            _READ, "warning", text, lead=self.tr("The account could not be read."),
            action=self.tr("Try again"), action_key="Ctrl+R",
        )  # fmt: skip
        self.messages.post(message)

    def _changed(self, change: Change) -> None:
        mine = not change.ids or self._destination.customer_id in change.ids
        stale = self._view is not None and not self._view.fresh
        if (change.kind in _CARES and mine) or (change.kind is Kind.CONNECTION and stale):
            self.refresh()

    # where to

    def _go(self, target: Target) -> None:
        if target.tab not in {kind.id for kind in self._kinds}:
            return
        self._target = target.id
        if self.tabs.current_id() == target.tab:
            self._choose_target()
        else:
            self.tabs.choose(target.tab)

    def _choose_target(self) -> None:
        tab = self._current()
        if tab is not None and self._target:
            tab.choose(self._target)
            self._target = ""

    def _show_tab(self, tab_id: str) -> None:
        self._fold()
        if self._view is None:
            return
        tab = self._made.get(tab_id) or self._make(tab_id)
        self._stack.setCurrentWidget(tab)
        self._choose_target()
        if not self.tabs.hasFocus():
            tab.focus_first()
        self.keys_changed.emit()

    def _make(self, tab_id: str) -> AccountTab:
        kind = next(kind for kind in self._kinds if kind.id == tab_id)
        full = self.workplace.user.may(kind.full)
        tab = kind.make(TabPlace(self._surroundings, read_only=not full, may_add=self._may_add))
        self._made[tab_id] = tab
        self._stack.addWidget(tab)
        tab.went.connect(self._go)
        tab.adding.connect(self._add_product)
        tab.told.connect(self.messages.post)
        tab.keys_changed.connect(self.keys_changed)
        if self._view is not None:
            tab.show_view(self._view)
        tab.set_low(self._is_low())
        return tab

    def _add_product(self) -> None:
        name = self.tab().text
        self.wanted.emit(NewDraft(customer_id=self._destination.customer_id, name=name))

    # how it looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        for tab in self._made.values():
            tab.set_low(self._is_low())

    def _fold(self) -> None:
        first = not self._kinds or self.tabs.current_id() == self._kinds[0].id
        self.header.fold_alerts(self._is_low() or not first)

    def _is_low(self) -> bool:
        return self.height() < self.theme.px(_LOW)

    def _current(self) -> AccountTab | None:
        return self._made.get(self.tabs.current_id()) if self._kinds else None

    def _kind(self) -> TabKind:
        return next(kind for kind in self._kinds if kind.id == self.tabs.current_id())

    def _say_not_allowed(self) -> None:
        self._failed.say(
            self.tr("You may not read accounts"), self.tr("Ask your supervisor for the right.")
        )
        self._stack.setCurrentWidget(self._failed)

    def _show_skeleton(self) -> None:
        if self._view is None:
            self._stack.setCurrentWidget(self._skeleton)
            self._skeleton.start()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.messages)
        column.addWidget(self.tabs)
        for part in (self._blank, self._skeleton, self._failed):
            self._stack.addWidget(part)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._show_skeleton)
        self.tabs.chosen.connect(self._show_tab)
        self.header.went.connect(self._go)
        self.header.adding.connect(self._add_product)
        self.header.copied.connect(self._copied)
        self._failed.acted.connect(self.refresh)
        self.messages.acted.connect(lambda what: self.refresh() if what == _READ else None)
        QShortcut(QKeySequence("C"), self).activated.connect(self._copy_sentence)
        relay = ChangeRelay(self.workplace.changes, self)
        relay.changed.connect(self._changed)

    def _copy_sentence(self) -> None:
        """C: what to say about the order in front, else about the open one."""
        tab = self._current()
        if self._view is None or (tab is not None and tab.copy_sentence()):
            return
        film = self._view.open_order
        if film is not None:
            QGuiApplication.clipboard().setText(film.sentence)
            self.messages.post(Message("copied", "done", film.sentence, lead=self.tr("Copied:")))

    def _copied(self, number: str) -> None:
        self.messages.post(Message("copied", "done", self.tr("{} copied.").format(number)))


def account_page(surroundings: Surroundings, destination: Destination, *, may_add: bool) -> Page:
    """What ui/pages.py makes of a destination."""
    if not isinstance(destination, OpenAccount):
        raise TypeError(type(destination).__name__)
    return AccountPage(surroundings, destination, may_add=may_add)
