"""The side of the numbers step: what is chosen, what it costs, how long it is held."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.language import tr
from app.wizard.basket_view import BasketView
from app.wizard.numbers_view import Place
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets.chip import Chip
from ui.widgets.label import Label
from ui.widgets.note import Note
from ui.widgets.panel import Hairline
from ui.wizard.basket import Totals
from ui.wizard.held_number import EmptyPlace, HeldNumber

PriceRows = Sequence[tuple[str, str, bool]]


class ChosenNumbers(QWidget):
    """`dropped` and `again` carry the line whose number is let go or held again."""

    dropped = Signal(str)
    again = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shape: tuple[tuple[str, str], ...] = ()
        self._cards: dict[str, HeldNumber] = {}
        self._prices_shown: tuple[object, ...] = ()
        px = theme.px
        self._chip = Chip(theme, "", "warn")
        self._places = QVBoxLayout()
        self._places.setSpacing(px(8))
        self._prices = QVBoxLayout()
        self._prices.setSpacing(px(4))
        self.totals = Totals(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(16), px(8), px(20), px(16))
        outer.setSpacing(px(8))
        head = QHBoxLayout()
        title = Label(theme, tr("Chosen numbers"), "strong")
        title.setMinimumHeight(px(32))
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._chip)
        outer.addLayout(head)
        outer.addWidget(self._scroll(), 1)
        outer.addWidget(Hairline(theme))
        outer.addWidget(self.totals)

    def show_places(self, places: Sequence[Place]) -> None:
        """Show a card for each line; where only time passes, nothing is built anew."""
        shape = tuple((each.line, each.hold.number if each.hold else each.state) for each in places)
        held = sum(1 for each in places if each.hold or each.state == "comes")
        done = held == len(places)
        self._chip.setVisible(bool(places))
        words = tr("{} of {}").format(held, len(places))
        self._chip.show_state(words, "good" if done else "warn")
        if shape != self._shape:
            self._shape = shape
            self._build(places)
        for each in places:
            if each.line in self._cards:
                self._cards[each.line].show_place(each)

    def show_prices(self, rows: PriceRows, total: str) -> None:
        """Rows in grey are only ticked."""
        shown = (tuple(rows), total)
        if shown == self._prices_shown:
            return
        self._prices_shown = shown
        _empty(self._prices)
        if not rows:
            return
        self._prices.addWidget(Hairline(self._theme))
        self._prices.addWidget(Label(self._theme, tr("Price of the numbers"), "strong"))
        for words, price, ticked in rows:
            self._prices.addLayout(self._pair(words, price, "ink3" if ticked else "ink"))
        self._prices.addWidget(Hairline(self._theme))
        self._prices.addLayout(self._pair(tr("Once"), total, "ink", strong=True))

    def show_totals(self, view: BasketView) -> None:
        self.totals.show_view(view)

    def _scroll(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.px(12))
        rows.addLayout(self._places)
        rows.addLayout(self._prices)
        words = tr("A hold lasts 15 minutes and grows while you type. It ends with the draft.")
        rows.addWidget(Note(self._theme, "info", words))
        rows.addStretch(1)
        area.setWidget(inner)
        return area

    def _build(self, places: Sequence[Place]) -> None:
        _empty(self._places)
        self._cards.clear()
        for each in places:
            if each.hold is None:
                self._places.addWidget(EmptyPlace(self._theme, each.words))
                continue
            card = HeldNumber(self._theme, each)
            card.dropped.connect(self.dropped)
            card.again.connect(self.again)
            self._cards[each.line] = card
            self._places.addWidget(card)

    def _pair(self, words: str, price: str, tone: Tone, *, strong: bool = False) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label(self._theme, words, "caption", tone, strong=strong))
        row.addStretch(1)
        row.addWidget(Label(self._theme, price, "caption", tone, strong=strong))
        return row


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while item := layout.takeAt(0):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, (QVBoxLayout, QHBoxLayout)):
            _empty(inner)
