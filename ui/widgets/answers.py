"""The five answers: what people call about most, answered before a tab is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPainterPath, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.keycap import cap_text

HEIGHT = 82


@dataclass(frozen=True, slots=True)
class AnswerText:
    """A question by its id, its answer, and in one line why.

    `key` opens it, unless `bind_key` is False because somebody else acts on the key.
    """

    id: str
    icon: str
    question: str
    answer: str
    cause: str
    note: str = ""
    key: str = ""
    tone: Tone = "ink"
    bind_key: bool = True


class Answer(QPushButton):
    """One of the five; Enter opens its tab."""

    opened = Signal(str)

    def __init__(self, theme: Theme, answer: AnswerText) -> None:
        super().__init__()
        self._theme = theme
        self._answer = answer
        self._first = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_answer(answer)
        self.clicked.connect(lambda: self.opened.emit(self._answer.id))
        if answer.key and answer.bind_key:
            QShortcut(QKeySequence(answer.key), self).activated.connect(self.click)
        theme.changed.connect(self.updateGeometry)

    def show_answer(self, answer: AnswerText) -> None:
        """Replace the words in place."""
        self._answer = answer
        parts = (answer.answer, answer.note, answer.cause)
        spoken = ", ".join(part for part in parts if part)
        self.setAccessibleName(f"{answer.question} {spoken}")
        if answer.key:
            self.setAccessibleDescription(tr("Key: {}").format(cap_text(answer.key)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(HEIGHT - 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in paint.ARROWS:
            # a push button would take them for Tab; they belong to the frame
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, answer = self._theme, self._answer
        px = theme.px
        painter = QPainter(self)
        self._paint_ground(painter)
        left, right = px(12), self.width() - px(12)
        paint.icon(theme, painter, QPoint(left, px(10)), answer.icon, "ink3")
        question = QRect(left + px(24), px(10), right - left - px(48), px(16))
        paint.words(theme, painter, question, answer.question, "caption", "ink3")
        if answer.key:
            cap = cap_text(answer.key)
            width = paint.cap_width(theme, cap)
            rect = QRect(right - width, px(9), width, px(theme.tokens.size.key_cap))
            paint.key_cap(theme, painter, rect, cap)
        middle = QRect(left, px(30), right - left, px(24))
        wide = paint.words(theme, painter, middle, answer.answer, "answer", answer.tone)
        if answer.note:
            rest = QRect(left + wide + px(4), px(32), right - left - wide - px(4), px(24))
            paint.words(theme, painter, rest, answer.note, "row", "ink2")
        cause = QRect(left, px(54), right - left, px(16))
        paint.words(theme, painter, cause, answer.cause, "caption", "ink3")
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        if self.isDown():
            painter.fillRect(self.rect(), self._theme.color("selected"))
        elif self.underMouse():
            painter.fillRect(self.rect(), self._theme.color("hover"))


class FiveAnswers(QFrame):
    """One frame, parts of equal width, one Tab stop; Left and Right go along."""

    opened = Signal(str)

    def __init__(
        self, theme: Theme, answers: Sequence[AnswerText] = (), *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: list[Answer] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_answers(answers)

    def set_answers(self, answers: Sequence[AnswerText]) -> None:
        """Show other answers; parts with the same ids only change their words."""
        if [part.objectName() for part in self._parts] == [answer.id for answer in answers]:
            for part, answer in zip(self._parts, answers, strict=True):
                part.show_answer(answer)
            return
        for part in self._parts:
            self._row.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        for answer in answers:
            part = Answer(self._theme, answer)
            part.setObjectName(answer.id)
            part.opened.connect(self.opened)
            if self._parts:
                part.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._parts.append(part)
            self._row.addWidget(part, 1)

    def parts(self) -> list[Answer]:
        return list(self._parts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        focus = self.focusWidget()
        if step is None or not isinstance(focus, Answer):
            super().keyPressEvent(event)
            return
        at = self._parts.index(focus) + step
        if 0 <= at < len(self._parts):
            self._parts[at].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        radius = theme.px(theme.tokens.radius.panel)
        path = QPainterPath()
        path.addRoundedRect(self.rect(), radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, theme.color("surface"))
        for part in self._parts[1:]:
            left = part.x() - 1
            painter.fillRect(left, 1, 1, self.height() - 2, theme.color("line"))
        paint.box(painter, self.rect(), radius, None, theme.color("line"))
        painter.end()
