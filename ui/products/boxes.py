"""The box of a new offer, made from another."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.field import Field, Finding
from ui.widgets.label import Label, Prose
from ui.widgets.popover import Popover

_WIDE = 360


class NewOfferBox(Popover):
    """A code and a name for the copy of an offer; `made` carries source, code and name."""

    made = Signal(str, str, str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window)
        self._source = ""
        self._title = Label(theme, "", "strong")
        text = tr("It is in the same groups and under the same rules as the offer it comes from.")
        self._text = Prose(theme, text, "caption", "ink2")
        self.code = Field(theme, tr("Code"))
        self.name = Field(theme, tr("Name"))
        self._make = KeyButton(theme, tr("Make it"), "primary", key="Return", bind_key=False)
        self.setAccessibleName(tr("New offer"))
        self.body.setSpacing(theme.px(12))
        self.body.addWidget(self._title)
        self.body.addWidget(self._text)
        for field in (self.code, self.name):
            field.setFixedWidth(theme.px(_WIDE))
            field.entered.connect(self._finish)
            self.body.addWidget(field)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._make)
        self.body.addLayout(row)
        self._make.clicked.connect(self._finish)

    def ask(self, anchor: QWidget, source: str, code: str, name: str) -> None:
        """Ask for the copy of `source`, with a code and a name to begin with."""
        self._source = source
        self._title.setText(tr("New offer, copied from {}").format(source))
        self.code.set_text(code)
        self.name.set_text(name)
        self.code.show_finding(None)
        self.open_under(anchor, first=self.code.input)
        self.code.input.selectAll()

    def refuse(self, sentence: str) -> None:
        """Say what is not right; the box stays."""
        self.code.show_finding(Finding("error", sentence))
        self.adjustSize()

    def _finish(self) -> None:
        self.made.emit(self._source, self.code.text().strip(), self.name.text().strip())
