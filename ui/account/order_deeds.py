"""What is done about the order in front: asked of the server, and told when it answers."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QObject, Signal

from app.accounts.view import AccountView
from app.changes import Change, Kind
from app.customers.rows import telephone
from app.faults import Fault
from app.language import tr
from app.orders.desk import Stopping
from app.orders.options import Options
from app.orders.records import Film, LogLine
from ui.account.order_in_front import MESSAGE, OrderInFront, nothing, whole
from ui.account.order_page import OrderPage
from ui.account.order_strips import OrderStrips
from ui.account.tab import TabPlace
from ui.change_relay import ChangeRelay
from ui.widgets.message_bar import Message


class OrderDeeds(QObject):
    """`options` carries those of the order in front, `told` a Message; `left`: a strip closed."""

    options = Signal(object)
    told = Signal(object)
    left = Signal()

    def __init__(self, place: TabPlace, page: OrderPage, parent: QObject) -> None:
        super().__init__(parent)
        workplace = place.surroundings.workplace
        self._background = place.surroundings.background
        self._connection = workplace.connection
        self._desk = workplace.orders
        self._page = page
        self._front = OrderInFront(workplace.changes, self)
        self._strips = OrderStrips(place.surroundings, page, self._front, self)
        self._begun: set[str] = set()  # orders that were told to wait no longer
        self._may_cancel = workplace.user.may("order.cancel")
        self._may_change = workplace.user.may("order.amend")
        relay = ChangeRelay(workplace.changes, self)
        relay.changed.connect(self._world_changed)
        self._front.told.connect(self.told)
        self._strips.left.connect(self.left)
        page.hold.undone.connect(self._undo)
        page.hold.begun.connect(self._begin_now)
        page.hold.ended.connect(self._ask_options)

    def show(self, film: Film, view: AccountView) -> None:
        """Another order is in front, or another state of it."""
        other = self._front.film is None or self._front.film.id != film.id
        self._front.film = film
        customer = view.account.customer
        self._front.customer = customer.id if customer else ""
        if other:
            self._strips.leave()
            self._take(Options(film.id))
        self._ask_log(film)
        if film.is_open and (self._may_cancel or self._may_change):
            self._ask_options()
        else:
            self._strips.leave()
            self._take(Options(film.id))

    def _ask_options(self) -> None:
        film = self._front.film
        if film is None:
            return
        self._background.read(
            lambda: self._desk.options(film.id, may_cancel=film.may_cancel),
            owner=self,
            done=self._take,
            failed=lambda _fault: None,  # what is shown stays; the next change asks again
            key="options",
        )

    def _ask_log(self, film: Film) -> None:
        self._background.read(
            lambda: self._desk.log(film),
            owner=self,
            done=lambda lines: self._show_log(film.id, lines),
            failed=nothing,  # the steps stand there
            key="log",
        )

    def _show_log(self, order_id: str, lines: tuple[LogLine, ...]) -> None:
        if self._front.film is not None and self._front.film.id == order_id:
            self._page.show_calls(lines)

    def _take(self, options: Options) -> None:
        if self._front.film is None or options.order_id != self._front.film.id:
            return
        options = options.allowed(cancel=self._may_cancel, change=self._may_change)
        self._front.options = options
        self._page.show_options(options, online=self._connection.online)
        if options.undo_seconds is not None and options.order_id not in self._begun:
            self._page.hold.count_down(options.undo_seconds)
        else:
            self._page.hold.stop()
        self.options.emit(options)

    def _world_changed(self, change: Change) -> None:
        if change.kind is Kind.CONNECTION and self._front.film is not None:
            self._take(self._front.options)
            if self._front.film.is_open and self._connection.online:
                self._ask_options()

    def send_text(self) -> None:
        """Send what is said to the caller as a text; pressed again for the same words, no other."""
        film, customer = self._front.film, self._front.customer
        if film is None or not film.text_to:
            return
        words = hashlib.sha256(film.sentence.encode()).hexdigest()[:16]
        number = telephone(film.text_to)

        def failed(fault: Fault) -> None:
            lead = tr("The text was not sent.")
            self._front.told.emit(Message(MESSAGE, "error", whole(fault), lead=lead))

        self._background.change(
            lambda: self._desk.send_text(customer, film, key=f"{film.id}-{words}"),
            owner=self,
            done=lambda _none: self._front.say(tr("The text goes to {}.").format(number)),
            failed=failed,
        )

    def _undo(self) -> None:
        film = self._front.film
        if film is None:
            return

        def done(stopping: Stopping) -> None:
            self._page.hold.stop()
            self._front.changed()
            if stopping is Stopping.AT_ONCE:
                self._front.say(tr("{} is taken back; nothing was sent.").format(film.number))
            else:
                words = tr("It had begun already. It is being cancelled.")
                self._front.told.emit(Message(MESSAGE, "warning", words))

        self._background.change(
            lambda: self._desk.undo(film.id), owner=self, done=done, failed=self._hold_failed
        )

    def _begin_now(self) -> None:
        film = self._front.film
        if film is None:
            return

        def done(_none: object) -> None:
            self._begun.add(film.id)
            self._page.hold.stop()
            self._front.changed()

        self._background.change(
            lambda: self._desk.begin_now(film.id), owner=self, done=done, failed=self._hold_failed
        )

    def _hold_failed(self, fault: Fault) -> None:
        self._page.hold.ask_again()
        self._front.told.emit(Message(MESSAGE, "error", whole(fault)))
        self._ask_options()
