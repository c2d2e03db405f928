"""Signing in again in the middle of work: a bar over the page, nothing is covered or lost."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.language import tr
from ui.shell.page_frame import page_corner
from ui.signin.form import PasswordInput
from ui.theme.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.button import KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.label import Label, Prose, Run


class AgainBar(QFrame):
    """52 high, in the page's flow; `submitted` carries the password."""

    submitted = Signal(str)

    def __init__(self, theme: Theme, person: str) -> None:
        super().__init__()
        self._theme = theme
        self._words = Prose(theme, self._plain(), "row", "ink")
        self.password = PasswordInput(theme)
        self.password.setFixedWidth(theme.px(220))
        self.password.setAccessibleName(tr("Password of {}").format(person))
        self.password.entered.connect(self._submit)
        self.button = KeyButton(theme, tr("Sign in again"), "primary", "small")
        self.button.clicked.connect(self._submit)
        self._row = QHBoxLayout(self)
        self._row.addWidget(Glyph(theme, "lock", "warn", 20))
        self._row.addWidget(self._words, 1)
        self._row.addWidget(Label(theme, person, "row", "ink2"))
        self._row.addWidget(self.password)
        self._row.addWidget(self.button)
        theme.changed.connect(self._fit)
        self._fit()
        self.hide()

    def ask(self) -> None:
        """Come up; the focus stays where the work is."""
        if self.isHidden():
            self._words.say(self._plain())
            announce(self, self._words.text(), at_once=True)
            self.show()

    def say_failure(self, sentence: str) -> None:
        """It did not work; the password is to be typed again."""
        self.button.setEnabled(True)
        self._words.say((Run(sentence, strong=True),))
        announce(self, sentence, at_once=True)
        self.password.selectAll()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self) -> None:
        """Signed in again: forget what was typed and go."""
        self.password.clear()
        self.button.setEnabled(True)
        self.hide()

    def text(self) -> str:
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = page_corner(self, theme.px(theme.tokens.radius.panel) - 1, 0)
        painter.fillPath(path, theme.color("warn_soft"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("warn_line"))
        painter.end()

    def _plain(self) -> tuple[Run, ...]:
        return (
            Run(tr("You have been signed out."), strong=True),
            Run(" " + tr("Your work is kept. Sign in again.")),
        )

    def _submit(self) -> None:
        if self.button.isEnabled():
            self.button.setEnabled(False)
            self.submitted.emit(self.password.text())

    def _fit(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(52) + 1)
        self._row.setContentsMargins(px(20), 0, px(19), 1)
        self._row.setSpacing(px(12))
