"""The list of the service step: where it goes first, and what of it is seen."""

from __future__ import annotations

from ui.widgets.offer_delegate import Offer, Refused
from ui.widgets.offer_list import OfferList


class ServiceList(OfferList):
    """Offers, and under them what is not offered."""

    def choose_first(self, kind: type[Offer | Refused]) -> None:
        """Make the first row of a kind current, and bring it into sight."""
        rows = self.records.records()
        first = next((each for each in rows if isinstance(each, kind)), None)
        if first is None:
            return
        self.choose(first.id)
        if kind is Refused:
            row = self.records.index(self.records.row_of(first.id))
            self.scrollTo(row, self.ScrollHint.PositionAtCenter)

    def refused_in_sight(self) -> list[str]:
        """What is not offered and is seen now, the current one first."""
        seen, current = self.viewport().rect(), self.current_id()
        codes = [
            record.id
            for at, record in enumerate(self.records.records())
            if isinstance(record, Refused)
            and self.visualRect(self.records.index(at)).intersects(seen)
        ]
        return sorted(codes, key=lambda code: code != current)
