"""One e-mail: who, subject, text, attachments."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.language import tr
from app.wizard.draft import Message
from app.wizard.messages_view import LETTERS, Recipient, letter_name
from ui.theme.theme import Theme
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.panel import Hairline
from ui.widgets.tick import Tick


class MessageForm(QWidget):
    """`changed` carries the recipient, the name of the part and its new value."""

    changed = Signal(str, str, object)

    def __init__(self, theme: Theme, recipient: Recipient, message: Message) -> None:
        super().__init__()
        self._theme = theme
        self._to = recipient.to
        px = theme.px
        self.tick = Tick(theme, recipient.name)
        self.subject = Field(theme, tr("Subject"), message.subject)
        self.text = QPlainTextEdit(message.content)
        self.text.setAccessibleName(tr("Text to {}").format(recipient.name))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(96))
        self._body = QWidget()
        rows = QVBoxLayout(self._body)
        rows.setContentsMargins(px(24), 0, 0, px(12))
        rows.setSpacing(px(8))
        rows.addWidget(self.subject)
        rows.addWidget(Label(theme, tr("Text"), "caption", "ink3"))
        rows.addWidget(self.text)
        rows.addLayout(self._attachments(message))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(self.tick)
        head.addStretch(1)
        head.addWidget(Label(theme, recipient.note, "caption", "ink3"))
        outer.addLayout(head)
        outer.addWidget(self._body)
        outer.addWidget(Hairline(theme))
        self.tick.setChecked(message.chosen)
        self._body.setVisible(message.chosen)
        self.tick.clicked.connect(self._ticked)
        self.subject.edited.connect(lambda text: self.changed.emit(self._to, "subject", text))
        self.text.textChanged.connect(
            lambda: self.changed.emit(self._to, "content", self.text.toPlainText())
        )

    def _attachments(self, message: Message) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(16))
        self._letters = {letter: Tick(self._theme, letter_name(letter)) for letter in LETTERS}
        for letter, tick in self._letters.items():
            tick.setChecked(letter in message.attachments)
            tick.clicked.connect(self._attach)
            row.addWidget(tick)
        row.addStretch(1)
        return row

    def _attach(self) -> None:
        chosen = tuple(letter for letter, tick in self._letters.items() if tick.isChecked())
        self.changed.emit(self._to, "attachments", chosen)

    def _ticked(self, on: bool) -> None:  # noqa: FBT001  # Qt's own signature
        self._body.setVisible(on)
        self.changed.emit(self._to, "chosen", on)
        if on:
            self.subject.setFocus()
