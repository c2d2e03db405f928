"""The strips of an order: what is typed in them is kept, and sent when it is finished."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from app.faults import Fault, FaultKind
from app.language import tr
from app.orders.amending import Standing, Wanted, changed_words
from app.orders.desk import Stopping
from app.orders.options import Options
from app.orders.records import Film
from ui.account.order_in_front import MESSAGE, OrderInFront, nothing, whole
from ui.account.order_page import OrderPage
from ui.account.order_strip import OrderStrip
from ui.page import Surroundings
from ui.widgets.message_bar import Message

_KEEP_AFTER = 250  # ms after the last key


class OrderStrips(QObject):
    """`left`: a strip was closed. One wish has one key: sent again it is done once."""

    left = Signal()

    def __init__(
        self, surroundings: Surroundings, page: OrderPage, front: OrderInFront, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background = surroundings.background
        self._connection = surroundings.workplace.connection
        self._clock = surroundings.workplace.clock
        self._desk = surroundings.workplace.orders
        self._page = page
        self._front = front
        self._key = ""
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_KEEP_AFTER)
        self._keep.timeout.connect(self._keep_now)
        self._unkept: tuple[str, Mapping[str, str]] | None = None
        page.cancel_wanted.connect(self.open_cancel)
        page.change_wanted.connect(self.open_change)
        page.cancelling.left.connect(self.leave)
        page.changing.left.connect(self.leave)
        page.cancelling.edited.connect(lambda fields: self._edited("cancel", fields))
        page.changing.edited.connect(lambda fields: self._edited("change", fields))
        page.cancelling.confirmed.connect(self._cancel)
        page.changing.wanted.connect(self._amend)

    def open_cancel(self) -> None:
        """Ask why it is cancelled."""
        self._open(
            self._page.cancelling,
            self._page.cancelling.ask,
            "cancel",
            self._front.options.may_cancel,
        )

    def open_change(self) -> None:
        """Ask what is changed."""
        self._open(
            self._page.changing, self._page.changing.ask, "change", self._front.options.may_change
        )

    def _open(
        self,
        strip: OrderStrip,
        ask: Callable[[Film, Options, Mapping[str, str]], None],
        what: str,
        possible: bool,  # noqa: FBT001 - one plain switch
    ) -> None:
        film, options = self._front.film, self._front.options
        if film is None or not possible or not self._connection.online:
            return
        self.leave()
        self._key = uuid.uuid4().hex
        name = f"{film.id}/{what}"

        def loaded(kept: Mapping[str, str]) -> None:
            if self._front.film is not None and self._front.film.id == film.id:
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
        visit = any(what == "visit" for what, _ in self._front.options.changes)
        strip = self._page.changing

        def failed(fault: Fault) -> None:
            strip.words.hide()
            strip.complain(whole(fault))

        def done(standing: Standing) -> None:
            if (
                self._front.film is not None
                and self._front.film.id == order_id
                and not strip.isHidden()
            ):
                strip.show_standing(standing)

        self._background.read(
            lambda: self._desk.standing(order_id, visit=visit),
            owner=self,
            done=done,
            failed=failed,
            key="standing",
        )

    def leave(self) -> None:
        """Close what is open; what was typed is kept."""
        for strip in (self._page.cancelling, self._page.changing):
            if not strip.isHidden():
                strip.hide()
                self.left.emit()
        self._keep_now()

    def _edited(self, what: str, fields: Mapping[str, str]) -> None:
        if self._front.film is not None:
            self._unkept = (f"{self._front.film.id}/{what}", fields)
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
            done=nothing,
            failed=nothing,
        )

    def _forget(self, what: str) -> None:
        """What was typed has been sent."""
        if self._front.film is None:
            return
        self._keep.stop()
        self._unkept = None
        name = f"{self._front.film.id}/{what}"
        self._background.change(
            lambda: self._desk.unfinished.drop(name), owner=self, done=nothing, failed=nothing
        )

    def _cancel(self, reason: str) -> None:
        film, key, strip = self._front.film, self._key, self._page.cancelling
        if film is None:
            return
        strip.show_busy(tr("Cancelling…"))

        def done(stopping: Stopping) -> None:
            strip.show_busy()
            self._front.changed()
            if stopping is Stopping.TOO_LATE:
                strip.complain(tr("It is too late: there is no way back any more."))
                return
            self._forget("cancel")
            self.leave()
            words = tr("{number} is cancelled.")
            if stopping is Stopping.LATER:
                words = tr("{number} is being cancelled; what was done is taken back.")
            self._front.say(words.format(number=film.number))

        self._background.change(
            lambda: self._desk.cancel(film.id, reason, key=key),
            owner=self,
            done=done,
            failed=lambda fault: self._strip_failed(strip, fault),
        )

    def _amend(self, wanted: Wanted) -> None:
        film, key, strip = self._front.film, self._key, self._page.changing
        if film is None:
            return
        strip.show_busy(tr("Changing…"))
        names = {item.id: item.name for item in self._front.options.items}
        words = changed_words(wanted, names, self._clock())

        def done(_none: object) -> None:
            strip.show_busy()
            self._forget("change")
            self.leave()
            self._front.changed()
            lead = tr("{number} is changed:").format(number=film.number)
            self._front.told.emit(Message(MESSAGE, "done", f"{words}.", lead=lead))

        self._background.change(
            lambda: self._desk.amend(film.id, wanted, key=key),
            owner=self,
            done=done,
            failed=lambda fault: self._strip_failed(strip, fault),
        )

    def _strip_failed(self, strip: OrderStrip, fault: Fault) -> None:
        """Say why in the strip, where all that was typed still stands."""
        strip.show_busy()
        strip.complain(whole(fault))
        if not fault.may_have_happened:
            self._key = uuid.uuid4().hex  # the answer was no: what comes next is another wish
        if fault.kind in {FaultKind.CONFLICT, FaultKind.REJECTED}:
            self._front.changed()
            if strip is self._page.changing and self._front.film is not None:
                self._ask_standing(self._front.film.id)
