"""Cancelling an order: why, what it costs, and what is taken back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal

from app.language import tr
from app.orders.options import Options
from app.orders.reasons import REASON, WORDS, reason_text, reasons, taken_back
from app.orders.records import Film
from ui.account.order_strip import OrderStrip
from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.field import Field
from ui.widgets.label import Run
from ui.widgets.pieces import captioned

_WIDE = 240


class CancelStrip(OrderStrip):
    """`confirmed` carries the reason as it is sent."""

    confirmed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Cancel the order"), tr("Cancel order"), tr("Keep it"), "danger")
        items = tuple(Item(identity, text) for identity, text in reasons())
        self._reason = Choice(theme, tr("Reason"), items)
        self._reason.setFixedWidth(theme.px(_WIDE))
        self._words = Field(theme, tr("In the customer's words"))
        self.add_fields(captioned(theme, tr("Reason"), self._reason), self._words)
        self._reason.chosen.connect(lambda _id: self._changed())
        self._words.edited.connect(self._typed)

    def ask(self, film: Film, options: Options, kept: Mapping[str, str]) -> None:
        """Ask about this order; `kept` is what had been typed before."""
        self.title.setText(tr("Cancel {number}").format(number=film.number))
        self._say(film, options)
        self._reason.choose(kept.get(REASON) or reasons()[0][0])
        self._words.set_text(kept.get(WORDS, ""))
        self.complain("")
        self.show_busy()
        self.show()
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def fields(self) -> Mapping[str, str]:
        return {REASON: self._reason.current_id(), WORDS: self._words.text()}

    def finish(self) -> None:
        if not self.act.isEnabled():
            return
        reason = reason_text(self._reason.current_id(), self._words.text())
        if not reason:
            self.complain(tr("Say the other reason in a few words."))
            self._words.input.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.complain("")
        self.confirmed.emit(reason)

    def _say(self, film: Film, options: Options) -> None:
        costs = tr("It costs {fee}.").format(fee=options.fee)
        lead = costs if options.fee else tr("It costs nothing.")
        rest = options.cancel_words or taken_back(film.steps)
        self.words.say((Run(lead, strong=True), Run(f" {rest}")))

    def _typed(self, text: str) -> None:
        self._words.set_text(text)  # Esc leaves the strip and takes nothing of it away
        self._changed()

    def _changed(self) -> None:
        self.edited.emit(self.fields())
