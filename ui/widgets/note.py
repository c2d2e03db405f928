"""A sentence on a soft ground, with its icon."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.glyph import Glyph
from ui.widgets.label import Prose

NoteKind = Literal["info", "warn", "bad", "plain"]
_LOOK: dict[NoteKind, tuple[str, Tone, Tone]] = {
    "info": ("info", "accent", "accent_soft"),
    "warn": ("alert", "warn", "warn_soft"),
    "bad": ("error", "bad", "bad_soft"),
    "plain": ("", "ink3", "subtle"),
}


class Note(QWidget):
    """Grows with its words; hides when it has nothing to say."""

    def __init__(self, theme: Theme, kind: NoteKind = "info", text: str = "") -> None:
        super().__init__()
        self._theme = theme
        icon, ink, self._ground = _LOOK[kind]
        self._ink: Tone = ink
        self._row = QHBoxLayout(self)
        if icon:
            self._row.addWidget(Glyph(theme, icon, ink), 0, Qt.AlignmentFlag.AlignVCenter)
        self._words = Prose(theme, text, "row", "ink")
        self._row.addWidget(self._words, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._fit)
        self._fit()
        self.say(text)

    def text(self) -> str:
        return self._words.text()

    def say(self, text: str) -> None:
        """Show another sentence; without one the note goes."""
        self._words.say(text)
        self.setAccessibleName(text)
        if not text or self.parent() is not None:  # alone it would be a window of its own
            self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.ground(self._theme, self, self._ground, self._ink)

    def _fit(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(12), px(6), px(12), px(6))
        self._row.setSpacing(px(8))
