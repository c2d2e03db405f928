"""The right of the Orders tab: the sentence to say, lines and prices."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.customers.rows import telephone
from app.language import tr
from app.orders.options import Options
from app.orders.records import Film, Line
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.button import KeyButton
from ui.widgets.fact_rows import PairRow
from ui.widgets.label import Label, Prose
from ui.widgets.panel import Hairline
from ui.widgets.pieces import empty


class OrderSide(QWidget):
    """`copied` carries the sentence, `text_wanted` asks to send it to the customer's mobile."""

    copied = Signal(str)
    text_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sentence = ""
        self._shown: tuple[tuple[Line, ...], tuple[Line, ...]] = ((), ())
        self._saying = Saying(theme)
        self._copy = KeyButton(
            theme, tr("Copy"), "primary", "small", icon="copy", key="C", bind_key=False
        )
        # no key: a text is sent by a person who looks at the button
        self.text = KeyButton(theme, "", "quiet", "small", icon="sms")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._rest = QWidget()
        self._remaining = QVBoxLayout()
        self._remaining.setSpacing(0)
        self._build()
        self._copy.clicked.connect(self.copy_sentence)
        self.text.clicked.connect(self.text_wanted)

    def show_film(self, film: Film) -> None:
        self._sentence = film.sentence
        self.text.say(tr("Send as a text to {}").format(telephone(film.text_to)))
        self._saying.say(film.sentence)
        if (film.lines, film.sums) != self._shown:
            self._shown = (film.lines, film.sums)
            self._rebuild(film)

    def show_text(self, *, may: bool, online: bool) -> None:
        """Whether the sentence may be sent as a text, and can be now."""
        self.text.setVisible(may)
        self.text.setEnabled(online)

    def show_options(self, options: Options) -> None:
        """What can still be changed, each with its end."""
        empty(self._remaining)
        for each in options.remaining:
            self._remaining.addWidget(PairRow(self._theme, each.text, each.until, quiet=True))
        self._rest.setVisible(bool(options.remaining))

    def copy_sentence(self) -> bool:
        """Copy the sentence; False before there is one."""
        if self._sentence:
            self.copied.emit(self._sentence)
        return bool(self._sentence)

    def _rebuild(self, film: Film) -> None:
        empty(self._lines)
        for line in film.lines:
            self._lines.addWidget(PairRow(self._theme, line.name, line.price, mark=line.mark))
        if film.sums:
            self._lines.addWidget(Hairline(self._theme))
        for line in film.sums:
            self._lines.addWidget(PairRow(self._theme, line.name, line.price, strong=True))

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        head = QHBoxLayout()
        head.addWidget(Label(theme, tr("Say to the caller"), "strong"))
        head.addStretch(1)
        head.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(20), px(12))
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(px(6))
        column.addWidget(self._saying)
        column.addSpacing(px(4))
        column.addWidget(self.text, 0, Qt.AlignmentFlag.AlignLeft)
        self.text.hide()
        column.addSpacing(px(12))
        column.addWidget(Hairline(theme))
        column.addSpacing(px(12))
        column.addWidget(Label(theme, tr("Lines and prices"), "strong"))
        column.addSpacing(px(4))
        column.addLayout(self._lines)
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, px(12), 0, 0)
        rest.setSpacing(0)
        rest.addWidget(Hairline(theme))
        rest.addSpacing(px(12))
        rest.addWidget(Label(theme, tr("Can still be changed"), "strong"))
        rest.addSpacing(px(4))
        rest.addLayout(self._remaining)
        self._rest.hide()
        column.addWidget(self._rest)
        column.addStretch(1)


class Saying(QWidget):
    """The words to say, on a quiet ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = Prose(theme, "", "lead")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(13), theme.px(12), theme.px(13), theme.px(12))
        column.addWidget(self._words)

    def say(self, sentence: str) -> None:
        self._words.say(sentence)
        self.setAccessibleName(sentence)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        radius = theme.px(theme.tokens.radius.panel)
        paint.box(painter, self.rect(), radius, theme.color("subtle"), theme.color("line"))
        painter.end()
