"""All orders in lanes, and of the chosen one: its film, what to say, what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.accounts.view import AccountView
from app.language import tr
from app.orders.options import Options
from app.orders.records import Film
from ui.account.order_deeds import OrderDeeds
from ui.account.order_page import OrderPage
from ui.account.order_rows import OrderRows, order_records
from ui.account.order_side import OrderSide
from ui.account.tab import AccountTab, TabPlace
from ui.columns import Columns
from ui.widgets.empty_state import EmptyState
from ui.widgets.record_list import RecordList
from ui.widgets.scrolled import scrolled
from ui.widgets.status_bar import KeyHint


class OrdersTab(AccountTab):
    """The list keeps the focus: Up and Down go through orders, C copies, L shows the log."""

    def __init__(self, place: TabPlace) -> None:
        super().__init__(place)
        theme = self.theme
        self._view: AccountView | None = None
        self._film: Film | None = None
        self._list = RecordList(theme, tr("Orders"), OrderRows(theme))
        self._page = OrderPage(theme, self.workplace.clock)
        self._side = OrderSide(theme)
        self._stack = QStackedWidget()
        self._deeds = OrderDeeds(place, self._page, self)
        self._build()
        self._list.current_changed.connect(self._show_order)
        self._list.opened.connect(lambda _id: self._page.focus_film())
        self._side.copied.connect(self._copy_sentence)
        self._page.copied.connect(self._copy_number)
        self._deeds.told.connect(self.told)
        self._deeds.options.connect(self._show_options)
        self._side.text_wanted.connect(self._deeds.send_text)
        self._deeds.left.connect(self.focus_first)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self).activated.connect(
            self._page.cancel.click
        )

    def show_view(self, view: AccountView) -> None:
        self._view = view
        records = order_records(view.orders)
        self._list.set_records(records)
        if not records and self._stack.count() == 1:
            self._stack.addWidget(self._no_orders())
        self._stack.setCurrentIndex(0 if records else 1)
        if not self._list.current_id():
            self._list.choose(next((row.id for row in view.orders), ""))
        self._show_order(self._list.current_id())

    def choose(self, target_id: str) -> None:
        self._list.choose(target_id)

    def focus_first(self) -> None:
        self._list.setFocus()

    def keys(self) -> Sequence[KeyHint]:
        keys = [KeyHint("Up Down", tr("order")), KeyHint("C", tr("copy sentence"))]
        if self._page.change.isVisible():
            keys.append(KeyHint("A", tr("change")))
        if self._page.cancel.isVisible():
            keys.append(KeyHint("Del", tr("cancel order")))
        return (*keys, KeyHint("L", tr("log")))

    def copy_sentence(self) -> bool:
        return self._side.copy_sentence()

    def _show_order(self, order_id: str) -> None:
        film = self._view.film(order_id) if self._view is not None else None
        if self._view is not None and film is not None and film is not self._film:
            self._film = film
            self._page.show_film(film)
            self._side.show_film(film)
            self._deeds.show(film, self._view)

    def _show_options(self, options: Options) -> None:
        self._side.show_options(options)
        may = self.workplace.user.may("letter.send") and self._film is not None
        to = self._film.text_to if self._film is not None else ""
        self._side.show_text(may=may and bool(to), online=self.workplace.connection.online)
        self.keys_changed.emit()

    def _copy_sentence(self, sentence: str) -> None:
        QGuiApplication.clipboard().setText(sentence)
        self.say("copied", tr("The sentence is copied."))

    def _copy_number(self, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        self.say("copied", tr("{} copied.").format(number))

    def _no_orders(self) -> EmptyState:
        words = tr("Orders appear here when a product is added.")
        return EmptyState(self.theme, "list", tr("No orders"), words)

    def _build(self) -> None:
        theme = self.theme
        layout = theme.tokens.layout
        widths = (layout.orders_list, layout.orders_side)
        columns = Columns(theme, self._list, scrolled(self._page), scrolled(self._side), widths)
        columns.folded.connect(self._page.more.setVisible)
        self._page.more.clicked.connect(columns.toggle)
        self._stack.addWidget(columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
