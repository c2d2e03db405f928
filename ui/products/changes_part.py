"""What the copy has otherwise than the version in force, each change with "take back"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.language import tr
from app.products.documents import Kind
from app.products.proofs import Place
from app.products.words import ChangeView
from ui.products.note_rows import NoteList, NoteRow
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import ElidedLabel, Label, Prose, Run
from ui.widgets.pieces import Escaping, empty, headed
from ui.widgets.scrolled import scrolled

_HEADS = {
    Kind.OFFER: "Offers",
    Kind.RULE: "Rules",
    Kind.GROUP: "Groups",
    Kind.SPECIFICATION: "Specifications",
    Kind.PRICE_LIST: "Price lists",
}


def change_rows(changes: Sequence[ChangeView]) -> list[NoteRow]:
    """The rows of a list of changes, with a head for each kind."""
    rows: list[NoteRow] = []
    kind = None
    for change in changes:
        if change.kind is not kind:
            kind = change.kind
            rows.append(NoteRow(f"head:{kind}", tr(_HEADS[kind]), head=True))
        text = change.summary()
        rows.append(NoteRow(change.key, change.title, text, tone=change.tone, chip=change.state))
    return rows


class ChangesPart(QWidget):
    """The list; `current_changed` and `opened` carry keys."""

    current_changed = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, name: str, nothing: tuple[str, str]) -> None:
        super().__init__()
        self._theme = theme
        self.rows = NoteList(theme, name, inset=20)
        self._empty = EmptyState(theme, "check", *nothing)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self._empty)
        self.rows.current_changed.connect(self.current_changed)
        self.rows.opened.connect(self.opened)
        self.setFocusProxy(self.rows)

    def show_changes(self, changes: Sequence[ChangeView]) -> None:
        self.rows.set_records(change_rows(changes))
        self._stack.setCurrentWidget(self.rows if changes else self._empty)
        if changes and not self.rows.current_id():
            self.rows.choose(changes[0].key)


class ChangeForm(Escaping):
    """One change in full: each field with what it was; "take back" and "go there"."""

    take_back_wanted = Signal(str)
    go_wanted = Signal(object)

    def __init__(self, theme: Theme, *, may_edit: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._change: ChangeView | None = None
        self._title = ElidedLabel(theme, "", "answer")
        self._state = Chip(theme, "")
        self._lines = QVBoxLayout()
        self._back = KeyButton(theme, tr("Take back"), size="small", icon="undo", key="Ctrl+B")
        self._there = KeyButton(theme, tr("Go there"), "quiet", "small", icon="right")
        self._may_edit = may_edit
        self._build()
        self._back.clicked.connect(self._take_back)
        self._there.clicked.connect(self._go)

    def show_change(self, change: ChangeView | None) -> None:
        """Show a change; None: there is none."""
        self._change = change
        empty(self._lines)
        self._title.setText(change.title if change else "")
        self._state.setVisible(change is not None)
        goes = change is not None and change.kind in (Kind.OFFER, Kind.RULE)
        self._back.setVisible(self._may_edit and change is not None)
        self._there.setVisible(self._may_edit and goes)
        if change is None:
            return
        kind = "info" if change.tone == "plain" else change.tone
        self._state.show_state(change.state, kind)
        for line in change.lines:
            self._lines.addWidget(Label(self._theme, line.label, "caption", "ink3"))
            self._lines.addWidget(Prose(self._theme, line.after or tr("nothing"), "row"))
            if line.before:
                was = (Run(tr("before: ")), Run(line.before))
                self._lines.addWidget(Prose(self._theme, was, "caption", "ink3"))
            self._lines.addSpacing(self._theme.px(8))

    def _take_back(self) -> None:
        if self._change is not None:
            self.take_back_wanted.emit(self._change.key)

    def _go(self) -> None:
        if self._change is not None:
            self.go_wanted.emit(Place(self._change.kind, self._change.id))

    def _build(self) -> None:
        px = self._theme.px
        inside, column = headed(self._theme, self._title, self._state)
        self._lines.setSpacing(px(2))
        column.addLayout(self._lines)
        actions = QHBoxLayout()
        actions.setSpacing(px(8))
        actions.addWidget(self._back)
        actions.addWidget(self._there)
        actions.addStretch(1)
        column.addLayout(actions)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
