"""One rule in words: when … then …, with offers and groups picked from lists."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.language import tr
from app.products import rules
from app.products.documents import Documents, Kind
from app.products.rule_words import kind_name, op_words, sentence
from app.products.rules import KINDS, OPS, FactIs, Has, Rule, When
from app.products.words import ChangeView
from ui.products.condition_row import ConditionRow
from ui.products.picker import Pickable, Picker
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip
from ui.widgets.choice import Choice, Item
from ui.widgets.label import Label, Prose
from ui.widgets.pieces import Escaping, Sentences, captioned, empty, headed
from ui.widgets.quantity import Quantity
from ui.widgets.scrolled import scrolled

_MOST = 9999


def pickables(documents: Documents) -> tuple[Pickable, ...]:
    """Groups first, then offers, as a rule may name them."""
    groups = (
        Pickable(name, name, tr("group of {}").format(len(codes)))
        for name, codes in documents.groups.items()
    )
    offers = (
        Pickable(str(each.get("code", "")), str(each.get("name", "")), str(each.get("code", "")))
        for each in documents.offers
    )
    return (*groups, *offers)


class RuleForm(Escaping):
    """`edited` carries an edit, what it does in words, and the field."""

    edited = Signal(object, str, str)
    settled = Signal()
    copy_wanted = Signal(str)
    remove_wanted = Signal(str)
    take_back_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rule = Rule("")
        self._key = ""
        self._documents: Documents | None = None
        self._names: tuple[Pickable, ...] = ()
        self._title = Label(theme, "", "answer")
        self._state = Chip(theme, "")
        self._sentence = Prose(theme, "", "row", "ink2")
        kinds = tuple(Item(kind, kind_name(kind)) for kind in KINDS)
        self.kind = Choice(theme, tr("Kind of rule"), kinds)
        self._conditions = QVBoxLayout()
        self.rows: list[ConditionRow] = []
        self.add_condition = KeyButton(theme, tr("Condition"), "quiet", "small", icon="plus")
        ops = tuple(Item(op, op_words(op)) for op in OPS)
        self.op = Choice(theme, tr("How many"), ops)
        self.figure = Quantity(theme, tr("Figure"), most=_MOST)
        self.of = Picker(theme, tr("Of which"), nothing=tr("choose offers or groups"))
        self.each = Quantity(theme, tr("More for each"), most=_MOST)
        self.each_of = Picker(theme, tr("For each of"), nothing=tr("nothing: the figure alone"))
        self.text = Sentences(theme, tr("Text for the agent"))
        self.internal = Sentences(theme, tr("Internal text"), lines=2)
        self._copy = KeyButton(theme, tr("Copy"), size="small", icon="copy")
        self._remove = KeyButton(theme, tr("Remove"), "quiet", "small", icon="x")
        self._back = KeyButton(theme, tr("Take back"), "quiet", "small", icon="undo")
        self._build()
        self._connect()

    def show_rule(self, rule: Rule, documents: Documents, change: ChangeView | None) -> None:
        """Show a rule; what is being typed keeps its caret."""
        other = rule.id != self._rule.id
        if self._documents is None or documents.catalogue is not self._documents.catalogue:
            self._names = pickables(documents)
        self._rule, self._documents = rule, documents
        self._title.setText(tr("Rule {id}", id=rule.id))
        self._sentence.say(sentence(rule, rules.named(documents)))
        self.kind.choose(rule.kind)
        self._show_conditions(rebuild=other or len(rule.when) != len(self.rows))
        self.op.choose(rule.op)
        self.figure.set_value(rule.figure)
        self.of.show_items(self._names, rule.names)
        self.each.set_value(rule.each)
        self.each.setEnabled(bool(rule.each_of))
        self.each_of.show_items(self._names, rule.each_of)
        self.text.show_text(rule.text)
        self.internal.show_text(rule.internal)
        self._show_change(change)

    def focus_field(self) -> None:
        (self.rows[0].what if self.rows else self.of).setFocus()

    def _show_change(self, change: ChangeView | None) -> None:
        self._key = change.key if change else ""
        self._back.setVisible(change is not None)
        self._state.setVisible(change is not None)
        if change is not None:
            kind = "info" if change.tone == "plain" else change.tone
            self._state.show_state(change.state, kind)

    def _show_conditions(self, *, rebuild: bool) -> None:
        if not rebuild:
            for row, condition in zip(self.rows, self._rule.when, strict=True):
                row.show_condition(condition, self._names)
            return
        empty(self._conditions)
        context = self._documents.context if self._documents else {}
        self.rows = []
        for at, condition in enumerate(self._rule.when):
            row = ConditionRow(self._theme, condition, context, self._names)
            row.changed.connect(lambda new, place=at: self._condition(place, new))
            row.removed.connect(lambda place=at: self._condition(place, None))
            self._conditions.addWidget(row)
            self.rows.append(row)

    def _condition(self, at: int, new: When | None) -> None:
        held = list(self._rule.when)
        held[at : at + 1] = [] if new is None else [new]
        self._edit(replace(self._rule, when=tuple(held)), tr("Condition"))

    def _add_condition(self) -> None:
        facts = list(self._documents.context) if self._documents else []
        used = {each.fact for each in self._rule.when if isinstance(each, FactIs)}
        free = [fact for fact in facts if fact not in used]
        new: When = FactIs(free[0]) if free else Has()
        self._edit(replace(self._rule, when=(*self._rule.when, new)), tr("Condition"))
        if self.rows:
            self.rows[-1].what.setFocus()

    def _edit(self, new: Rule, what: str, field: str = "") -> None:
        if self._rule.id and new != self._rule:
            words = tr("{what} of {code}", what=what, code=new.id)
            of = f"{Kind.RULE}:{new.id}:{field}" if field else ""
            self.edited.emit(lambda documents: rules.with_rule(documents, new), words, of)

    def _take_each_of(self, names: tuple[str, ...]) -> None:
        each = max(1, self._rule.each) if names else 0
        self._edit(replace(self._rule, each_of=names, each=each), tr("For each of"))

    def _connect(self) -> None:
        self.kind.chosen.connect(
            lambda kind: self._edit(replace(self._rule, kind=kind), tr("Kind"))
        )
        self.op.chosen.connect(
            lambda found: self._edit(
                replace(self._rule, op=next(op for op in OPS if op == found)), tr("How many")
            )
        )
        self.figure.changed.connect(
            lambda figure: self._edit(replace(self._rule, figure=figure), tr("Figure"), "figure")
        )
        self.of.changed.connect(
            lambda names: self._edit(replace(self._rule, names=names), tr("Of which"))
        )
        self.each.changed.connect(
            lambda each: self._edit(replace(self._rule, each=each), tr("More for each"), "each")
        )
        self.each_of.changed.connect(self._take_each_of)
        self.text.edited.connect(
            lambda text: self._edit(replace(self._rule, text=text), tr("Text"), "text")
        )
        self.internal.edited.connect(
            lambda text: self._edit(
                replace(self._rule, internal=text), tr("Internal text"), "internal"
            )
        )
        self.text.left.connect(self.settled)
        self.internal.left.connect(self.settled)
        self.add_condition.clicked.connect(self._add_condition)
        self._copy.clicked.connect(lambda: self.copy_wanted.emit(self._rule.id))
        self._remove.clicked.connect(lambda: self.remove_wanted.emit(self._rule.id))
        self._back.clicked.connect(lambda: self.take_back_wanted.emit(self._key))

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        inside, column = headed(theme, self._title, self._state)
        column.addWidget(self._sentence)
        column.addWidget(captioned(theme, tr("Kind"), self.kind, stretch=True))
        column.addLayout(self._when_part())
        column.addLayout(self._then_part())
        column.addWidget(captioned(theme, tr("Text for the agent"), self.text, stretch=True))
        words = tr("Internal text, never shown to agents")
        column.addWidget(captioned(theme, words, self.internal, stretch=True))
        actions = QHBoxLayout()
        actions.setSpacing(px(8))
        for button in (self._copy, self._remove, self._back):
            actions.addWidget(button)
        actions.addStretch(1)
        column.addLayout(actions)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _when_part(self) -> QVBoxLayout:
        px = self._theme.px
        part = QVBoxLayout()
        part.setSpacing(px(4))
        head = QHBoxLayout()
        head.addWidget(Label(self._theme, tr("When all of these hold"), "caption", "ink3"))
        head.addStretch(1)
        head.addWidget(self.add_condition)
        part.addLayout(head)
        self._conditions.setSpacing(px(8))
        part.addLayout(self._conditions)
        return part

    def _then_part(self) -> QVBoxLayout:
        px = self._theme.px
        part = QVBoxLayout()
        part.setSpacing(px(4))
        part.addWidget(Label(self._theme, tr("Then the customer has"), "caption", "ink3"))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.op, 1)
        row.addWidget(self.figure)
        part.addLayout(row)
        part.addWidget(self.of)
        part.addSpacing(px(4))
        part.addWidget(Label(self._theme, tr("and so many more for each of"), "caption", "ink3"))
        part.addWidget(self.each_of)
        part.addWidget(self.each)
        return part
