"""Who shall do it: a list of people under a button, filtered by what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.worklist.desk import Colleague
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice, Item
from ui.widgets.label import Label
from ui.widgets.popover import Popover

_WIDE = 300


class PeopleBox(Popover):
    """`chosen` carries the id of a person."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window)
        self._people = Choice(theme, tr("Person"))
        self._people.setFixedWidth(theme.px(_WIDE))
        self._give = KeyButton(theme, tr("Give"), "primary", key="Return")
        self.setAccessibleName(tr("Give to"))
        self.body.setSpacing(theme.px(12))
        self.body.addWidget(Label(theme, tr("Who shall do it?"), "strong"))
        self.body.addWidget(self._people)
        self.body.addWidget(self._give)
        self._give.clicked.connect(self._finish)

    def ask(self, anchor: QWidget, people: Sequence[Colleague]) -> None:
        items = tuple(Item(each.id, each.name, note=each.team) for each in people)
        self._people.set_items(items)
        self.open_under(anchor, first=self._people)

    def _finish(self) -> None:
        self.close_up()
        if self._people.current_id():
            self.chosen.emit(self._people.current_id())
