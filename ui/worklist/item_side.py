"""Beside the list: all that is known of the chosen step, its form, and what may be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.worklist.rows import Item
from app.worklist.typed import Typed
from ui.fact_rows import fact_of
from ui.theme.theme import Theme
from ui.widgets.button import ButtonKind, KeyButton
from ui.widgets.chip import Chip
from ui.widgets.fact_rows import FactRows
from ui.widgets.label import Prose
from ui.widgets.panel import Hairline
from ui.worklist.task_form import TaskForm

RETRY, SKIP, TAKE_BACK, ASSIGN, COMPLETE = "retry", "skip", "compensate", "assign", "complete"
TAKE, FREE = "take", "free"
_LINKS = frozenset({"customer", "order"})


class ItemSide(QWidget):
    """`asked` carries what shall be done, `opened` a fact that leads elsewhere.

    Keys of one letter belong to the page: they act while the list has the focus.
    """

    asked = Signal(str)
    opened = Signal(str)
    copied = Signal()
    answered = Signal(str, object)

    def __init__(self, theme: Theme, form: TaskForm) -> None:
        super().__init__()
        self._theme = theme
        self.form = form
        self._step = Prose(theme, "", "answer")
        self._state = Chip(theme, "", "plain")
        self._reason = Prose(theme, "", "row")
        self._says = Prose(theme, "", "caption", "ink2")
        self._facts = FactRows(theme, tr("Facts of the step"), label_width=92)
        self._off = Prose(theme, "", "caption", "warn")
        self.buttons = self._made_buttons()
        self._build()
        self._facts.opened.connect(self.opened)
        self._facts.copied.connect(lambda _id: self.copied.emit())
        form.answered.connect(self.answered)
        form.entered.connect(lambda: self.asked.emit(COMPLETE))

    def show_item(self, item: Item, typed: Typed, *, mine: bool, online: bool) -> None:
        """Show a step; what may not be done is not shown, what cannot be now is off."""
        self._step.say(item.step)
        self._state.show_state(item.state.text, item.state.tone)
        self._reason.say(item.reason)
        words = tr("To the caller: {}").format(item.row.says) if item.row.says else ""
        self._says.say(words)
        self._says.setVisible(bool(words))
        self._facts.set_facts([fact_of(each, link=each.id in _LINKS) for each in item.facts])
        self.form.show_form(item.id, item.form if item.may(COMPLETE) else (), typed.answers)
        shown = {
            RETRY: item.may(RETRY),
            COMPLETE: item.may(COMPLETE),
            TAKE: item.may(ASSIGN) and not mine,
            FREE: item.may(ASSIGN) and bool(item.holder),
            ASSIGN: item.may(ASSIGN),
            SKIP: item.may(SKIP),
            TAKE_BACK: item.may(TAKE_BACK),
        }
        for name, button in self.buttons.items():
            button.setVisible(shown[name])
            button.setEnabled(online)
        self._off.say("" if online else tr("Offline: this waits until the line is back."))
        self._off.setVisible(not online)

    def press(self, name: str) -> bool:
        """Do it as its button would; False where it may not be done now."""
        button = self.buttons[name]
        if button.isHidden() or not button.isEnabled():
            return False
        button.click()
        return True

    def _made_buttons(self) -> dict[str, KeyButton]:
        theme = self._theme

        def key(words: str, kind: ButtonKind, icon: str, cap: str) -> KeyButton:
            return KeyButton(theme, words, kind, icon=icon, key=cap, bind_key=False)

        made = {
            COMPLETE: key(tr("Done"), "primary", "check", "Ctrl+Return"),
            RETRY: key(tr("Try again"), "primary", "refresh", "R"),
            TAKE: key(tr("I take it"), "secondary", "user", "T"),
            ASSIGN: key(tr("Give to"), "secondary", "users", "G"),
            FREE: key(tr("Give back"), "quiet", "undo", "F"),
            SKIP: key(tr("Pass over"), "secondary", "right", "S"),
            TAKE_BACK: key(tr("Take back"), "danger", "undo", "B"),
        }
        for name, button in made.items():
            button.clicked.connect(self._asking(name))
        return made

    def _asking(self, name: str) -> Callable[[], None]:
        return lambda: self.asked.emit(name)

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(12))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._step, 1)
        head.addWidget(self._state)
        column.addLayout(head)
        column.addWidget(self._reason)
        column.addWidget(self._says)
        column.addWidget(self._facts)
        column.addWidget(Hairline(self._theme))
        column.addWidget(self.form)
        column.addWidget(self._off)
        for names in ((COMPLETE, RETRY), (TAKE, ASSIGN, FREE), (SKIP, TAKE_BACK)):
            row = QHBoxLayout()
            row.setSpacing(px(8))
            for name in names:
                row.addWidget(self.buttons[name])
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
