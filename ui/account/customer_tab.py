"""The first tab: who the customer is, what he has, what moves, what happened last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.accounts.records import Contact, Target
from app.accounts.view import AccountView
from app.language import tr
from app.orders.records import Film
from ui.account.product_groups import ProductGroups
from ui.account.side_rows import SideRows, side_records
from ui.account.tab import AccountTab, AtHand, TabPlace
from ui.columns import Columns
from ui.fact_rows import fact_of
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_rows import FactRows
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.record_list import RecordList
from ui.widgets.scrolled import scrolled
from ui.widgets.status_bar import KeyHint

CONTACTS = 6


class CustomerTab(AccountTab):
    """Three columns in one scrolling page, so that no column scrolls beside another."""

    def __init__(self, place: TabPlace) -> None:
        super().__init__(place)
        theme = self.theme
        self._facts = FactRows(theme, tr("Customer information"))
        self._products = ProductGroups(theme, may_add=self.may_add)
        self._side = _Side(theme)
        self._more: KeyButton | None = None
        self._columns = Columns(theme, self._left(), self._middle(), self._side, _widths(theme))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(self._columns))
        self._connect()

    def show_view(self, view: AccountView) -> None:
        self._facts.set_facts([fact_of(each) for each in view.facts])
        self._products.show_products(view.products)
        self._side.show_view(view)

    def choose(self, target_id: str) -> None:
        self._products.select(target_id)

    def in_front(self) -> AtHand | None:
        return self._products.in_front()

    def focus_first(self) -> None:
        self._products.focus_first()

    def keys(self) -> Sequence[KeyHint]:
        deeds = (KeyHint("M", tr("what can be done")),) if self.may_add else ()
        return (KeyHint("Enter", tr("open")), *deeds, KeyHint("Ctrl+C", tr("copy the fact")))

    def set_low(self, low: bool) -> None:  # noqa: FBT001 - one plain switch
        self._facts.set_low(low)

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        px = self.theme.px
        column.setContentsMargins(px(20), px(12), px(16), px(12))
        column.setSpacing(0)
        column.addWidget(Label(self.theme, tr("Customer information"), "strong"))
        column.addSpacing(px(4))
        column.addWidget(self._facts)
        column.addStretch(1)
        return left

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        px = self.theme.px
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(0)
        column.addWidget(self._products)
        column.addStretch(1)
        return middle

    def _connect(self) -> None:
        self._products.opened.connect(
            lambda product: self.went.emit(Target("subscriptions", product))
        )
        self._products.adding.connect(self.adding)
        self._side.went.connect(self.went)
        self._columns.folded.connect(self._offer_side)
        self._facts.copied.connect(self._copied)

    def _offer_side(self, folded: bool) -> None:  # noqa: FBT001 - a signal's plain switch
        """The button that shows the folded column is made when it is first needed."""
        if folded and self._more is None:
            words = tr("Order and contacts")
            self._more = KeyButton(self.theme, words, "quiet", "small", icon="list", key="D")
            self._more.clicked.connect(self._columns.toggle)
            self._products.add_to_head(self._more)
        if self._more is not None:
            self._more.setVisible(folded)

    def _copied(self, fact_id: str) -> None:
        fact = self._facts.fact(fact_id)
        self.say("copied", tr("{} copied.").format(fact.label))


def _widths(theme: Theme) -> tuple[int, int]:
    layout = theme.tokens.layout
    return layout.overview_left, layout.overview_right


class _Side(QWidget):
    """The open order in short, and what happened last: one list, so that it is one Tab stop."""

    went = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("account-side")
        self._theme = theme
        self._film: Film | None = None
        self._title = ElidedLabel(theme, "", "strong")
        self._chip = Chip(theme, "")
        self._about = ElidedLabel(theme, "", "caption", "ink3")
        self._rows = RecordList(theme, tr("Open order and last contacts"), SideRows(theme))
        self._rows.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._order = QWidget()
        self._none: EmptyState | None = None
        self._build()
        self._rows.opened.connect(self._open)
        self._rows.clicked.connect(lambda _index: self._open(self._rows.current_id()))

    def show_view(self, view: AccountView) -> None:
        self._film = film = view.open_order
        self._order.setVisible(film is not None)
        if film is not None:
            self._title.setText(tr("Open order {}").format(film.number))
            self._chip.show_state(film.state.text, film.state.tone)
            self._about.setText(f"{film.title} · {film.ordered}")
        contacts = view.contacts[:CONTACTS]
        self._rows.set_records(side_records(film, contacts))
        self._rows.setFixedHeight(self._rows.whole_height())
        self._show_none(none=not contacts)

    def _build(self) -> None:
        px = self._theme.px
        order = QVBoxLayout(self._order)
        order.setContentsMargins(0, 0, 0, px(2))
        order.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._chip)
        order.addLayout(head)
        order.addWidget(self._about)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(20), px(12))
        column.setSpacing(0)
        column.addWidget(self._order)
        column.addWidget(self._rows)
        column.addStretch(1)
        self._column = column

    def _show_none(self, *, none: bool) -> None:
        """Made when it is first needed: something happened with most customers."""
        if none and self._none is None:
            self._none = EmptyState(self._theme, "list", tr("Nothing has happened yet"), "")
            self._column.insertWidget(self._column.count() - 1, self._none)
        if self._none is not None:
            self._none.setVisible(none)

    def _open(self, record_id: str) -> None:
        """A contact leads to what it was about, a step to the order."""
        for record in self._rows.records.records():
            if record.id == record_id and isinstance(record, Contact):
                self.went.emit(record.target)
            elif record.id == record_id and self._film is not None:
                self.went.emit(Target("orders", self._film.id))
