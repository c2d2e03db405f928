"""The fifth step: the price list, how the bill comes, and the account's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout

from app.language import tr
from app.texts import money
from app.wizard import edits
from app.wizard.basket_view import basket_of
from app.wizard.billing_view import (
    BY_ACCOUNT,
    BY_EMAIL,
    BY_PAPER,
    PriceListView,
    bill_by,
    paper_price,
    price_lists,
    send_bill,
)
from app.wizard.choices import Question, Totals
from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.widgets.field import Field
from ui.widgets.label import Label, Prose
from ui.widgets.panel import Panel
from ui.widgets.segments import Option, Segments
from ui.widgets.status_bar import KeyHint
from ui.widgets.tick import ChoiceDot
from ui.wizard.basket import Basket
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk


class BillingPage(StepPage):
    """Only lawful lists are shown; the difference stands beside each before it is chosen."""

    step = Step.BILLING

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        self._compared: Mapping[str, Totals] = {}
        self._asked: tuple[Question, tuple[str, ...]] | None = None
        self._shape: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._lists: dict[str, tuple[ChoiceDot, Label, Label]] = {}
        self._grid = QGridLayout()
        self._lists_note = Prose(theme, "", "caption", "ink3")
        self.by = Segments(theme, tr("The bill comes"), self._ways(None))
        self._by_note = Prose(theme, "", "caption", "ink3")
        self.name = Field(theme, tr("Name on the bill"))
        self._basket = Basket(theme, tr("Basket"), width=284)
        self._paper: object = None
        self._build()
        self.by.chosen.connect(self._choose_by)
        self.name.edited.connect(lambda text: desk.edit(edits.set_field("accountName", text)))

    def refresh(self) -> None:
        draft, choices = self.desk.draft, self.desk.wizard.choices
        self._basket.show_view(basket_of(self.desk.wizard))
        self._show_lists(price_lists(draft, choices, self._compared))
        paper, by = paper_price(choices), bill_by(draft, choices)
        if paper != self._paper:
            self._paper = paper
            self.by.set_options(self._ways(paper), by)
        elif self.by.current() != by:
            self.by.choose(by)
        self._say_by(by)
        written = draft.fields.get("accountName", draft.title)
        if self.name.text() != written:
            self.name.set_text(written)
        self._compare()

    def focus_first(self) -> None:
        chosen = self._group.checkedButton()
        (chosen or self.by).setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Alt+1–7", tr("step")),
            KeyHint("Up Down", tr("price list")),
            KeyHint("Left", tr("how the bill comes")),
            KeyHint("Ctrl+Return", tr("create")),
        )

    def _build(self) -> None:
        px = self.theme.px
        column = self.add_column()
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(16))
        lists = Panel(self.theme, tr("Price list"))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnStretch(0, 1)
        lists.body.addLayout(self._grid)
        lists.body.addSpacing(px(8))
        lists.body.addWidget(self._lists_note)
        bill = Panel(self.theme, tr("The bill"))
        rows = QVBoxLayout()
        rows.setSpacing(px(4))
        rows.addWidget(Label(self.theme, tr("The bill comes"), "caption", "ink3"))
        rows.addWidget(self.by)
        rows.addWidget(self._by_note)
        rows.addSpacing(px(8))
        rows.addWidget(self.name)
        bill.body.addLayout(rows)
        column.addWidget(lists)
        column.addWidget(bill)
        column.addStretch(1)
        self.add_column(284).addWidget(self._basket)

    def _ways(self, paper: object) -> tuple[Option, ...]:
        ways = [
            Option(BY_EMAIL, tr("By e-mail")),
            Option(BY_ACCOUNT, tr("In the account only")),
        ]
        if paper is not None:
            ways.append(Option(BY_PAPER, tr("On paper")))
        return tuple(ways)

    def _say_by(self, by: str) -> None:
        email = self.desk.draft.fields.get("email", "")
        words = {
            BY_EMAIL: tr("Each month to {}.").format(email) if email else "",
            BY_ACCOUNT: tr("A text says when there is a new one."),
            BY_PAPER: "",
        }[by]
        price = paper_price(self.desk.wizard.choices)
        if by == BY_PAPER and price is not None:
            words = tr("By post, {} a month.").format(money(price))
        self._by_note.say(words)

    def _show_lists(self, views: Sequence[PriceListView]) -> None:
        shape = tuple(view.id for view in views)
        if shape != self._shape:
            self._shape = shape
            self._draw(views)
        for view in views:
            dot, monthly, difference = self._lists[view.id]
            dot.setChecked(view.chosen)
            monthly.setText(tr("{} a month").format(view.monthly) if view.monthly else "")
            difference.setText(tr("holds now") if view.chosen else view.difference)
        only = tr("Only lists that are lawful for this customer, reseller and day are shown.")
        self._lists_note.say(only)

    def _draw(self, views: Sequence[PriceListView]) -> None:
        for parts in self._lists.values():
            for widget in parts:
                self._grid.removeWidget(widget)
                widget.deleteLater()
        self._lists.clear()
        for row, view in enumerate(views):
            dot = ChoiceDot(self.theme, view.name)
            dot.clicked.connect(lambda _on=False, to=view.id: self._choose_list(to))
            self._group.addButton(dot)
            monthly = Label(self.theme, "", "row", "ink")
            difference = Label(self.theme, "", "caption", "ink3")
            right = Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(dot, row, 0)
            self._grid.addWidget(difference, row, 1, right)
            self._grid.addWidget(monthly, row, 2, right)
            self._lists[view.id] = (dot, monthly, difference)

    def _choose_list(self, price_list: str) -> None:
        if price_list != (self.desk.draft.price_list or self._current()):
            self.desk.edit(edits.choose_price_list(price_list))

    def _current(self) -> str:
        choices = self.desk.wizard.choices
        return choices.price_list if choices else ""

    def _choose_by(self, by: str) -> None:
        self.desk.edit(*send_bill(self.desk.wizard.choices, by))

    def _compare(self) -> None:
        """Ask what the others cost, when there are others."""
        choices, question = self.desk.wizard.choices, self.desk.wizard.question
        if choices is None or not self.isVisible():
            return
        others = tuple(each.id for each in choices.price_lists if each.id != choices.price_list)
        if not others or self._asked == (question, others):
            return
        self._asked = (question, others)
        self.desk.background.read(
            lambda: self.desk.service.compare(question, others),
            owner=self,
            done=self._show_compared,
            failed=lambda _fault: self._show_compared({}),
            key="compare",
        )

    def _show_compared(self, compared: Mapping[str, Totals]) -> None:
        self._compared = compared
        self._show_lists(price_lists(self.desk.draft, self.desk.wizard.choices, compared))
