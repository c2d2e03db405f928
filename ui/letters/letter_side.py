"""The right of the Letters tab: what became of a letter, its facts, the proof of its bytes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.language import tr
from app.letters.files import File
from app.letters.records import Happening, Letter
from ui.fact_rows import fact_of
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.fact_rows import FactRows
from ui.widgets.label import Label, Prose
from ui.widgets.panel import Hairline


class LetterSide(QWidget):
    """`order_wanted` when the order is opened."""

    order_wanted = Signal()
    copied = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._happened: tuple[Happening, ...] = ()
        self._events = QVBoxLayout()
        self._events.setSpacing(theme.px(8))
        self._facts = FactRows(theme, tr("Facts of the letter"), label_width=92)
        self._seal = Seal(theme)
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(20), px(12))
        column.setSpacing(0)
        column.addWidget(Label(theme, tr("What happened to it"), "strong"))
        column.addSpacing(px(8))
        column.addLayout(self._events)
        column.addSpacing(px(16))
        column.addWidget(Hairline(theme))
        column.addSpacing(px(8))
        column.addWidget(self._facts)
        column.addSpacing(px(8))
        column.addWidget(self._seal)
        column.addStretch(1)
        self._facts.opened.connect(self._opened)
        self._facts.copied.connect(lambda _id: self.copied.emit())

    def show_letter(self, letter: Letter, file: File | None) -> None:
        """`file` is None until its bytes are here."""
        if letter.happened != self._happened:
            self._happened = letter.happened
            self._rebuild()
        links = bool(letter.order_id)
        rows = [fact_of(each, link=links and each.id == "order") for each in letter.facts]
        self._facts.set_facts(rows)
        self._seal.show_file(file)

    def _opened(self, fact_id: str) -> None:
        if fact_id == "order":
            self.order_wanted.emit()

    def _rebuild(self) -> None:
        while (item := self._events.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for each in self._happened:
            self._events.addWidget(EventRow(self._theme, each))
        if not self._happened:
            self._events.addWidget(Label(self._theme, tr("Kept here, never sent."), "row", "ink3"))


class EventRow(QWidget):
    """A marker, what happened, and when."""

    def __init__(self, theme: Theme, happening: Happening) -> None:
        super().__init__()
        self._theme = theme
        self._kind: paint.MarkerKind = {"done": "done", "bad": "bad"}.get(  # type: ignore[assignment]  # the literals here
            happening.fate, "open"
        )
        self.setAccessibleName(f"{happening.title}, {happening.note}")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Prose(theme, happening.title, "row"))
        column.addWidget(Prose(theme, happening.note, "caption", "ink3"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.marker(self._theme, painter, QPoint(0, self._theme.px(2)), self._kind)
        painter.end()


class Seal(QWidget):
    """Says whether the bytes shown are the very ones that were sent."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._file: File | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_file(self, file: File | None) -> None:
        self._file = file
        self.setVisible(file is not None)
        if file is not None:
            self.setAccessibleName(f"{self._lead(file)}. SHA-256 {file.sha256}")
            self.setToolTip(f"SHA-256 {file.sha256}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._file is None:
            return
        theme, px = self._theme, self._theme.px
        good = self._file.proven
        painter = QPainter(self)
        ground: Tone = "good_soft" if good else "subtle"
        border = theme.color("good") if theme.high_contrast and good else None
        radius = px(theme.tokens.radius.control)
        paint.box(painter, self.rect(), radius, theme.color(ground), border)
        tone: Tone = "good" if good else "ink3"
        paint.icon(theme, painter, QPoint(px(12), px(10)), "shield", tone)
        upper = QRect(px(36), px(7), self.width() - px(44), px(20))
        lower = QRect(px(36), px(28), self.width() - px(44), px(16))
        paint.words(theme, painter, upper, self._lead(self._file), "row", "ink")
        digest = self._file.sha256
        short = f"SHA-256 {digest[:4]} {digest[4:8]} … {digest[-4:]}"
        paint.words(theme, painter, lower, short, "caption", "ink3")
        painter.end()

    def _lead(self, file: File) -> str:
        return tr("The exact bytes that were sent") if file.proven else tr("Its bytes")
