"""Rows of the Products tab: a head for each group, then its products in columns."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QStyleOptionViewItem, QWidget

from app.accounts.records import Group, Product, Products
from app.language import tr
from app.texts import full_day, money
from ui.theme.theme import Theme
from ui.tones import INK
from ui.widgets import paint
from ui.widgets.record_list import RowDelegate
from ui.widgets.records_model import RECORD, Index

EDGE, END = 20, 16
_WIDTHS = (0.36, 0.2, 0.12, 0.18, 0.14)
"""Name, state, term, until, price: shares of the width."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The head of a group."""

    id: str
    icon: str
    title: str
    note: str
    total: str

    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.note, self.total) if part)

    def can_be_current(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as a row."""

    product: Product

    @property
    def id(self) -> str:
        return self.product.id

    def spoken(self) -> str:
        product = self.product
        parts = (product.name, product.state.text, product.until, money(product.monthly))
        return ", ".join(part for part in parts if part)

    def can_be_current(self) -> bool:
        return True


def product_records(products: Products) -> list[GroupRow | ProductRow]:
    """The groups with their products and savings, and at the end what is no more."""
    records: list[GroupRow | ProductRow] = []
    for group in products.groups:
        records.append(_head(group))
        records += [ProductRow(each) for each in (*group.products, *group.savings)]
    if products.ended:
        title = tr("Ended")
        records.append(GroupRow("ended", "clock", title, str(len(products.ended)), ""))
        records += [ProductRow(each) for each in products.ended]
    return records


def _head(group: Group) -> GroupRow:
    return GroupRow(f"group-{group.id}", group.icon, group.title, group.note, money(group.total))


class ProductRows(RowDelegate):
    """Rows of 32, the current one with an accent edge."""

    def spans(self, width: int) -> list[tuple[int, int]]:
        """Left and width of each column."""
        px = self._theme.px
        room = width - px(EDGE + END)
        left = px(EDGE)
        found = []
        for share in _WIDTHS:
            found.append((left, round(room * share)))
            left += round(room * share)
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, record = QRect(option.rect), index.data(RECORD)
        painter.save()
        if isinstance(record, GroupRow):
            self._paint_head(painter, rect, record)
        elif isinstance(record, ProductRow):
            self._paint_product(painter, rect, record.product, index.row())
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, head: GroupRow) -> None:
        theme, px = self._theme, self._theme.px
        painter.fillRect(rect, theme.color("subtle"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        edge = px(theme.tokens.size.icon_small)
        at = QPoint(rect.x() + px(EDGE), rect.y() + (rect.height() - edge) // 2)
        paint.icon(theme, painter, at, head.icon, "ink3")
        words = rect.adjusted(px(EDGE + 24), 0, -px(END), 0)
        paint.words(theme, painter, words, head.total, "row", "ink2", paint.RIGHT, strong=True)
        wide = paint.words(theme, painter, words, head.title, "row", "ink2", strong=True)
        note = words.adjusted(wide + px(8), 0, -px(120), 0)
        paint.words(theme, painter, note, head.note, "caption", "ink3")

    def _paint_product(self, painter: QPainter, rect: QRect, product: Product, row: int) -> None:
        theme, px = self._theme, self._theme.px
        if row == self.current:
            painter.fillRect(rect, theme.color("selected"))
            edge = px(theme.tokens.border.selected_edge)
            painter.fillRect(rect.x(), rect.y(), edge, rect.height(), theme.color("accent"))
        elif row == self.hovered:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        places = [
            QRect(rect.x() + left, rect.y(), width - px(12), rect.height())
            for left, width in self.spans(rect.width())
        ]
        name, state, term, until, price = places
        size = px(theme.tokens.size.icon_small)
        at = QPoint(name.x(), name.y() + (name.height() - size) // 2)
        paint.icon(theme, painter, at, product.icon, "ink3")
        name.adjust(px(24), 0, 0, 0)
        wide = paint.words(theme, painter, name, product.name, "row", "ink", strong=True)
        detail = name.adjusted(wide + px(8), 0, 0, 0)
        if not product.marked and product.detail != product.state.text:
            paint.words(theme, painter, detail, product.detail, "caption", "ink3")
        self._paint_state(painter, state, product, on_selected=row == self.current)
        paint.words(theme, painter, term, product.term, "row", "ink2")
        words = _until(product)
        paint.words(theme, painter, until, words, "row", "ink2")
        price.setRight(rect.right() - px(END))
        paint.words(theme, painter, price, money(product.monthly), "row", "ink", paint.RIGHT)

    def _paint_state(
        self, painter: QPainter, place: QRect, product: Product, *, on_selected: bool
    ) -> None:
        theme, px, state = self._theme, self._theme.px, product.state
        if product.marked:
            high = px(theme.tokens.size.chip)
            width = min(paint.chip_width(theme, state.text), place.width())
            chip = QRect(place.x(), place.y() + (place.height() - high) // 2, width, high)
            paint.chip(theme, painter, chip, state.text, state.tone, on_selected=on_selected)
            return
        tone = INK[state.tone] if state.tone != "plain" else "ink3"
        paint.dot(theme, painter, QPointF(place.x() + px(3), place.center().y() + 1), tone)
        paint.words(theme, painter, place.adjusted(px(14), 0, 0, 0), state.text, "row", "ink2")


def _until(product: Product) -> str:
    if not product.is_held:
        return product.until
    if product.ends is not None:
        return full_day(product.ends)
    if not product.is_running:
        return product.until
    return tr("Any time")


class ProductHead(QWidget):
    """The heads of the columns."""

    def __init__(self, theme: Theme, rows: ProductRows, below: QAbstractScrollArea) -> None:
        """`below` is the list: a scroll bar takes its room from both."""
        super().__init__()
        self._theme = theme
        self._rows = rows
        self._below = below
        below.viewport().installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        whole = self._below.viewport().width()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("subtle"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        titles = (
            tr("Product"),
            tr("State"),
            tr("Term"),
            tr("Until"),
            tr("Every month"),
        )
        for title, (left, width) in zip(titles, self._rows.spans(whole), strict=True):
            last = title == titles[-1]
            place = QRect(left, 0, width - (0 if last else px(12)), self.height())
            if last:
                place.setRight(whole - px(END) - 1)
            align = paint.RIGHT if last else paint.LEFT
            paint.words(theme, painter, place, title, "caption", "ink3", align, strong=True)
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(self._theme.tokens.size.table_head))
