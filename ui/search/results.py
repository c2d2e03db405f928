"""The results under a search field: rows of 36, at most 8, and who has answered."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStyleOptionViewItem,
    QWidget,
)

from app.customers.rows import ResultRow
from app.language import tr
from ui.search.finder import Findings
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.announce import announce
from ui.widgets.keycap import KeyCap
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.panel import Panel, rounded_clip
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken
from ui.widgets.status_bar import StateDot

ROW = 36
_SIDE = 16
_NARROW = 860  # a list as narrow as this leaves the customer number out
_LEAST_ADDRESS = 60
_KEYS_FROM = 700  # a foot narrower than this says who has answered, and no keys
_NAME, _NUMBER, _TELEPHONE, _CHIP, _LAST = 168, 168, 132, 160, 100


class ResultDelegate(RowDelegate):
    """Paints a customer found: what was hit lies on the mark."""

    def row_height(self, record: Spoken) -> int:
        del record
        return ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        row: ResultRow = index.data(RECORD)
        rect: QRect = option.rect
        current = index.row() == self.current
        painter.save()
        if not index.row():
            painter.setClipPath(self._upper_corners(rect))
        if current:
            painter.fillRect(rect, theme.color("selected"))
            edge = px(theme.tokens.border.selected_edge)
            painter.fillRect(rect.x(), rect.y(), edge, rect.height(), theme.color("accent"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, theme.color("hover"))
        painter.restore()
        if index.row():
            painter.fillRect(rect.x(), rect.y(), rect.width(), 1, theme.color("line"))
        left = rect.x() + px(_SIDE)
        self._name(painter, QRect(left, rect.y(), px(_NAME - 12), rect.height()), row)
        left += px(_NAME)
        if rect.width() >= px(_NARROW):
            number = QRect(left, rect.y(), px(_NUMBER - 12), rect.height())
            paint.words(theme, painter, number, row.number, "row", "ink2")
            left += px(_NUMBER)
        right = self._right(painter, rect, row, current=current)
        address = QRect(left, rect.y(), right - left - px(12), rect.height())
        if address.width() >= px(_LEAST_ADDRESS):
            paint.words(theme, painter, address, row.address, "row", "ink2")

    def _right(self, painter: QPainter, rect: QRect, row: ResultRow, *, current: bool) -> int:
        """Last contact, chip and telephone from the right; where the address must end."""
        theme, px = self._theme, self._theme.px
        end = rect.right() + 1 - px(_SIDE)
        last = QRect(end - px(_LAST), rect.y(), px(_LAST), rect.height())
        paint.words(theme, painter, last, row.last_contact, "row", "ink3", paint.RIGHT)
        chip_left = end - px(_LAST + _CHIP)
        if row.chip:
            high = px(theme.tokens.size.chip)
            wide = min(paint.chip_width(theme, row.chip), px(_CHIP + 12))
            place = QRect(chip_left, rect.y() + (rect.height() - high) // 2, wide, high)
            paint.chip(theme, painter, place, row.chip, row.chip_kind, on_selected=current)
        left = chip_left - px(_TELEPHONE)
        telephone = QRect(left, rect.y(), px(_TELEPHONE - 4), rect.height())
        paint.words(theme, painter, telephone, row.telephone, "row", "ink")
        return left

    def _upper_corners(self, rect: QRect) -> QPainterPath:
        """The first row keeps within the round corners of its panel."""
        radius = self._theme.px(self._theme.tokens.radius.panel) - 1
        path = QPainterPath()
        path.addRoundedRect(QRectF(rect).adjusted(0, 0, 0, 2 * radius), radius, radius)
        return path

    def _name(self, painter: QPainter, rect: QRect, row: ResultRow) -> None:
        """The name in 600, its hit letters on the mark."""
        theme = self._theme
        metrics = theme.metrics("row", strong=True)
        high = theme.px(20)
        top = rect.y() + (rect.height() - high) // 2
        for begin, end in row.marks:
            left = rect.x() + metrics.horizontalAdvance(row.name[:begin])
            wide = metrics.horizontalAdvance(row.name[begin:end])
            if left + wide > rect.right():
                continue
            mark = QRect(left, top, wide, high)
            paint.box(painter, mark, theme.px(2), theme.color("match"))
        paint.words(theme, painter, rect, row.name, "row", "ink", strong=True)


class ResultList(RecordList):
    """Enter opens, Shift+Enter opens beside; Up from the first row goes back to the field."""

    opened_beside = Signal(str)
    left_upwards = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, ResultDelegate(theme))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda index: self.opened.emit(str(index.data(RECORD).id)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if self.current_id():
                self.opened_beside.emit(self.current_id())
            return
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Move the current row while the focus stays in the field."""
        at = max(0, min(len(self.records.records()) - 1, self.currentIndex().row() + by))
        self.setCurrentIndex(self.records.index(at))


class Foot(QWidget):
    """The lower end of a panel, within its corners."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setClipPath(rounded_clip(self, theme.px(theme.tokens.radius.panel) - 1))
        painter.fillRect(self.rect(), theme.color("subtle"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        painter.end()


class ResultPanel(Panel):
    """Rows or a sentence, and the foot with keys and the state of the search."""

    def __init__(self, theme: Theme, *, may_create: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=0, parent=parent)
        self._may_create = may_create
        self.setAccessibleName(tr("Search results"))
        self.list = ResultList(theme, tr("Customers found"))
        self.list.viewport().setAutoFillBackground(False)  # the panel's corners stay round
        self._nobody = Label(theme, "", "row", "ink2")
        self._foot = Foot(theme)
        self._keys = QWidget()
        self._new = Label(theme, "", "caption", "ink3")
        self._new_cap = KeyCap(theme, "Ctrl+N")
        self._dot = StateDot(theme)
        self._state = ElidedLabel(theme, "", "caption", "ink2")
        self._state.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._build_foot()
        self.body.addWidget(self._nobody)
        self.body.addWidget(self.list)
        self.body.addWidget(self._foot)
        self._nobody.hide()
        theme.changed.connect(self._refit)
        self._refit()

    def show_findings(self, findings: Findings) -> None:
        """Replace the rows in place; the current one stays, else the first is current."""
        self.list.set_records(findings.rows)
        if findings.rows and not self.list.current_id():
            self.list.choose(findings.rows[0].id)
        self.list.setFixedHeight(max(self.list.whole_height(), 0))
        self.list.setVisible(bool(findings.rows))
        self._keys.setVisible(self._keys_wanted())
        self._nobody.setText(findings.nobody)
        self._nobody.setVisible(bool(findings.nobody))
        self._new.setText(tr("new customer “{}”").format(findings.text.strip()))
        for part in (self._new, self._new_cap):
            part.setVisible(self._may_create and bool(findings.rows))
        self._dot.show_tone(findings.footing.tone)
        if self._state.text() != findings.footing.text:
            self._state.setText(findings.footing.text)
            announce(self, findings.nobody or findings.footing.text)
        self._refit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keys.setVisible(self._keys_wanted())

    def _keys_wanted(self) -> bool:
        return not self.list.isHidden() and self.width() >= self._theme.px(_KEYS_FROM)

    def _build_foot(self) -> None:
        theme = self._theme
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(theme.px(4))
        for caps, words in (
            (("Up", "Down"), tr("choose")),
            (("Return",), tr("open")),
            (("Shift+Return",), tr("open beside")),
        ):
            for cap in caps:
                keys.addWidget(KeyCap(theme, cap))
            keys.addWidget(Label(theme, words, "caption", "ink3"))
            keys.addSpacing(theme.px(12))
        keys.addWidget(self._new_cap)
        keys.addWidget(self._new)
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.addWidget(self._keys)
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self._dot)
        self._foot_row.addWidget(self._state)

    def _refit(self) -> None:
        px = self._theme.px
        self.body.setContentsMargins(0, 0, 0, 0)
        self._foot.setFixedHeight(px(33))
        self._foot_row.setContentsMargins(px(_SIDE), 1, px(_SIDE), 0)
        self._foot_row.setSpacing(px(8))
        self._nobody.setContentsMargins(px(_SIDE), px(8), px(_SIDE), px(8))
        self._nobody.setFixedHeight(px(ROW))
        self.list.setFixedHeight(max(self.list.whole_height(), 0))
        self.updateGeometry()
