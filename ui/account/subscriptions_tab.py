"""All products with terms, prices and states; what ended stays below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.accounts.view import AccountView
from app.deeds.codes import RIGHT
from app.language import tr
from app.texts import money
from ui.account.product_rows import ProductHead, ProductRows, product_records
from ui.account.tab import AccountTab, AtHand, TabPlace
from ui.columns import Columns
from ui.fact_rows import fact_of
from ui.widgets.button import KeyButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_rows import Fact, FactRows
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.panel import Hairline
from ui.widgets.record_list import RecordList
from ui.widgets.scrolled import scrolled
from ui.widgets.secret_field import DOTS
from ui.widgets.status_bar import KeyHint

PUK = "puk"


class SubscriptionsTab(AccountTab):
    """A list in groups, and beside it all that is known of the product chosen."""

    def __init__(self, place: TabPlace) -> None:
        super().__init__(place)
        theme = self.theme
        self._view: AccountView | None = None
        rows = ProductRows(theme)
        self._list = RecordList(theme, tr("Products"), rows)
        self._head = ProductHead(theme, rows, self._list)
        self._sum = Label(theme, "", "row", strong=True)
        self._name = ElidedLabel(theme, "", "strong")
        self._facts = FactRows(theme, tr("Facts of the product"), label_width=104)
        self._empty: EmptyState | None = None
        self._more = KeyButton(theme, tr("Details"), "quiet", "small", icon="list", key="D")
        self._change = KeyButton(
            theme, tr("What can be done"), size="small", key="M", bind_key=False
        )
        self._build()
        self._list.current_changed.connect(self._show_product)
        self._list.opened.connect(lambda _id: self.doing.emit())
        self._change.clicked.connect(self.doing)
        self._facts.copied.connect(lambda _id: self.say("copied", tr("Copied.")))
        self._facts.opened.connect(self._open_fact)

    def show_view(self, view: AccountView) -> None:
        self._view = view
        records = product_records(view.products)
        self._list.set_records(records)
        self._list.setVisible(bool(records))
        self._show_empty(empty=not records)
        self._sum.setText(f"{view.products.total_words} {money(view.products.total)}")
        if not self._list.current_id():
            first = [each.id for each in records if each.can_be_current()]
            self._list.choose(first[0] if first else "")
        self._show_product(self._list.current_id())

    def choose(self, target_id: str) -> None:
        self._list.choose(target_id)

    def product(self) -> str:
        current = self._list.current_id()
        if self._view is None:
            return ""
        groups = self._view.products.groups
        held = [each for group in groups for each in (*group.products, *group.savings)]
        return current if any(each.id == current and each.is_held for each in held) else ""

    def in_front(self) -> AtHand | None:
        product = self.product()
        rect = self._list.visualRect(self._list.currentIndex())
        return AtHand(product, self._list, rect) if product else None

    def focus_first(self) -> None:
        self._list.setFocus()

    def keys(self) -> Sequence[KeyHint]:
        change = (KeyHint("M", tr("what can be done")),) if self.may_add else ()
        return (KeyHint("Up Down", tr("product")), *change)

    def _show_product(self, product_id: str) -> None:
        if self._view is None:
            return
        every = [each for group in self._view.products.groups for each in group.products]
        every += [*self._view.products.ended]
        every += [each for group in self._view.products.groups for each in group.savings]
        self._name.setText(next((each.name for each in every if each.id == product_id), ""))
        told = self._view.product(product_id)
        facts = [fact_of(each) for each in told]
        if any(each.id == "sim" for each in told) and self._may_unlock():
            facts.append(Fact(PUK, tr("PUK"), DOTS, tr("Enter"), link=True))
        self._facts.set_facts(facts)
        self._change.setVisible(self.may_add and bool(self.product()))

    def _may_unlock(self) -> bool:
        return self.may_add and bool(self.product()) and self.workplace.user.may(RIGHT)

    def _open_fact(self, fact_id: str) -> None:
        if fact_id == PUK:
            self.unlocking.emit()

    def _show_empty(self, *, empty: bool) -> None:
        """Made when it is first needed: most customers have something."""
        if empty and self._empty is None:
            words = tr("P adds the first one.")
            self._empty = EmptyState(self.theme, "box", tr("No products"), words)
            self._main.insertWidget(2, self._empty, 1)
        if self._empty is not None:
            self._empty.setVisible(empty)

    def _build(self) -> None:
        theme, px = self.theme, self.theme.px
        main = QVBoxLayout()
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(0)
        main.addWidget(self._head)
        main.addWidget(self._list, 1)
        self._main = main
        foot = QHBoxLayout()
        foot.setContentsMargins(px(20), px(6), px(16), px(6))
        foot.addWidget(self._more)
        self._more.hide()
        foot.addStretch(1)
        foot.addWidget(self._sum)
        main.addWidget(Hairline(theme))
        main.addLayout(foot)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(px(16), px(12), px(20), px(12))
        column.setSpacing(0)
        column.addWidget(self._name)
        column.addSpacing(px(4))
        column.addWidget(self._facts)
        column.addSpacing(px(12))
        column.addWidget(self._change)
        column.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        left = QWidget()
        left.setLayout(main)
        width = theme.tokens.layout.orders_side
        columns = Columns(theme, QWidget(), left, scrolled(side), (0, width))
        columns.folded.connect(self._more.setVisible)
        self._more.clicked.connect(columns.toggle)
        whole.addWidget(columns)
