"""The panel beside the offers: it follows the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.wizard.offers_view import Details
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.label import Label, Prose
from ui.widgets.note import Note
from ui.widgets.panel import Hairline


class OfferDetails(QWidget):
    """`copied` carries the sentence for the caller, `wanted` asks for what opens the offer."""

    copied = Signal(str)
    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sentence = ""
        self._details: Details | None = None
        px = theme.px
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(16), px(12), px(16), px(16))
        self._column.setSpacing(0)
        self._kicker = Label(theme, "", "caption", "ink3")
        self._name = Prose(theme, "", "answer")
        self._name.setProperty("role", "answer")
        self._price = Label(theme, "", "title")
        self._term = Label(theme, "", "row", "ink2")
        self._facts = QGridLayout()
        self._under_facts = Hairline(theme)
        self._notes_title = Label(theme, "", "strong")
        self._notes = Prose(theme, "", "row", "ink2")
        self._opener = QWidget()
        self._opens_title = Label(theme, tr("What opens it"), "strong")
        self._opens = Prose(theme, "", "row", "ink2")
        self._act = KeyButton(theme, "", key="Return", bind_key=False)
        self._act.clicked.connect(self.wanted)
        self._say_title = Label(theme, tr("Say to the caller"), "strong")
        self._say = Note(theme, "plain")
        self._copy = KeyButton(theme, tr("Copy"), icon="copy", key="C", bind_key=False)
        self._copy.clicked.connect(lambda: self.copied.emit(self._sentence))
        self._build()
        self.show_details(None)

    def show_details(self, details: Details | None) -> None:
        """Show an offer, or nothing; what stands there already is left alone."""
        if details is not None and details == self._details:
            return
        self._details = details
        for widget in self.findChildren(QWidget):
            if widget.parent() is self:
                widget.setVisible(details is not None)
        if details is None:
            return
        self._kicker.setText(details.kicker)
        self._name.say(details.name)
        self._price.setText(details.price)
        self._price.setVisible(bool(details.price))
        self._term.setText(details.term)
        self._show_facts(details.facts)
        self._under_facts.setVisible(bool(details.facts))
        self._notes_title.setText(details.notes_title)
        self._notes_title.setVisible(bool(details.notes))
        self._notes.say("\n".join(details.notes))
        self._notes.setVisible(bool(details.notes))
        self._show_opener(details)
        self._sentence = details.sentence
        self._say.say(details.sentence)
        self._copy.setVisible(bool(details.sentence))
        self._say_title.setVisible(bool(details.sentence))

    def _opener_part(self) -> QWidget:
        """What opens the offer, with its button; it takes no room where nothing is closed."""
        px = self._theme.px
        rows = QVBoxLayout(self._opener)
        rows.setContentsMargins(0, 0, 0, px(12))
        rows.setSpacing(px(4))
        rows.addWidget(self._opens_title)
        rows.addWidget(self._opens)
        rows.addWidget(self._act)
        return self._opener

    def _show_opener(self, details: Details) -> None:
        self._opener.setVisible(bool(details.opens))
        self._opens.say(details.opens)
        self._act.setVisible(bool(details.action))
        self._act.say(details.action)

    def sentence(self) -> str:
        return self._sentence

    def _build(self) -> None:
        theme, px, column = self._theme, self._theme.px, self._column
        column.addWidget(self._kicker)
        column.addWidget(self._name)
        column.addSpacing(px(8))
        price = QHBoxLayout()
        price.setSpacing(px(8))
        price.addWidget(self._price)
        price.addWidget(self._term, 0, Qt.AlignmentFlag.AlignBottom)
        price.addStretch(1)
        column.addLayout(price)
        column.addSpacing(px(8))
        column.addWidget(Hairline(theme))
        column.addSpacing(px(8))
        self._facts.setHorizontalSpacing(px(12))
        self._facts.setVerticalSpacing(px(6))
        self._facts.setColumnMinimumWidth(0, px(80))
        self._facts.setColumnStretch(1, 1)
        column.addLayout(self._facts)
        column.addSpacing(px(8))
        column.addWidget(self._under_facts)
        column.addSpacing(px(8))
        column.addWidget(self._notes_title)
        column.addSpacing(px(4))
        column.addWidget(self._notes)
        column.addSpacing(px(12))
        column.addWidget(self._opener_part())
        column.addWidget(self._say_title)
        column.addSpacing(px(6))
        column.addWidget(self._say)
        column.addSpacing(px(12))
        column.addWidget(self._copy)
        column.addStretch(1)

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        while item := self._facts.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)  # else what is shown next would show it again
                widget.deleteLater()
        for row, (label, value) in enumerate(facts):
            name = Label(self._theme, label, "row", "ink3")
            self._facts.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(Prose(self._theme, value, "row", "ink"), row, 1)
