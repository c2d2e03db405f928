"""The order in front: what is known of it, and how others hear that it has changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.changes import Changes, Kind
from app.faults import Fault
from app.orders.options import Options
from app.orders.records import Film
from ui.widgets.message_bar import Message

MESSAGE = "order-deed"


class OrderInFront(QObject):
    """What those who act on the order share. `told` carries a Message."""

    told = Signal(object)

    def __init__(self, changes: Changes, parent: QObject) -> None:
        super().__init__(parent)
        self._changes = changes
        self.film: Film | None = None
        self.customer = ""
        self.options = Options("")

    def is_order(self, order_id: str) -> bool:
        """Whether this order is still in front."""
        return self.film is not None and self.film.id == order_id

    def changed(self) -> None:
        """Every screen that shows the customer reads anew."""
        self._changes.announce(Kind.ORDER, self.customer)

    def say(self, words: str) -> None:
        """Tell in passing that something was done."""
        self.told.emit(Message(MESSAGE, "done", words))


def whole(fault: Fault) -> str:
    """What went wrong, with what is wrong about each field."""
    return " ".join((fault.sentence, *fault.fields.values()))


def nothing(_result: object) -> None:
    """Nobody waits for this."""
