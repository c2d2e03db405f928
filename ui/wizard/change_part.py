"""What a customer has, in the service step: each product ends, becomes another, or stays."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.texts import money
from app.wizard.change_proposals import (
    PackageLine,
    package_view,
    target_details,
    target_views,
)
from app.wizard.change_view import product_by_id, product_details, product_groups
from app.wizard.choices import Choices
from app.wizard.offers_view import Details, split_name
from ui.theme.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.button import KeyButton
from ui.widgets.empty_state import Skeleton
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.note import Note
from ui.widgets.panel import Hairline
from ui.wizard.change_desk import TAKE, ChangeDesk
from ui.wizard.change_list import ChangeList
from ui.wizard.change_rows import Becoming, Head, Proposed, group_rows
from ui.wizard.wizard_desk import WizardDesk

PACKAGE_KEY = "F4"


class ChangePart(QWidget):
    """`searched` carries a letter that was typed here, `detailed` the Details of what is current.

    One list shows what there is, what a product may become, or a cheaper package; Esc goes back.
    """

    searched = Signal(str)
    detailed = Signal(object)

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__()
        self.theme = theme
        self.desk = desk
        self.change = ChangeDesk(desk, self)
        self._title = ElidedLabel(theme, "", "strong")
        self._text = Label(theme, "", "caption", "ink3")
        self.cheaper = KeyButton(theme, tr("Find a cheaper package"), size="small", key=PACKAGE_KEY)
        self.back = KeyButton(theme, tr("Back"), "quiet", "small", key="Esc", bind_key=False)
        self.note = Note(theme, "warn")
        self.news = Note(theme, "info")
        self.list = ChangeList(theme, tr("What the customer has"))
        keys = tr("Enter changes, Delete ends, Space keeps, F2 shows the settings.")
        self.list.setAccessibleDescription(keys)
        self._waiting = Skeleton(theme)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(theme.tokens.duration.spinner_after)
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Show what there is now; the current row stays the current one."""
        choices, shown = self.desk.wizard.choices, self.change.shown
        if choices is None:
            return
        self.back.setVisible(shown != "base")
        self.cheaper.setVisible(shown == "base")
        if shown == "base":
            self._show_base(choices)
        elif shown == "targets":
            self._show_targets(choices)
        else:
            self._show_package(choices)
        if not self.list.current_id():
            rows = [each for each in self.list.records.records() if each.can_be_current()]
            self.list.choose(rows[0].id if rows else "")
        self._tell_details(self.list.current_id())

    def focus_first(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, product_id: str) -> bool:
        """Stand at a product; False: the customer does not have it."""
        if product_by_id(self.desk.wizard.choices, product_id) is None:
            return False
        if self.change.shown != "base":
            self.change.go_back()
        self.refresh()
        self.list.choose(product_id)
        return True

    def details_of(self, product_id: str) -> Details | None:
        """What the panel says of a product."""
        return product_details(self.desk.wizard.choices, product_id)

    # --- making -------------------------------------------------------------------------

    def _build(self) -> None:
        px = self.theme.px
        head = QWidget()
        rows = QVBoxLayout(head)
        rows.setContentsMargins(px(20), px(8), px(16), px(8))
        rows.setSpacing(px(8))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self._title, 1)
        line.addWidget(self._text)
        line.addWidget(self.cheaper)
        line.addWidget(self.back)
        rows.addLayout(line)
        rows.addWidget(self.note)
        rows.addWidget(self.news)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(Hairline(self.theme))
        column.addWidget(self._waiting)
        column.addWidget(self.list, 1)
        self._waiting.hide()
        self.back.hide()

    def _connect(self) -> None:
        change = self.change
        self.list.acted.connect(change.act)
        self.list.current_changed.connect(self._look_at)
        self.list.keyed.connect(self._keyed)
        self.list.escaped.connect(self.back.click)
        self.cheaper.clicked.connect(change.ask_package)
        self.back.clicked.connect(change.go_back)
        change.turned.connect(self._turn)
        change.warned.connect(lambda words: self._tell(self.note, words))
        change.told.connect(lambda words: self._tell(self.news, words))
        change.waiting.connect(self._wait)
        self._late.timeout.connect(self._show_waiting)

    # --- showing ------------------------------------------------------------------------

    def _tell(self, note: Note, words: str) -> None:
        note.say(words)
        if words:
            announce(note, words)

    def _say(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self.list.setAccessibleName(title)

    def _show_base(self, choices: Choices) -> None:
        total = sum((each.monthly for each in choices.installed), Decimal(0))
        self._say(tr("What the customer has"), tr("{} a month").format(money(total)))
        self.list.set_rows(group_rows(product_groups(self.desk.draft, choices)))

    def _show_targets(self, choices: Choices) -> None:
        product = product_by_id(choices, self.change.product)
        if product is None:
            self.change.go_back()
            return
        parts = (split_name(product.name)[0], product.number)
        name = ", ".join(part for part in parts if part)
        self._say(tr("{} becomes").format(name), "")
        now = self.desk.draft.moves.get(product.product_id, "")
        views = target_views(self.change.targets, choices)
        self.list.set_rows([Becoming(each, taken=each.id == now) for each in views])

    def _show_package(self, choices: Choices) -> None:
        if self.change.package is None:
            return
        view = package_view(self.change.package, choices)
        self._say(tr("Cheapest that keeps what is used"), "")
        done = [each for each in view.lines if each.kind in {"move", "end", "add"}]
        kept = [each for each in view.lines if each.kind in {"kept", "gained"}]
        self.list.set_rows(
            [
                Proposed(TAKE, PackageLine("take", view.title)),
                *(Proposed(f"do{at}", each) for at, each in enumerate(done)),
                Head("kept", tr("Stays or is gained"), view.note),
                *(Proposed(f"kept{at}", each) for at, each in enumerate(kept)),
            ]
        )

    def _turn(self, row: str) -> None:
        """Something else is shown; stand at this row of it, else at the first."""
        self.refresh()
        self.list.choose(row)
        self.focus_first()

    def _look_at(self, row: str) -> None:
        self.change.look_at(row)
        self._tell_details(row)

    def _tell_details(self, row: str) -> None:
        choices, change = self.desk.wizard.choices, self.change
        product = product_by_id(choices, change.product)
        if change.shown == "targets" and product is not None and choices is not None:
            target = next((each for each in change.targets if each.id == row), None)
            found = target_details(product, target, choices) if target else None
            self.detailed.emit(found)
        else:
            self.detailed.emit(product_details(choices, row))

    def _keyed(self, letter: str, row: str) -> None:
        if letter == "M" and self.change.shown == "base":
            self.change.act("move", row)
        else:
            self.searched.emit(letter.lower())

    def _wait(self, waits: bool) -> None:  # noqa: FBT001  # a Qt signal's
        if waits:
            self._late.start()
            return
        self._late.stop()
        self._waiting.stop()
        self._waiting.hide()

    def _show_waiting(self) -> None:
        self._waiting.show()
        self._waiting.start()
