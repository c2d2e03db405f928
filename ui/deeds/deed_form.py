"""What the form of every deed is: a column of few fields that writes into the deed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.deeds.deed_desk import DeedDesk
from ui.theme.theme import Theme
from ui.widgets.label import Prose
from ui.widgets.pieces import captioned
from ui.widgets.segments import Segments
from ui.widgets.status_bar import KeyHint


class DeedForm(QWidget):
    """`done` when Enter was pressed where nothing follows: the press takes the focus.

    `new_customer` asks for a customer to be made first.
    """

    done = Signal()
    new_customer = Signal()

    def __init__(self, theme: Theme, desk: DeedDesk) -> None:
        super().__init__()
        self.theme = theme
        self.desk = desk
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(theme.px(16))

    @abstractmethod
    def refresh(self) -> None:
        """Show the deed as it is now."""

    def stops(self) -> Sequence[tuple[str, QWidget]]:
        """The fields in their order, by name."""
        return ()

    def keys(self) -> Sequence[KeyHint]:
        return ()

    def stand_at(self, field: str) -> bool:
        """Put the focus on a field; False where there is none of that name to be seen."""
        for name, widget in self.stops():
            if name == field and widget.isVisibleTo(self):
                if isinstance(widget, Segments):
                    widget.take_focus()
                else:
                    widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def focus_first(self) -> bool:
        """The first field, or the one where the agent stood; False where there is none."""
        if self.desk.deed.field and self.stand_at(self.desk.deed.field):
            return True
        return any(self.stand_at(name) for name, _ in self.stops())

    def name_of(self, widget: QWidget) -> str:
        """The field that a widget belongs to; empty for any other."""
        for name, each in self.stops():
            if each is widget or each.isAncestorOf(widget):
                return name
        return ""

    def add(self, words: str, control: QWidget, note: str = "") -> None:
        """A field under its caption, with a line that says more."""
        self.rows.addWidget(captioned(self.theme, words, control))
        if note:
            self.rows.addSpacing(-self.theme.px(12))
            self.rows.addWidget(Prose(self.theme, note, "caption", "ink3"))
