"""Cards at the side of the numbers step: numbers held, and places that are still empty."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.language import tr
from app.wizard.numbers_view import Place
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.button import IconButton, KeyButton
from ui.widgets.label import ElidedLabel, Label, Prose, Run
from ui.widgets.progress import Progress


class HeldNumber(QFrame):
    """A number held for a line, with the time left. `dropped` and `again` carry the line."""

    dropped = Signal(str)
    again = Signal(str)

    def __init__(self, theme: Theme, place: Place) -> None:
        super().__init__()
        self._theme = theme
        self._line = place.line
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(2))
        first = QHBoxLayout()
        self._number = Prose(theme, "", "lead")
        drop = IconButton(theme, "x", tr("Let this number go"))
        drop.clicked.connect(lambda: self.dropped.emit(self._line))
        first.addWidget(self._number, 1)
        first.addWidget(drop)
        second = QHBoxLayout()
        self._for = ElidedLabel(theme, "", "caption", "ink3")
        self._grade = Label(theme, "", "caption", "ink2", strong=True)
        second.addWidget(self._for, 1)
        second.addWidget(self._grade)
        third = QHBoxLayout()
        third.setSpacing(px(8))
        self._bar = Progress(theme, tr("Time left"), thin=True)
        self._left = Label(theme, "", "caption", "ink3")
        self._again = KeyButton(theme, tr("Hold again"), "quiet", "line", key="H")
        self._again.clicked.connect(lambda: self.again.emit(self._line))
        third.addWidget(self._bar, 1)
        third.addWidget(self._left)
        third.addWidget(self._again)
        for row in (first, second, third):
            column.addLayout(row)
        self.show_place(place)

    def show_place(self, place: Place) -> None:
        """Show the time left now."""
        if place.hold is None:
            return
        lead, memorable = place.hold.display[:-3], place.hold.display[-3:]
        self._number.say((Run(lead), Run(memorable, strong=True)))
        self._for.setText(tr("for {}").format(place.name))
        price = f" · £{place.hold.once}" if place.hold.once not in {"0", "0.00"} else ""
        self._grade.setText(f"{place.grade}{price}")
        tones: dict[str, Tone] = {"soon": "warn", "over": "bad"}
        tone = tones.get(place.state, "accent")
        self._bar.show_share(place.share, 1000, tone)
        words = {
            "soon": tr("held {}, still typing keeps it"),
            "over": tr("the hold has ended"),
        }.get(place.state, tr("held {}"))
        self._left.setText(words.format(place.left))
        self._left.set_tone("ink3" if place.state == "held" else tone)
        self._again.setVisible(place.state == "over")
        self.setAccessibleName(f"{place.hold.display}, {place.name}, {self._left.text()}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        radius = theme.px(theme.tokens.radius.panel)
        paint.box(painter, self.rect(), radius, theme.color("surface"), theme.color("line"))
        painter.end()


class EmptyPlace(QFrame):
    """A line that still needs a number."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        px = theme.px
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.addWidget(Prose(theme, words, "row", "ink3"))
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line_strong"), 1, Qt.PenStyle.DashLine))
        radius = theme.px(theme.tokens.radius.panel)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        painter.end()
