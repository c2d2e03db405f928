"""Home: the greeting, the big search, the agent's drafts and day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.changes import Change, Kind
from app.deeds.deed import KIND as DEED
from app.home.greeting import date_line, greeting
from app.language import tr
from app.products.journal import KIND as CATALOGUE
from ui.change_relay import ChangeRelay
from ui.home.day_panel import DayPanel
from ui.home.drafts_panel import DraftsPanel
from ui.page import (
    Destination,
    GoHome,
    KeyGroup,
    NewDraft,
    OpenAccount,
    OpenDeed,
    OpenDraft,
    OpenProducts,
    Page,
    Surroundings,
)
from ui.search.finder import Finder, Findings
from ui.search.results import ResultPanel
from ui.widgets.button import KeyButton
from ui.widgets.label import Label
from ui.widgets.search_field import SearchField
from ui.widgets.status_bar import KeyHint
from ui.widgets.work_tabs import WorkTab

HOME = "home"
_EDGE = 20
_PANELS_BESIDE = 860


class HomeSearch(SearchField):
    """The big field: Up, Down and Enter act on the results while the focus stays here."""

    def __init__(self, surroundings: Surroundings, results: ResultPanel) -> None:
        theme = surroundings.theme
        super().__init__(theme, tr("Customer, number, order, postcode"), large=True)
        self._results = results
        self.results_wanted.connect(lambda: results.list.step(1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self._results.list
        if event.key() == Qt.Key.Key_Up and rows.isVisible():
            rows.step(-1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and rows.current_id():
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                rows.opened_beside.emit(rows.current_id())
            else:
                rows.opened.emit(rows.current_id())
        else:
            super().keyPressEvent(event)


class HomePage(Page):
    """The first tab; it is always there."""

    def __init__(self, surroundings: Surroundings, *, may_create: bool = False) -> None:
        super().__init__(surroundings)
        self._may_create = may_create
        theme = self.theme
        self._greeting = Label(theme, "", "title")
        self._date = Label(theme, "", "row", "ink3")
        self._results = ResultPanel(theme, may_create=may_create)
        self._field = HomeSearch(surroundings, self._results)
        self._drafts = DraftsPanel(theme)
        self._day = DayPanel(theme)
        self._finder = Finder(
            surroundings.background, self.workplace, may_create=may_create, parent=self
        )
        self._build()
        self._connect()
        self._greet()
        self._read_panels()
        self._show_findings(None)

    def tab(self) -> WorkTab:
        return WorkTab(HOME, tr("Home"), "home", fixed=True)

    def destination(self) -> Destination:
        return GoHome()

    def go(self, destination: Destination) -> None:
        """Put what was asked for into the field."""
        if isinstance(destination, GoHome) and destination.search:
            self._field.setText(destination.search)

    def keys(self) -> Sequence[KeyHint]:
        new = (KeyHint("Ctrl+N", tr("new customer")),) if self._may_create else ()
        return (KeyHint("Ctrl+K", tr("search")), *new)

    def key_groups(self) -> Sequence[KeyGroup]:
        hints = (
            KeyHint("Up Down", tr("choose a customer")),
            KeyHint("Return", tr("open the account")),
            KeyHint("Shift+Return", tr("open it beside")),
            KeyHint("Esc", tr("clear the search")),
        )
        return (KeyGroup(tr("Home"), (*self.keys(), *hints)),)

    def focus_first(self) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> Sequence[QWidget]:
        drafts = (self._drafts.list,) if self._drafts.list.isVisible() else ()
        return (self._field, *drafts)

    def search_text(self) -> str:
        return self._field.text()

    def _build(self) -> None:
        px = self.theme.px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(_EDGE), px(19), px(_EDGE), px(12))
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addSpacing(px(12))
        column.addWidget(self.messages)
        column.addWidget(self._field)
        self._under = QWidget()
        under = QVBoxLayout(self._under)
        under.setContentsMargins(0, px(8), 0, 0)
        under.addWidget(self._results)
        column.addWidget(self._under)
        column.addSpacing(px(16))
        self._panels = QHBoxLayout()
        self._panels.setSpacing(px(16))
        self._panels.addWidget(self._drafts, 2, Qt.AlignmentFlag.AlignTop)
        self._panels.addWidget(self._day, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._panels)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _head(self) -> QHBoxLayout:
        px = self.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self._greeting)
        head.addWidget(self._date, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        self._new: KeyButton | None = None
        if self._may_create:
            self._new = KeyButton(
                self.theme, tr("New customer"), "primary", icon="plus", key="Ctrl+N",
                bind_key=False,
            )  # fmt: skip
            head.addWidget(self._new)
        return head

    def _connect(self) -> None:
        self._field.changed.connect(self._finder.look)
        self._finder.shown.connect(self._show_findings)
        rows = self._results.list
        rows.opened.connect(lambda found: self._open(found, beside=False))
        rows.opened_beside.connect(lambda found: self._open(found, beside=True))
        rows.left_upwards.connect(self.focus_first)
        self._drafts.opened.connect(
            lambda draft_id, title: self.wanted.emit(_destination_of(draft_id, title))
        )
        if self._new is not None:
            self._new.clicked.connect(lambda: self.wanted.emit(self.new_customer()))
        relay = ChangeRelay(self.workplace.changes, self)
        relay.changed.connect(self._changed)
        minute = QTimer(self)
        minute.setInterval(15_000)
        minute.timeout.connect(self._greet)
        minute.start()

    def new_customer(self) -> NewDraft:
        """A draft for a new customer with the name that was typed."""
        return NewDraft(name=self.search_text().strip())

    def _greet(self) -> None:
        now = self.workplace.clock()
        self._greeting.setText(greeting(now, self.workplace.user.given_name))
        self._date.setText(date_line(now))

    def _read_panels(self) -> None:
        user, store = self.workplace.user.id, self.workplace.store
        self.background.read(
            lambda: store.drafts.open_drafts(user),
            owner=self,
            done=lambda drafts: self._drafts.show_drafts(
                drafts, self.workplace.clock(), durable=store.durable
            ),
            key="drafts",
        )
        self._day.show_figures(self.workplace.day.figures())

    def _show_findings(self, findings: Findings | None) -> None:
        self._under.setVisible(findings is not None)
        if findings is None:
            self._field.show_reading("", "")
            return
        self._results.show_findings(findings)
        self._field.show_reading(findings.kind, findings.note)

    def _changed(self, change: Change) -> None:
        if change.kind is Kind.DIRECTORY:
            self._finder.look_again()
        elif change.kind is Kind.DRAFT or change.kind is Kind.OUTBOX:
            self._read_panels()
        elif change.kind is Kind.SESSION:
            self._greet()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.theme.px(_PANELS_BESIDE)
        direction = QBoxLayout.Direction
        self._panels.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._greet()
        self._read_panels()  # drafts are written at each change without a word

    def _open(self, customer_id: str, *, beside: bool) -> None:
        rows = self._results.list.records.records()
        name = next((getattr(row, "name", "") for row in rows if row.id == customer_id), "")
        self.wanted.emit(OpenAccount(customer_id, name=name, beside=beside))


def _destination_of(draft_id: str, title: str) -> Destination:
    """A draft of the wizard, a deed, or the product manager's copy of the catalogue."""
    if draft_id.startswith(f"{CATALOGUE}:"):
        return OpenProducts()
    if draft_id.startswith(f"{DEED}:"):
        return OpenDeed(draft_id, title=title)
    return OpenDraft(draft_id, title=title)
