"""A customer's account under one work tab."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.accounts.records import Target
from app.accounts.view import AccountView
from app.faults import Fault
from app.language import tr
from ui.account.account_body import AccountBody
from ui.account.account_reader import AccountReader
from ui.account.header import AccountHeader
from ui.account.product_deeds import ProductDeeds
from ui.page import Destination, KeyGroup, NewDraft, OpenAccount, Page, Surroundings
from ui.widgets.message_bar import Message
from ui.widgets.status_bar import KeyHint
from ui.widgets.work_tabs import WorkTab

_LOW = 764  # the page of a window of 840, which has a top bar of 48 and a status bar of 28
_READ = "account-read"
CHANGE_KEY = "Ctrl+Shift+N"


class AccountPage(Page):
    """Shows what the store has at once, then what the server says, then every change."""

    def __init__(
        self, surroundings: Surroundings, destination: OpenAccount, *, may_add: bool
    ) -> None:
        """`may_add` says whether there is a page that adds products."""
        super().__init__(surroundings)
        self._destination = destination
        self._view: AccountView | None = None
        self._may_add = may_add and self.workplace.user.may("order.create")
        name, number = destination.name, destination.customer_id
        self.header = AccountHeader(self.theme, name, number, may_add=self._may_add)
        self.body = AccountBody(surroundings, may_add=self._may_add)
        self._reader = AccountReader(surroundings, number, self)
        self.deeds = ProductDeeds(surroundings, self.body, self)
        self.commander = self.deeds if self._may_add else None
        self._build()
        self._connect()
        self._begin()

    def tab(self) -> WorkTab:
        name = self._view.header.name if self._view else self._destination.name
        number = self._destination.customer_id
        return WorkTab(f"account:{number}", name or number, "user")

    def destination(self) -> Destination:
        current = self.body.tabs.current_id() if self.body.allowed() else ""
        return OpenAccount(self._destination.customer_id, self.tab().text, tab=current)

    def view(self) -> AccountView | None:
        """What is shown now; None before anything was read."""
        return self._view

    def keys(self) -> Sequence[KeyHint]:
        tab = self.body.current()
        own = tuple(tab.keys()) if tab is not None else ()
        adds = (KeyHint("P", tr("product")),) if self._may_add else ()
        return (*adds, *own)[:4]

    def key_groups(self) -> Sequence[KeyGroup]:
        more = (KeyHint("P", tr("add or change product")), KeyHint(CHANGE_KEY, tr("the same")))
        adds = more if self._may_add else ()
        deeds = (KeyHint("M", tr("what can be done to the product")),) if self._may_add else ()
        page = (
            *adds,
            *deeds,
            KeyHint("C", tr("copy what to say about the order")),
            KeyHint("Alt+1", tr("first tab, and so on to 9")),
            KeyHint("Ctrl+PgDown", tr("next tab")),
            KeyHint("Ctrl+R", tr("read again")),
        )
        groups = [KeyGroup(tr("Account"), page)]
        tab = self.body.current()
        if tab is not None and tab.keys():
            groups.append(KeyGroup(self.body.current_kind().text, tuple(tab.keys())))
        return groups

    def focus_first(self) -> None:
        self.body.focus_first()

    def regions(self) -> Sequence[QWidget]:
        tab = self.body.current()
        return (self.header, self.body.tabs, *((tab,) if tab is not None else ()))

    def go(self, destination: Destination) -> None:
        if isinstance(destination, OpenAccount) and destination.tab:
            self.body.go(Target(destination.tab))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.body.set_low(self._is_low())
        self._fold_alerts()

    def _begin(self) -> None:
        if not self.body.allowed():
            self.body.show_failed(
                tr("You may not read accounts"), tr("Ask your supervisor for the right.")
            )
            return
        self.go(self._destination)
        self.body.wait()
        self._reader.begin()

    def _show(self, view: AccountView) -> None:
        renamed = self._view is None or self._view.header.name != view.header.name
        self._view = view
        if view.fresh:
            self.messages.drop(_READ)
        self.header.show_header(view.header)
        self.body.show_view(view)
        self.deeds.know(view)
        if renamed:
            self.tab_changed.emit()

    def _could_not_read(self, fault: Fault) -> None:
        if self._view is None:
            self.body.show_failed(tr("The account could not be read"), fault.sentence)
            return
        text = tr("{} Shown as of {}.").format(fault.sentence, self._view.age)
        lead = tr("The account could not be read.")
        action = tr("Try again")
        self.messages.post(
            Message(_READ, "warning", text, lead=lead, action=action, action_key="Ctrl+R")
        )

    def _add_product(self) -> None:
        number, name = self._destination.customer_id, self.tab().text
        tab = self.body.current()
        product = tab.product() if tab is not None else ""
        self.wanted.emit(NewDraft(customer_id=number, name=name, product_id=product))

    def _fold_alerts(self) -> None:
        self.header.fold_alerts(self._is_low() or not self.body.in_front())

    def _is_low(self) -> bool:
        return self.height() < self.theme.px(_LOW)

    def _copy_sentence(self) -> None:
        """C: what to say about the order in front, else about the open one."""
        tab = self.body.current()
        if self._view is None or (tab is not None and tab.copy_sentence()):
            return
        film = self._view.open_order
        if film is not None:
            QGuiApplication.clipboard().setText(film.sentence)
            self.messages.post(Message("copied", "done", film.sentence, lead=tr("Copied:")))

    def _copied(self, number: str) -> None:
        self.messages.post(Message("copied", "done", tr("{} copied.").format(number)))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.messages)
        column.addWidget(self.body, 1)

    def _connect(self) -> None:
        self._reader.arrived.connect(self._show)
        self._reader.failed.connect(self._could_not_read)
        self.header.went.connect(self.body.go)
        self.header.adding.connect(self._add_product)
        self.header.copied.connect(self._copied)
        self.body.adding.connect(self._add_product)
        self.deeds.wanted.connect(self.wanted)
        self.body.told.connect(self.messages.post)
        self.body.turned.connect(self._fold_alerts)
        self.body.turned.connect(self.keys_changed)
        self.body.retry_wanted.connect(self._reader.refresh)
        self.messages.acted.connect(
            lambda message: self._reader.refresh() if message == _READ else None
        )
        QShortcut(QKeySequence("C"), self).activated.connect(self._copy_sentence)
        if self._may_add:
            QShortcut(QKeySequence(CHANGE_KEY), self).activated.connect(self._add_product)
            QShortcut(QKeySequence("M"), self).activated.connect(self.deeds.show_list)
            self.body.doing.connect(self.deeds.show_list)
            self.body.unlocking.connect(lambda: self.deeds.begin("codes"))


def account_page(surroundings: Surroundings, destination: Destination, *, may_add: bool) -> Page:
    """What ui/pages.py makes of a destination."""
    if not isinstance(destination, OpenAccount):
        raise TypeError(type(destination).__name__)
    return AccountPage(surroundings, destination, may_add=may_add)
