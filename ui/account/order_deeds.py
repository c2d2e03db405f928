"""What is done about the order in front: asked of the server, and told when it answers."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from app.accounts.view import AccountView
from app.changes import Change, Kind
from app.customers.rows import telephone
from app.faults import Fault, FaultKind
from app.language import tr
from app.orders.amending import Standing, Wanted, changed_words
from app.orders.desk import Stopping
from app.orders.options import Options
from app.orders.records import Film, LogLine
from ui.account.order_page import OrderPage
from ui.account.order_strip import OrderStrip
from ui.account.tab import TabPlace
from ui.change_relay import ChangeRelay
from ui.widgets.message_bar import Message

_KEEP_AFTER = 250  # ms after the last key
_MESSAGE = "order-deed"


class OrderDeeds(QObject):
    """`options` carries those of the order in front, `told` a Message, `left` that a strip closed.

    One wish has one key: sent again after a lost answer it is done once.
    """

    options = Signal(object)
    told = Signal(object)
    left = Signal()

    def __init__(self, place: TabPlace, page: OrderPage, parent: QObject) -> None:
        super().__init__(parent)
        self._background = place.surroundings.background
        self._workplace = place.surroundings.workplace
        self._desk = self._workplace.orders
        self._page = page
        self._film: Film | None = None
        self._customer = ""
        self._options = Options("")
        self._begun: set[str] = set()  # orders that were told to wait no longer
        self._key = ""
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_KEEP_AFTER)
        self._keep.timeout.connect(self._keep_now)
        self._unkept: tuple[str, Mapping[str, str]] | None = None
        user = self._workplace.user
        self._may_cancel = user.may("order.cancel")
        self._may_change = user.may("order.amend")
        relay = ChangeRelay(self._workplace.changes, self)
        relay.changed.connect(self._world_changed)
        self._connect()

    def show(self, film: Film, view: AccountView) -> None:
        """Another order is in front, or another state of it."""
        other = self._film is None or self._film.id != film.id
        self._film = film
        customer = view.account.customer
        self._customer = customer.id if customer else ""
        if other:
            self._leave_strips()
            self._take(Options(film.id))
        self._ask_log(film)
        if film.is_open and (self._may_cancel or self._may_change):
            self._ask_options()
        else:
            self._leave_strips()
            self._take(Options(film.id))

    def open_cancel(self) -> None:
        """Ask why it is cancelled."""
        self._open(
            self._page.cancelling, self._page.cancelling.ask, "cancel", self._options.may_cancel
        )

    def open_change(self) -> None:
        """Ask what is changed."""
        self._open(self._page.changing, self._page.changing.ask, "change", self._options.may_change)

    def close_strip(self) -> bool:
        """Leave the strip that is open; False where none is."""
        was_open = not (self._page.cancelling.isHidden() and self._page.changing.isHidden())
        self._leave_strips()
        return was_open

    # --- what can be done ---------------------------------------------------------------

    def _ask_options(self) -> None:
        film = self._film
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
            failed=_nothing,  # the steps stand there
            key="log",
        )

    def _show_log(self, order_id: str, lines: tuple[LogLine, ...]) -> None:
        if self._film is not None and self._film.id == order_id:
            self._page.show_calls(lines)

    def _take(self, options: Options) -> None:
        if self._film is None or options.order_id != self._film.id:
            return
        options = options.allowed(cancel=self._may_cancel, change=self._may_change)
        self._options = options
        self._page.show_options(options, online=self._workplace.connection.online)
        if options.undo_seconds is not None and options.order_id not in self._begun:
            self._page.hold.count_down(options.undo_seconds)
        else:
            self._page.hold.stop()
        self.options.emit(options)

    def _world_changed(self, change: Change) -> None:
        if change.kind is Kind.CONNECTION and self._film is not None:
            self._take(self._options)
            if self._film.is_open and self._workplace.connection.online:
                self._ask_options()

    # --- the strips ---------------------------------------------------------------------

    def _open(
        self,
        strip: OrderStrip,
        ask: Callable[[Film, Options, Mapping[str, str]], None],
        what: str,
        possible: bool,  # noqa: FBT001 - one plain switch
    ) -> None:
        film, options = self._film, self._options
        if film is None or not possible or not self._workplace.connection.online:
            return
        self._leave_strips()
        self._key = uuid.uuid4().hex
        name = f"{film.id}/{what}"

        def loaded(kept: Mapping[str, str]) -> None:
            if self._film is not None and self._film.id == film.id:
                ask(film, options, kept)
                if strip is self._page.changing:
                    self._ask_standing(film.id)

        self._background.read(
            lambda: self._desk.unfinished.load(name),
            owner=self,
            done=loaded,
            failed=lambda _fault: loaded({}),
            key="unfinished",
        )

    def _ask_standing(self, order_id: str) -> None:
        visit = any(what == "visit" for what, _ in self._options.changes)
        strip = self._page.changing

        def failed(fault: Fault) -> None:
            strip.words.hide()
            strip.complain(_whole(fault))

        def done(standing: Standing) -> None:
            if self._film is not None and self._film.id == order_id and not strip.isHidden():
                strip.show_standing(standing)

        self._background.read(
            lambda: self._desk.standing(order_id, visit=visit),
            owner=self,
            done=done,
            failed=failed,
            key="standing",
        )

    def _leave_strips(self) -> None:
        for strip in (self._page.cancelling, self._page.changing):
            if not strip.isHidden():
                strip.hide()
                self.left.emit()
        self._keep_now()

    def _edited(self, what: str, fields: Mapping[str, str]) -> None:
        if self._film is not None:
            self._unkept = (f"{self._film.id}/{what}", fields)
            self._keep.start()

    def _keep_now(self) -> None:
        self._keep.stop()
        if self._unkept is None:
            return
        name, fields = self._unkept
        self._unkept = None
        self._background.change(
            lambda: self._desk.unfinished.note(name, fields),
            owner=self,
            done=_nothing,
            failed=_nothing,
        )

    def _forget(self, what: str) -> None:
        """What was typed has been sent."""
        if self._film is None:
            return
        self._keep.stop()
        self._unkept = None
        name = f"{self._film.id}/{what}"
        self._background.change(
            lambda: self._desk.unfinished.drop(name), owner=self, done=_nothing, failed=_nothing
        )

    # --- doing it -----------------------------------------------------------------------

    def _cancel(self, reason: str) -> None:
        film, key, strip = self._film, self._key, self._page.cancelling
        if film is None:
            return
        strip.show_busy(tr("Cancelling…"))

        def done(stopping: Stopping) -> None:
            strip.show_busy()
            self._changed()
            if stopping is Stopping.TOO_LATE:
                strip.complain(tr("It is too late: there is no way back any more."))
                return
            self._forget("cancel")
            self._leave_strips()
            words = tr("{number} is cancelled.")
            if stopping is Stopping.LATER:
                words = tr("{number} is being cancelled; what was done is taken back.")
            self._say(words.format(number=film.number))

        self._background.change(
            lambda: self._desk.cancel(film.id, reason, key=key),
            owner=self,
            done=done,
            failed=lambda fault: self._strip_failed(strip, fault),
        )

    def _amend(self, wanted: Wanted) -> None:
        film, key, strip = self._film, self._key, self._page.changing
        if film is None:
            return
        strip.show_busy(tr("Changing…"))
        names = {item.id: item.name for item in self._options.items}
        words = changed_words(wanted, names, self._workplace.clock())

        def done(_none: object) -> None:
            strip.show_busy()
            self._forget("change")
            self._leave_strips()
            self._changed()
            lead = tr("{number} is changed:").format(number=film.number)
            self.told.emit(Message(_MESSAGE, "done", f"{words}.", lead=lead))

        self._background.change(
            lambda: self._desk.amend(film.id, wanted, key=key),
            owner=self,
            done=done,
            failed=lambda fault: self._strip_failed(strip, fault),
        )

    def send_text(self) -> None:
        """Send what is said to the caller as a text; pressed again for the same words, no other."""
        film, customer = self._film, self._customer
        if film is None or not film.text_to:
            return
        words = hashlib.sha256(film.sentence.encode()).hexdigest()[:16]
        number = telephone(film.text_to)

        def failed(fault: Fault) -> None:
            lead = tr("The text was not sent.")
            self.told.emit(Message(_MESSAGE, "error", _whole(fault), lead=lead))

        self._background.change(
            lambda: self._desk.send_text(customer, film, key=f"{film.id}-{words}"),
            owner=self,
            done=lambda _none: self._say(tr("The text goes to {}.").format(number)),
            failed=failed,
        )

    def _strip_failed(self, strip: OrderStrip, fault: Fault) -> None:
        """Say why in the strip, where all that was typed still stands."""
        strip.show_busy()
        strip.complain(_whole(fault))
        if not fault.may_have_happened:
            self._key = uuid.uuid4().hex  # the answer was no: what comes next is another wish
        if fault.kind in {FaultKind.CONFLICT, FaultKind.REJECTED}:
            self._changed()
            if strip is self._page.changing and self._film is not None:
                self._ask_standing(self._film.id)

    def _undo(self) -> None:
        film = self._film
        if film is None:
            return

        def done(stopping: Stopping) -> None:
            self._page.hold.stop()
            self._changed()
            if stopping is Stopping.AT_ONCE:
                self._say(tr("{} is taken back; nothing was sent.").format(film.number))
            else:
                words = tr("It had begun already. It is being cancelled.")
                self.told.emit(Message(_MESSAGE, "warning", words))

        self._background.change(
            lambda: self._desk.undo(film.id), owner=self, done=done, failed=self._hold_failed
        )

    def _begin_now(self) -> None:
        film = self._film
        if film is None:
            return

        def done(_none: object) -> None:
            self._begun.add(film.id)
            self._page.hold.stop()
            self._changed()

        self._background.change(
            lambda: self._desk.begin_now(film.id), owner=self, done=done, failed=self._hold_failed
        )

    def _hold_failed(self, fault: Fault) -> None:
        self._page.hold.ask_again()
        self.told.emit(Message(_MESSAGE, "error", _whole(fault)))
        self._ask_options()

    def _changed(self) -> None:
        """Every screen that shows the customer reads anew."""
        self._workplace.changes.announce(Kind.ORDER, self._customer)

    def _say(self, words: str) -> None:
        self.told.emit(Message(_MESSAGE, "done", words))

    def _connect(self) -> None:
        page = self._page
        page.cancel_wanted.connect(self.open_cancel)
        page.change_wanted.connect(self.open_change)
        page.cancelling.left.connect(self._leave_strips)
        page.changing.left.connect(self._leave_strips)
        page.cancelling.edited.connect(lambda fields: self._edited("cancel", fields))
        page.changing.edited.connect(lambda fields: self._edited("change", fields))
        page.cancelling.confirmed.connect(self._cancel)
        page.changing.wanted.connect(self._amend)
        page.hold.undone.connect(self._undo)
        page.hold.begun.connect(self._begin_now)
        page.hold.ended.connect(self._ask_options)


def _whole(fault: Fault) -> str:
    return " ".join((fault.sentence, *fault.fields.values()))


def _nothing(_result: object) -> None:
    """Nobody waits for this."""
