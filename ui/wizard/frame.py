"""The wizard's frame: head, step list, and the line that says when the draft was saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.wizard.frame_view import StepView
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.panel import Ground
from ui.widgets.step_list import StepList, WizardStep

DISCARD_KEY = "Ctrl+Shift+D"


class Head(QWidget):
    """Name of the step, who and where, and the ways out."""

    back = Signal()
    next = Signal()
    only_account = Signal()
    side = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name = Label(theme, "", "page")
        self._facts = ElidedLabel(theme, "", "row", "ink2")
        self._only = KeyButton(theme, tr("Only create an account"), "quiet")
        self._back = KeyButton(theme, tr("Back"), key="Alt+Left")
        self._next = KeyButton(theme, tr("Next"), "primary", key="Alt+Right")
        self._side = KeyButton(theme, "", "quiet", key="Ctrl+B")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._name)
        self._row.addWidget(self._facts, 1)
        self._row.addWidget(self._side)
        self._row.addWidget(self._only)
        self._row.addWidget(self._back)
        self._row.addWidget(self._next)
        self._only.clicked.connect(self.only_account)
        self._side.clicked.connect(self.side)
        self._back.clicked.connect(self.back)
        self._next.clicked.connect(self.next)
        theme.changed.connect(self._fit)
        self._fit()

    def show_step(self, name: str, facts: str, *, lags: bool) -> None:
        """Show name and facts; with `lags` the facts are those before the last change."""
        self._name.setText(name)
        self._facts.setText(facts)
        self._facts.set_tone("ink3" if lags else "ink2")

    def show_ways(self, *, back: bool, following: bool, primary: bool, only_account: str) -> None:
        """Which ways there are. `only_account` is the words of that button, empty: not here."""
        self._back.setVisible(back)
        self._next.setVisible(following)
        self._next.set_kind("primary" if primary else "secondary")
        self._only.setVisible(bool(only_account))
        if only_account:
            self._only.say(only_account)

    def show_side(self, words: str) -> None:
        """Offer the column that has no room; without words there is none."""
        self._side.setVisible(bool(words))
        if words:
            self._side.say(words)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(self._theme.tokens.layout.wizard_bar))

    def _fit(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(self._theme.tokens.layout.wizard_bar))
        self._row.setContentsMargins(px(20), 0, px(20), 0)
        self._row.setSpacing(px(8))


class StepColumn(Ground):
    """The steps at the left, and the state of the draft under them."""

    opened = Signal(str)
    discard = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "subtle")
        self._theme = theme
        self._title = Label(theme, "", "strong")
        self._under = Label(theme, tr("Any step, any time"), "caption", "ink3")
        self.list = StepList(theme, tr("Steps"))
        self.list.setProperty("bare", "true")
        self.list.viewport().setAutoFillBackground(False)
        self._tick = Glyph(theme, "check", "good")
        self._saved = Label(theme, "", "caption", "ink3")
        self._where = Label(theme, "", "caption", "ink3")
        self._discard = KeyButton(theme, tr("Discard draft"), "quiet", "small", key=DISCARD_KEY)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._title)
        self._column.addWidget(self._under)
        self._column.addSpacing(theme.px(8))
        self._column.addWidget(self.list, 1)
        self._column.addLayout(self._foot())
        self._column.addSpacing(theme.px(4))
        self._column.addWidget(self._discard)
        self.list.opened.connect(self.opened)
        self._discard.clicked.connect(self.discard)
        theme.changed.connect(self._fit)
        self._fit()

    def show_title(self, title: str) -> None:
        self._title.setText(title)

    def show_steps(self, steps: Sequence[StepView], current: str) -> None:
        """Show the steps; the current one is marked without the focus moving."""
        self.list.set_steps(
            [
                WizardStep(each.id, each.name, each.note, each.mark, needs_work=each.needs_work)
                for each in steps
            ]
        )
        self.list.choose(current)

    def show_saved(self, words: str, where: str, *, ok: bool) -> None:
        """Say when the draft was saved and where; not `ok`: it only stands in memory."""
        self._saved.setText(words)
        self._where.setText(where)
        self._tick.show_icon("check" if ok else "alert", "good" if ok else "warn")
        self._tick.setVisible(bool(words))

    def show_discard(self, *, shown: bool) -> None:
        """Offer to throw the draft away, as long as it was not sent."""
        self._discard.setVisible(shown)

    def _foot(self) -> QHBoxLayout:
        px = self._theme.px
        foot = QHBoxLayout()
        foot.setContentsMargins(px(12), 0, 0, 0)
        foot.setSpacing(px(8))
        foot.addWidget(self._tick)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._saved)
        words.addWidget(self._where)
        foot.addLayout(words)
        foot.addStretch(1)
        return foot

    def _fit(self) -> None:
        px = self._theme.px
        self.setFixedWidth(px(self._theme.tokens.layout.wizard_steps))
        self._column.setContentsMargins(px(12), px(12), px(12), px(20))
        for label in (self._title, self._under):
            label.setContentsMargins(px(8), 0, 0, 0)
