"""The main window: joins rail, top bar, pages and status bar; the pages do the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout

from app.desk_state import DeskState
from app.language import tr
from ui.contacts import Contacts
from ui.kept_tabs import KeptTabs
from ui.keys.sheet import KeySheet, keys_everywhere
from ui.line import LineKeeper
from ui.messages import Messages
from ui.open_pages import HOME, OpenPages
from ui.page import (
    Destination,
    GoHome,
    Maker,
    NewDraft,
    OpenAccount,
    OpenProducts,
    OpenWork,
    Page,
    Surroundings,
)
from ui.rounds import Rounds
from ui.search.search_box import SearchBox
from ui.shell.offline_bar import OfflineBar
from ui.shell.own_menu import OwnMenu
from ui.shell.page_frame import PageFrame
from ui.shell.top_bar import TopBar
from ui.signin.again_bar import AgainBar
from ui.theme.theme import Theme
from ui.widgets.focus_ring import FocusRing
from ui.widgets.message_bar import MessageBar
from ui.widgets.panel import Ground
from ui.widgets.rail import Place, Rail
from ui.widgets.status_bar import KeyHint, StatusBar
from ui.widgets.work_tabs import WorkTabs
from ui.work_badge import WorkBadge

CUSTOMERS, WORK, PRODUCTS, KEYS = "customers", "work", "products", "keys"
_KEYS_SHOWN = 4  # of the page's own; "all keys" is the fifth


class MainWindow(Ground):
    """One signed-in person's window. `state_changed` when size or look are to be remembered."""

    signed_out = Signal()
    closed = Signal()
    state_changed = Signal()

    def __init__(
        self,
        surroundings: Surroundings,
        makers: Mapping[type[Destination], Maker],
        app: QApplication,
        state: DeskState,
        about: str,
    ) -> None:
        super().__init__(surroundings.theme, "shell")
        self._surroundings = surroundings
        self.may_close: Callable[[], bool] = lambda: True
        self._theme: Theme = surroundings.theme
        self._workplace = surroundings.workplace
        self._may_create = NewDraft in makers and self._workplace.user.may("order.create")
        products = self._workplace.products
        self._may_products = OpenProducts in makers and (products.may_edit or products.may_approve)
        self._may_work = OpenWork in makers and self._workplace.worklist.may_read
        self.setWindowTitle(f"Jackfield · {self._workplace.welcome.operator.name}".rstrip(" ·"))
        self._make_parts(makers, about)
        self._lay_out()
        self._connect()
        self._bind_keys()
        self._ring = FocusRing(self._theme, app, self)
        wide, high = self._theme.tokens.layout.window_min
        self.setMinimumSize(wide, high)
        self.resize(state.width, state.height)
        self.pages.open(GoHome())
        self._say_store_notices()

    def restore_tabs(self) -> None:
        """Bring back the tabs of the last time; their pages are built when they are shown."""
        self._kept.restore()

    def open(self, destination: Destination) -> None:
        self.pages.open(destination)

    def call(self, number: str) -> None:
        """A call rings: open the account it belongs to, or show who may be calling."""
        self._contacts.call(number)

    def unsent(self) -> int:
        """How many commands still wait to be sent."""
        return self._line.waiting

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.pages.close_all()
        self._kept.keep()
        self.state_changed.emit()
        self.closed.emit()
        super().closeEvent(event)

    def _make_parts(self, makers: Mapping[type[Destination], Maker], about: str) -> None:
        theme, background = self._theme, self._surroundings.background
        workplace = self._workplace
        user, operator = workplace.user, workplace.welcome.operator.name
        self.tabs = WorkTabs(theme, tr("Open work"))
        self.search = SearchBox(theme, background, workplace, self, may_create=self._may_create)
        where = " · ".join(part for part in (operator, user.team) if part)
        self.top = TopBar(
            theme,
            self.search,
            self.tabs,
            where=where,
            initials=user.initials,
            person=user.name,
            new_tab=tr("New customer") if self._may_create else "",
        )
        self.rail = Rail(theme, self._places(makers))
        self.stack = QStackedWidget()
        self.pages = OpenPages(self._surroundings, makers, self.tabs, self.stack)
        self.messages = Messages(self._bar_in_front, self)
        self.offline = OfflineBar(theme, self)
        self.again = AgainBar(theme, user.name)
        self.status = StatusBar(theme)
        self._line = LineKeeper(
            background,
            workplace,
            self.messages,
            status=self.status,
            offline=self.offline,
            again=self.again,
            parent=self,
        )
        self.menu = OwnMenu(theme, self, user, about, products=self._may_products)
        self.key_sheet = KeySheet(theme, self)
        preferences = workplace.store.preferences
        self._kept = KeptTabs(background, preferences, self.pages)
        self._contacts = Contacts(self._surroundings, self.pages)
        self._rounds = Rounds(self.rail, self.tabs, self.pages)
        if self._may_work:
            self._work_badge = WorkBadge(background, workplace, self.rail, WORK)

    def _places(self, makers: Mapping[type[Destination], Maker]) -> list[Place]:
        """Only places that exist."""
        places = [Place(HOME, "home", tr("Home"))]
        if OpenAccount in makers:
            places.append(Place(CUSTOMERS, "users", tr("Customers")))
        if self._may_work:
            places.append(Place(WORK, "film", tr("Orders")))
        if self._may_products:
            places.append(Place(PRODUCTS, "box", tr("Products")))
        return [*places, Place(KEYS, "keyboard", tr("Keys"), foot=True)]

    def _lay_out(self) -> None:
        frame = PageFrame(self._theme)
        frame.body.addWidget(self.again)
        frame.body.addWidget(self.offline)
        frame.body.addWidget(self.stack, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(frame, 1)
        right.addWidget(self.status)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.top)
        rows.addLayout(middle, 1)

    def _connect(self) -> None:
        self._surroundings.background.unhandled.connect(self.messages.fault)
        self.pages.shown.connect(self._page_shown)
        self.pages.keys_changed.connect(self._show_keys)
        self.rail.chosen.connect(self._go_to_place)
        self.search.opened.connect(lambda id_, name: self.open(OpenAccount(id_, name)))
        self.search.commander = self.pages.commander
        self.search.opened_beside.connect(
            lambda id_, name: self.open(OpenAccount(id_, name, beside=True))
        )
        self.top.help_wanted.connect(self.show_all_keys)
        self.top.menu_wanted.connect(lambda: self.menu.open_under(self.top.initials))
        self.top.new_wanted.connect(self._new_customer)
        self.menu.look_changed.connect(self.state_changed)
        self.menu.sign_out_wanted.connect(self._sign_out)
        self.menu.products_wanted.connect(lambda: self.open(OpenProducts()))

    def _bind_keys(self) -> None:
        bound = {
            "Ctrl+K": self._go_to_search,
            "F6": lambda: self._rounds.go(1),
            "Shift+F6": lambda: self._rounds.go(-1),
            "F1": self.show_all_keys,
            "?": self.show_all_keys,
        }
        if self._may_create:
            bound["Ctrl+N"] = self._new_customer
        if self._may_products:
            bound["Ctrl+Shift+P"] = lambda: self.open(OpenProducts())
        if self._may_work:
            bound["Ctrl+Shift+W"] = lambda: self.open(OpenWork())
        for key, act in bound.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def show_all_keys(self) -> None:
        """The sheet of all keys of this screen."""
        page = self.pages.current()
        groups = page.key_groups() if page is not None else ()
        everywhere = keys_everywhere(
            may_create=self._may_create, products=self._may_products, worklist=self._may_work
        )
        self.key_sheet.show_groups([*groups, everywhere], self.top.help)

    def _bar_in_front(self) -> MessageBar | None:
        page = self.pages.current()
        return page.messages if page is not None else None

    def _page_shown(self, page: Page) -> None:
        front = self.pages.current_id()
        self.top.show_search(on=front != HOME)
        self.rail.show_current(front if front in {HOME, WORK, PRODUCTS} else CUSTOMERS)
        self._show_keys()
        del page

    def _show_keys(self) -> None:
        page = self.pages.current()
        own: Sequence[KeyHint] = page.keys() if page is not None else ()
        self.status.show_keys([*own[:_KEYS_SHOWN], KeyHint("?", tr("all keys"))])

    def _go_to_place(self, place: str) -> None:
        if place == KEYS:
            self.show_all_keys()
        elif place == CUSTOMERS and self.pages.last_account():
            self.pages.show_tab(self.pages.last_account())
        elif place == PRODUCTS:
            self.open(OpenProducts())
        elif place == WORK:
            self.open(OpenWork())
        else:
            self.open(GoHome())

    def _go_to_search(self) -> None:
        page = self.pages.current()
        if self.pages.current_id() == HOME and page is not None:
            page.focus_first()
        else:
            self.top.focus_search()

    def _new_customer(self) -> None:
        typed = getattr(self.pages.current(), "new_customer", None)
        self.open(typed() if typed is not None else NewDraft())

    def _say_store_notices(self) -> None:
        store = self._workplace.store
        for notice in store.notices:
            self.messages.say("warning", notice.sentence)
        if store.why:
            self.messages.say("warning", store.why, name="store")

    def _sign_out(self) -> None:
        self.menu.close_up()
        session = self._workplace.session
        self._surroundings.background.change(
            session.sign_out, owner=self, done=lambda _nothing: self.signed_out.emit()
        )
