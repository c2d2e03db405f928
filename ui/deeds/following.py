"""What is heard of a deed once it was pressed: the seconds to take it back, refusals, faults."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.faults import Fault
from app.language import tr
from app.orders.desk import OrderDesk, Stopping
from app.orders.options import Options
from app.wizard.service import Outcome
from ui.background import Background
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_view import DeedView
from ui.widgets.message_bar import Message, MessageBar

_SEND, _UNDO = "deed-send", "deed-undo"


class Following(QObject):
    """`turned`: tab and keys are others now; `looked_for`: read how far it has come."""

    turned = Signal()
    looked_for = Signal()

    def __init__(
        self,
        desk: DeedDesk,
        view: DeedView,
        orders: OrderDesk,
        background: Background,
        messages: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._orders = orders
        self._background = background
        self._messages = messages
        desk.answered.connect(self._answered)
        desk.refused.connect(self._refused)
        desk.failed.connect(self._not_sent)
        bar = view.sent.hold
        bar.undone.connect(self._undo)
        bar.begun.connect(self._begin_now)
        bar.ended.connect(self.looked_for)

    @property
    def _order_id(self) -> str:
        return self._desk.outcome.order_id if self._desk.outcome else ""

    def _answered(self, outcome: Outcome) -> None:
        self._messages.drop(_SEND)
        self._view.show_outcome(outcome)
        self.turned.emit()
        if not outcome.order_id:
            return
        order_id, orders = outcome.order_id, self._orders
        self._background.read(
            lambda: orders.options(order_id, may_cancel=False),
            owner=self,
            done=self._show_options,
            failed=_nothing,
            key="options",
        )
        self.looked_for.emit()

    def _show_options(self, options: Options) -> None:
        if options.undo_seconds is not None:
            self._view.sent.hold.count_down(options.undo_seconds)

    def _undo(self) -> None:
        """Take the order back before it begins: the form stands as it was."""
        order_id, orders = self._order_id, self._orders

        def undone(stopping: Stopping) -> None:
            if stopping is not Stopping.AT_ONCE:
                self._too_late(tr("It had begun already."))
                return
            self._desk.take_back()
            self._view.show_again()
            words = tr("Nothing of it happened. What you typed is still here.")
            self._messages.post(Message(_UNDO, "done", words, lead=tr("Taken back.")))
            self.turned.emit()

        self._background.change(
            lambda: orders.undo(order_id),
            owner=self,
            done=undone,
            failed=lambda fault: self._too_late(fault.sentence),
        )

    def _begin_now(self) -> None:
        order_id, orders = self._order_id, self._orders

        def begun(_nothing: object) -> None:
            self._view.sent.hold.stop()
            self.looked_for.emit()

        self._background.change(
            lambda: orders.begin_now(order_id),
            owner=self,
            done=begun,
            failed=lambda fault: self._too_late(fault.sentence),
        )

    def _too_late(self, text: str) -> None:
        self._messages.post(Message(_UNDO, "warning", text, lead=tr("It was not taken back.")))
        self.looked_for.emit()

    def _refused(self, outcome: Outcome) -> None:
        words = " ".join(dict.fromkeys((outcome.sentence, *(text for _, text in outcome.fields))))
        lead = tr("The server refused this:")
        self._messages.post(Message(_SEND, "error", words, lead=lead))

    def _not_sent(self, fault: Fault) -> None:
        lead = tr("It was not sent.")
        self._messages.post(Message(_SEND, "error", fault.sentence, lead=lead))


def _nothing(_result: object) -> None:
    """Nobody waits for this."""
