"""One condition of a rule: a fact with its values, or offers of which one is picked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.products.rule_words import fact_name, value_name
from app.products.rules import FactIs, Has, When
from ui.products.picker import Pickable, Picker
from ui.theme.theme import Theme
from ui.widgets.button import IconButton
from ui.widgets.choice import Choice, Item

_PICKED = "="  # no fact is called so

Context = Mapping[str, tuple[str | int, ...]]


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


class ConditionRow(QWidget):
    """`changed` carries the condition, `removed` nothing."""

    changed = Signal(object)
    removed = Signal()

    def __init__(
        self, theme: Theme, condition: When, context: Context, names: tuple[Pickable, ...]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._context = context
        self._names = names
        self._condition = condition
        facts = tuple(Item(fact, _begun(fact_name(fact))) for fact in context)
        items = (Item(_PICKED, tr("One of these is picked")), *facts)
        current = _PICKED if isinstance(condition, Has) else condition.fact
        self.what = Choice(theme, tr("What the condition is about"), items, current=current)
        self.values = Picker(theme, tr("Which"), nothing=tr("choose which"))
        self.remove = IconButton(theme, "x", tr("Take this condition away"))
        self._build()
        self._show()
        self.what.chosen.connect(self._other_fact)
        self.values.changed.connect(self._other_values)
        self.remove.clicked.connect(self.removed)

    def show_condition(self, condition: When, names: tuple[Pickable, ...]) -> None:
        """Show another condition in the same place."""
        self._condition, self._names = condition, names
        self.what.choose(_PICKED if isinstance(condition, Has) else condition.fact)
        self._show()

    def _show(self) -> None:
        if isinstance(self._condition, Has):
            self.values.show_items(self._names, self._condition.names)
            return
        fact = self._condition.fact
        items = tuple(
            Pickable(str(value), value_name(fact, value)) for value in self._context.get(fact, ())
        )
        self.values.show_items(items, tuple(map(str, self._condition.values)))

    def _other_fact(self, fact: str) -> None:
        self._condition = Has() if fact == _PICKED else FactIs(fact)
        self._show()
        self.changed.emit(self._condition)

    def _other_values(self, chosen: tuple[str, ...]) -> None:
        if isinstance(self._condition, Has):
            self._condition = Has(chosen)
        else:
            fact = self._condition.fact
            values = tuple(each for each in self._context.get(fact, ()) if str(each) in chosen)
            self._condition = FactIs(fact, values)
        self.changed.emit(self._condition)

    def _build(self) -> None:
        px = self._theme.px
        first = QHBoxLayout()
        first.setSpacing(px(4))
        first.addWidget(self.what, 1)
        first.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(first)
        column.addWidget(self.values)
