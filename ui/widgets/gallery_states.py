"""The gallery's first sheet: every control in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.account_tabs import AccountTabs, Tab
from ui.widgets.button import ButtonKind, KeyButton
from ui.widgets.chip import Badge, Chip
from ui.widgets.choice import Choice, Item
from ui.widgets.date_field import DateField
from ui.widgets.empty_state import EmptyState, Skeleton
from ui.widgets.field import Field, Finding
from ui.widgets.glyph import Glyph
from ui.widgets.keycap import KeyCap
from ui.widgets.label import Label
from ui.widgets.message_bar import Message, MessageStrip
from ui.widgets.money_field import MoneyField
from ui.widgets.month_grid import MonthGrid
from ui.widgets.panel import Panel
from ui.widgets.progress import Progress
from ui.widgets.quantity import Quantity
from ui.widgets.secret_field import SecretField
from ui.widgets.table import Table
from ui.widgets.table_model import Cell, Column, Row, RowsModel
from ui.widgets.tick import ChoiceDot, Tick, Toggle

TODAY = date(2026, 11, 20)
DAY = date(2026, 11, 24)
SHEET = QSize(1440, 960)

_KINDS: tuple[tuple[ButtonKind, str], ...] = (
    ("primary", "Create"),
    ("secondary", "Back"),
    ("quiet", "Explain"),
    ("danger", "Cancel order"),
)
_COLUMNS = (
    Column("order", "Order", 120),
    Column("what", "What"),
    Column("monthly", "Monthly", 110, figures=True),
)
_ROWS = (
    Row("1", (Cell("KO-0093317-4", strong=True), "Glimt 2500", "£65.00")),
    Row("2", (Cell("KO-0093279-9", strong=True), Cell("Glimt 150, move", note="hover"), "£29.00")),
    Row("3", (Cell("KO-0093290-4", strong=True), Cell("Hearth Digital", note="selected"), "£6.00")),
)
_MESSAGES = (
    Message("1", "info", "Edda’s order has moved on: the engineer is booked.", action="Show"),
    Message(
        "2",
        "warning",
        "changed this address a minute ago.",
        lead="Cosmo Pellwether",
        action="Compare",
    ),
    Message(
        "3",
        "error",
        "The server did not answer. Your text is kept.",
        lead="The ticket was not saved.",
        action="Try again",
        action_icon="refresh",
    ),
    Message("4", "done", "Letter LT09 sent again to edda@example.org."),
)


class Sheet(QWidget):
    """The ground of a gallery sheet; it draws the focus rings that the sheet shows."""

    def __init__(self, theme: Theme, size: QSize, tone: Tone = "canvas") -> None:
        super().__init__()
        self.theme = theme
        self._tone: Tone = tone
        self.rings: list[tuple[QWidget, QRect | None]] = []
        self.once_shown: list[Callable[[], object]] = []
        self.setFixedSize(size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color(self._tone))
        painter.end()

    def draw_rings(self, painter: QPainter) -> None:
        """Focus rings around the widgets that are shown with the focus."""
        border = self.theme.tokens.border
        off = border.focus + border.focus_gap
        for widget, place in self.rings:
            wanted = getattr(widget, "focus_rect", None)
            own: QRect = wanted() if wanted is not None else widget.rect()
            rect = place if place is not None else own
            at = widget.mapTo(self, rect.topLeft()) - QPoint(off, off)
            ring = QRect(at, rect.size() + QSize(2 * off, 2 * off))
            radius = self.theme.tokens.radius.control + off
            if isinstance(widget, Toggle):
                radius = ring.height() // 2
            paint.box(painter, ring, radius, None, self.theme.color("focus"), border.focus)


def _row(*widgets: QWidget | int, spacing: int = 8) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        if isinstance(widget, int):
            row.addSpacing(widget)
        else:
            row.addWidget(widget)
    return row


def states_sheet(theme: Theme) -> Sheet:
    """Picture 13: buttons, fields, progress, tables, messages, tabs, dates, secrets."""
    sheet = Sheet(theme, SHEET)
    head = _row(
        Glyph(theme, "mark", "accent", 24),
        8,
        Label(theme, "States", "title"),
        4,
        Label(theme, f"every control, every state; {theme.scheme}", "row", "ink2"),
    )
    head.addStretch(1)
    left = _column(_buttons(sheet), _fields(sheet), _small_things(theme))
    middle = _column(*_tables(theme))
    right = _column(*_messages_and_more(sheet))
    columns = QGridLayout()
    columns.setContentsMargins(0, 0, 0, 0)
    columns.setHorizontalSpacing(16)
    for at, (column, width) in enumerate(((left, 592), (middle, 408), (right, 368))):
        columns.addLayout(column, 0, at)
        columns.setColumnMinimumWidth(at, width)
    outer = QVBoxLayout(sheet)
    outer.setContentsMargins(20, 16, 20, 20)
    outer.setSpacing(8)
    head_box = QWidget()
    head_box.setFixedHeight(40)
    head_box.setLayout(head)
    outer.addWidget(head_box)
    outer.addLayout(columns)
    outer.addStretch(1)
    return sheet


def _column(*parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(16)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return column


def _fill(panel: Panel, *parts: QWidget | QLayout, spacing: int = 8) -> Panel:
    panel.body.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QLayout):
            panel.body.addLayout(part)
        else:
            panel.body.addWidget(part)
    return panel


def _buttons(sheet: Sheet) -> Panel:
    states = QHBoxLayout()
    states.setContentsMargins(0, 0, 0, 0)
    states.setSpacing(0)
    for state in ("Normal", "Hover", "Pressed", "Focus", "Disabled"):
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(12)
        column.addWidget(Label(sheet.theme, state, "caption", "ink3"))
        column.addSpacing(-6)
        for kind, text in _KINDS:
            button = KeyButton(sheet.theme, text, kind)
            _put_into(state, button, sheet)
            column.addWidget(button)
        states.addWidget(box, 1)
    return _fill(Panel(sheet.theme, "Buttons"), states)


def _put_into(state: str, button: KeyButton, sheet: Sheet) -> None:
    if state == "Hover":
        mark = partial(button.setAttribute, Qt.WidgetAttribute.WA_UnderMouse)
        sheet.once_shown.append(mark)
    elif state == "Pressed":
        button.setDown(True)
    elif state == "Focus":
        sheet.rings.append((button, None))
    elif state == "Disabled":
        button.setEnabled(False)


def _labelled(theme: Theme, name: str, widget: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(Label(theme, name, "caption", "ink3"))
    column.addWidget(widget)
    return box


def _fields(sheet: Sheet) -> Panel:
    theme = sheet.theme
    wrong = Field(theme, "Error, with a sentence", "QX4 7T")
    wrong.show_finding(Finding("error", "A postcode has two parts, such as QX4 7TR."))
    doubtful = Field(theme, "Warning, with a fix", "jorun@exmaple.com")
    doubtful.show_finding(Finding("warning", "Did you mean example.com?", fix="jorun@example.com"))
    focus = Field(theme, "Focus", "Jorun Nether")
    sheet.once_shown.append(focus.input.setFocus)
    parts: tuple[QWidget, ...] = (
        Field(theme, "Normal", "Jorun Netherfold"),
        Field(theme, "Empty", placeholder="As on the passport"),
        focus,
        Field(theme, "Read only", "KF-0104417-0", read_only=True),
        wrong,
        doubtful,
        _labelled(theme, "Date", DateField(theme, "Date", lambda: TODAY, day=DAY)),
        _labelled(theme, "Money", MoneyField(theme, 11860, name="Money")),
        _labelled(theme, "Choice", Choice(theme, "Choice", (Item("p", "Private 2026"),))),
        _labelled(theme, "Quantity", Quantity(theme, "Quantity", 2, most=4)),
    )
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    for at, part in enumerate(parts):
        grid.addWidget(part, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
    return _fill(Panel(theme, "Fields", padding=16), grid, _switches(sheet), spacing=16)


def _switches(sheet: Sheet) -> QHBoxLayout:
    theme = sheet.theme
    off, on, focus = Toggle(theme, "Off"), Toggle(theme, "On"), Toggle(theme, "Focus")
    on.setChecked(True)
    focus.setChecked(True)
    sheet.rings.append((focus, None))
    ticked, empty = Tick(theme, "Ticked"), Tick(theme, "Empty")
    ticked.setChecked(True)
    chosen, other = ChoiceDot(theme, "Chosen"), ChoiceDot(theme, "Other")
    chosen.setChecked(True)
    row = _row(off, on, focus, ticked, empty, chosen, other, spacing=14)
    row.setContentsMargins(0, 0, 0, 2)
    row.addStretch(1)
    return row


def _small_things(theme: Theme) -> Panel:
    known, unknown = Progress(theme, "Sheets"), Progress(theme, "Access network")
    known.show_share(419, 1612)
    chips = _row(
        Chip(theme, "Private"),
        Chip(theme, "Printing", "info"),
        Chip(theme, "On time", "good"),
        Chip(theme, "due in 3 h", "warn"),
        Chip(theme, "1 h late", "bad"),
        Badge(theme, "12"),
        Badge(theme, "2 new", new=True),
        KeyCap(theme, "Ctrl+K"),
    )
    chips.addStretch(1)
    chips.setContentsMargins(0, 2, 0, 0)
    first = _labelled(theme, "426 of 1,612 sheets, ready at 09:31", known)
    second = _labelled(theme, "Asking the access network (no end known)", unknown)
    return _fill(Panel(theme, "Progress, chips, badges, keys"), first, second, chips, spacing=10)


def _tables(theme: Theme) -> tuple[Panel, ...]:
    table = Table(theme, "Orders", RowsModel(_COLUMNS, _ROWS))
    table.view.cells.hovered = 1
    table.choose("3")
    table.setFixedHeight(33 + 3 * 32)
    shown = _fill(Panel(theme, "Table", padding=0), table)
    skeleton = Skeleton(theme)
    skeleton.setFixedHeight(120)
    empty = EmptyState(
        theme, "film", "No open orders", "Orders appear here when a product is added."
    )
    empty.setFixedHeight(128)
    failed = EmptyState(
        theme,
        "cloudoff",
        "The orders could not be read",
        "The server did not answer in 5 s. Shown as of 09:12.",
        action="Try again",
        key="Ctrl+R",
        failed=True,
    )
    failed.setFixedHeight(128)
    return (
        shown,
        _fill(Panel(theme, "Table, loading", padding=0), skeleton),
        _fill(Panel(theme, "Table, empty", padding=0), empty),
        _fill(Panel(theme, "Table, failed", padding=0), failed),
    )


def _messages_and_more(sheet: Sheet) -> tuple[Panel, ...]:
    theme = sheet.theme
    strips = [MessageStrip(theme, message) for message in _MESSAGES]
    for strip in strips:
        strip.setFixedHeight(strip.heightForWidth(334))
    tabs = AccountTabs(
        theme,
        "Tabs",
        (Tab("c", "Customer"), Tab("h", "Hover"), Tab("f", "Focus")),
        inset=16,
    )
    tabs.show_hover(1)
    sheet.rings.append((tabs, tabs.ring_of(2)))
    month = MonthGrid(theme, DAY, TODAY, may_choose=_is_weekday, weeks=(date(2026, 11, 16), 2))
    hint = Label(theme, "Type 24, 24/11, tue, +4 or “in 2 weeks”.", "caption", "ink3")
    hidden, shown = SecretField(theme, "PUK"), SecretField(theme, "PUK")
    sheet.once_shown.insert(0, lambda: shown.reveal("4071 5582", 12))
    secrets = [
        _row(Label(theme, "PUK 0471", "row", "ink3"), secret, spacing=12)
        for secret in (hidden, shown)
    ]
    tab_panel = _fill(Panel(theme, "Tabs", padding=0), tabs)
    tab_panel.body.addSpacing(12)
    return (
        _fill(Panel(theme, "Message bar"), *strips),
        tab_panel,
        _fill(Panel(theme, "Date, chosen from days"), month, hint, spacing=6),
        _fill(Panel(theme, "Value that may be revealed"), *secrets),
    )


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5  # noqa: PLR2004  # Monday to Friday
