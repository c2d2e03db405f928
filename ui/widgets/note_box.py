"""A few lines for somebody else, asked for under a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.label import Label, Prose
from ui.widgets.pieces import Sentences, captioned
from ui.widgets.popover import Popover

_WIDE = 360


class NoteBox(Popover):
    """A few lines for somebody else; `finished` carries them. It asks for words where it must.

    Ctrl+Enter is a key of the screen below: who opens the box calls `finish` then.
    """

    finished = Signal(str)

    def __init__(
        self, theme: Theme, window: QWidget, *, title: str, text: str, action: str, must: str = ""
    ) -> None:
        super().__init__(theme, window)
        self._must = must
        self._text = Prose(theme, text, "caption", "ink2")
        self.note = Sentences(theme, title, lines=4)
        self.note.setFixedWidth(theme.px(_WIDE))
        self._trouble = Prose(theme, "", "caption", "bad")
        self._trouble.hide()
        self._act = KeyButton(theme, action, "primary", key="Ctrl+Return", bind_key=False)
        self.setAccessibleName(title)
        self.body.setSpacing(theme.px(12))
        self.body.addWidget(Label(theme, title, "strong"))
        self.body.addWidget(self._text)
        self.body.addWidget(captioned(theme, tr("In a sentence or two"), self.note))
        self.body.addWidget(self._trouble)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._act)
        self.body.addLayout(row)
        self._act.clicked.connect(self.finish)

    def ask(self, anchor: QWidget, note: str = "") -> None:
        self.note.show_text(note)
        self._trouble.hide()
        self.open_under(anchor, first=self.note)

    def finish(self) -> None:
        """Take what stands there, or say what is missing."""
        words = self.note.toPlainText().strip()
        if self._must and not words:
            self._trouble.say(self._must)
            self._trouble.show()
            self.adjustSize()
            return
        self.close_up()
        self.finished.emit(words)
