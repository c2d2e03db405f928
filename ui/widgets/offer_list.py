"""The list of offers: choose with Space, count with + and −, ask with W why not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.theme.theme import Theme
from ui.widgets.offer_delegate import Offer, OfferDelegate, Refused, Section
from ui.widgets.record_list import RecordList
from ui.widgets.records_model import RECORD


class OfferList(RecordList):
    """`chosen` carries the id of what Space or a click chose or gave up again.

    `quantity_wanted` carries id and figure, `action_asked` the id of what is not offered,
    `why_asked` the id on W. Nothing changes here: who listens shows the new records.
    """

    chosen = Signal(str)
    quantity_wanted = Signal(str, int)
    action_asked = Signal(str)
    why_asked = Signal(str)

    def __init__(self, theme: Theme, name: str, *, parent: QWidget | None = None) -> None:
        self._delegate = OfferDelegate(theme)
        super().__init__(theme, name, self._delegate, parent=parent)
        self.opened.connect(self._act)

    def set_offers(self, offers: Sequence[Section | Offer | Refused]) -> None:
        """Show sections, offers and what is not offered, in this order."""
        self.set_records(offers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        record = self.currentIndex().data(RECORD)
        text = event.text()
        if record is None:
            super().keyPressEvent(event)
        elif text == " ":
            self._act(record.id)
        elif text in {"+", "-"} and isinstance(record, Offer):
            self._count(record, 1 if text == "+" else -1)
        elif text in {"w", "W"} and not event.modifiers():
            self.why_asked.emit(record.id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        record = index.data(RECORD)
        if record is None:
            return
        part = self._delegate.part_at(record, self.visualRect(index), at)
        if part == "action" or (part == "row" and isinstance(record, Offer)):
            self._act(record.id)
        elif isinstance(record, Offer):
            self._count(record, 1 if part == "more" else -1)

    def _act(self, record_id: str) -> None:
        row = self.records.row_of(record_id)
        record = self.records.index(row).data(RECORD)
        if isinstance(record, Offer):
            self.chosen.emit(record_id)
        elif isinstance(record, Refused) and record.action:
            self.action_asked.emit(record_id)

    def _count(self, offer: Offer, step: int) -> None:
        wanted = max(0, min(offer.most, offer.quantity + step))
        if wanted != offer.quantity:
            self.quantity_wanted.emit(offer.id, wanted)
