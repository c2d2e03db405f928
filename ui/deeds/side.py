"""What happens if it is sent now: when, what it costs, what follows, what to say; and the press."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.deeds.checks import instead
from app.deeds.foretelling import Foretold, Line, begins, sentence
from app.deeds.wording import press_of
from app.language import tr
from ui.deeds.deed_desk import DeedDesk
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.fact_rows import PairRow
from ui.widgets.label import Label, Prose
from ui.widgets.note import Note
from ui.widgets.panel import Ground, Hairline
from ui.widgets.pieces import empty
from ui.widgets.scrolled import scrolled

WIDTH = 372
_MOST_STEPS = 8
_ANY = 16_777_215  # what Qt takes for no bound


class Side(Ground):
    """`pressed` asks to send, `there` to go to the first field that is missing."""

    pressed = Signal()
    there = Signal(str)

    def __init__(self, theme: Theme, desk: DeedDesk) -> None:
        super().__init__(theme, "subtle")
        self._theme = theme
        self._desk = desk
        self._drawn: tuple[object, ...] = ()
        self._begins = Prose(theme, "", "strong", "ink")
        self._sentence = Prose(theme, "", "lead", "ink")
        self._say = Label(theme, tr("What to say"), "caption", "ink3")
        self._parts = QVBoxLayout()
        self._refusal = Note(theme, "bad")
        self._instead = Note(theme, "warn")
        self.press = KeyButton(
            theme, press_of(desk.deed.name), "primary", "large", key="Ctrl+Return", bind_key=False
        )
        self._under = Prose(theme, "", "caption", "warn")
        self._line = Hairline(theme)
        self._wide = False
        self._build()
        self.press.clicked.connect(self.pressed)
        theme.changed.connect(self._fit)
        self._fit()

    def refresh(self) -> None:
        """Show what is known now; while the server is asked, what was said last stands."""
        desk, deed = self._desk, self._desk.deed
        told, lacks = desk.foreseer.foretold, desk.missing
        self._begins.say(begins(deed, today=desk.today))
        words = told.sentence if told else sentence(deed, None, today=desk.today)
        self._sentence.say(f"“{words}”")
        known = not any(each.field in {"taker", "address"} for each in lacks)
        for part in (self._say, self._sentence):
            part.setVisible(known)
        self._show(told)
        self._refusal.say(desk.foreseer.refusal)
        self._instead.say(instead(deed) if desk.stranded else "")
        self.press.setEnabled(desk.ready)
        self.press.say(tr("Sending…") if desk.busy else press_of(deed.name))
        self._under.say(lacks[0].text if lacks else "")
        self._under.setVisible(bool(lacks))

    def fold(self, *, folded: bool, alone: bool) -> None:
        """Folded, only the press is seen, across the page; `alone`: all of it, and no form."""
        self._area.setVisible(not folded or alone)
        self._line.setVisible(not folded or alone)
        self._wide = folded
        self._fit()

    def accessible_words(self) -> str:
        """All that stands here, as it is read out."""
        parts = (*self.findChildren(Label), *self.findChildren(PairRow), *self.findChildren(Note))
        return " ".join(each.accessibleName() or getattr(each, "text", str)() for each in parts)

    def _show(self, told: Foretold | None) -> None:
        drawn = (told.lines, told.also, told.steps, told.letters) if told else ()
        if drawn == self._drawn:
            return
        self._drawn = drawn
        empty(self._parts)
        if told is None:
            return
        self._pairs(told.lines)
        self._list(tr("Goes along"), told.also)
        self._list(tr("What happens"), told.steps[:_MOST_STEPS])
        if told.letters:
            self._parts.addWidget(Label(self._theme, tr("Who is told"), "strong"))
            self._pairs(told.letters)

    def _pairs(self, lines: Iterable[Line]) -> None:
        for each in lines:
            self._parts.addWidget(PairRow(self._theme, each.label, each.value))
        self._parts.addSpacing(self._theme.px(8))

    def _list(self, title: str, rows: Iterable[str]) -> None:
        found = list(rows)
        if not found:
            return
        self._parts.addWidget(Label(self._theme, title, "strong"))
        for each in found:
            self._parts.addWidget(Prose(self._theme, each, "row", "ink2"))
        self._parts.addSpacing(self._theme.px(8))

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        inner = Ground(theme, "subtle")
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(16), px(16), px(20), px(12))
        column.setSpacing(px(8))
        column.addWidget(Label(theme, tr("Begins"), "caption", "ink3"))
        column.addWidget(self._begins)
        self._parts.setSpacing(px(2))
        column.addSpacing(px(4))
        column.addLayout(self._parts)
        column.addWidget(self._say)
        column.addWidget(self._sentence)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._area = scrolled(inner)
        outer.addWidget(self._area, 1)
        outer.addWidget(self._line)
        outer.addWidget(self._foot())

    def _foot(self) -> QWidget:
        px = self._theme.px
        foot = QWidget()
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(px(16), px(12), px(20), px(16))
        rows.setSpacing(px(6))
        rows.addWidget(self._refusal)
        rows.addWidget(self._instead)
        policy = self.press.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.press.setSizePolicy(policy)
        rows.addWidget(self.press)
        self._under.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(self._under)
        return foot

    def _fit(self) -> None:
        wide = self._theme.px(WIDTH)
        self.setMinimumWidth(0 if self._wide else wide)
        self.setMaximumWidth(_ANY if self._wide else wide)
