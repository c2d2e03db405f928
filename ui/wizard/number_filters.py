"""The two filter lines of the numbers step: how many, beginning, way, digits, grade."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.wizard.numbers_view import GRADES, grade_name
from app.wizard.service import How, NumberQuery
from ui.theme.theme import Theme
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.segments import Option
from ui.wizard.short_choice import ShortChoice

LOOK_AFTER = 120  # ms after the last key
_HOWS: tuple[How, ...] = ("next", "random", "contains", "like", "word")
_TYPED: frozenset[How] = frozenset({"contains", "like", "word"})
_PREFIX, _SHORT_PREFIX = 156, 108
_ROOMY = 520  # of the middle at zoom 1.0: below, every field is short
_WHOLE_FILTERS = 836  # of the middle at zoom 1.0: below, the ways to search are a list
_WHOLE_GRADES = 620


class NumberFilters(QWidget):
    """`changed` after each key that matters, `many` carries a figure, `down` leads to the rows."""

    changed = Signal()
    many = Signal(int)
    down = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._many = Field(theme, tr("How many"))
        self._many.input.setValidator(QIntValidator(0, 99, self))
        self.prefix = Field(theme, tr("Begins with, or a town"))
        self.how = ShortChoice(theme, tr("How"), self._hows())
        self.digits = Field(theme, tr("Digits"))
        self.grade = ShortChoice(theme, tr("Grade"), (Option("", tr("All")),))
        self._matching = Label(theme, "", "caption", "ink3")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(LOOK_AFTER)
        self._pause.timeout.connect(self.changed)
        self._build()
        self._many.edited.connect(lambda text: self.many.emit(int(text)) if text else None)
        self.how.chosen.connect(self._choose_how)
        self.grade.chosen.connect(lambda _grade: self.changed.emit())
        theme.changed.connect(self._fit)
        self._fit()

    def query(self, number_type: str) -> NumberQuery:
        """What is asked for now."""
        how = next(each for each in _HOWS if each == self.how.current())
        digits = self.digits.text().strip()
        if how in _TYPED and not digits:
            how = "next"
        return NumberQuery(
            type=number_type,
            prefix=self.prefix.text().strip().replace(" ", ""),
            grade=self.grade.current(),
            how=how,
            digits=digits if how in _TYPED else "",
        )

    def show_found(self, counts: Mapping[str, int], total: int) -> None:
        """Grades with how many there are of each, and how many match."""
        every = Option("", tr("All"), f"{sum(counts.values())}")
        grades = (Option(each, grade_name(each), f"{counts.get(each, 0)}") for each in GRADES)
        self.grade.set_options((every, *grades), self.grade.current())
        self._matching.setText(tr("{} match").format(total))

    def show_many(self, count: int) -> None:
        if not self._many.input.hasFocus():
            self._many.set_text(str(count))

    def take_digit(self, digit: str) -> None:
        """A digit typed over the rows narrows the search."""
        if self.how.current() not in _TYPED:
            self.how.choose("contains")
        self.digits.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.digits.input.insert(digit)
        self._pause.start()

    def fit(self, width: int) -> None:
        """Show lists instead of segments where there is no room."""
        self.how.set_narrow(narrow=width < _WHOLE_FILTERS)
        self.grade.set_narrow(narrow=width < _WHOLE_GRADES)
        self.prefix.setFixedWidth(self._theme.px(_PREFIX if width >= _ROOMY else _SHORT_PREFIX))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Down in a filter goes to the rows."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self.down.emit()
            return True
        return False

    def _hows(self) -> tuple[Option, ...]:
        words = (
            tr("Next free"),
            tr("Random"),
            tr("Contains"),
            tr("Like my old number"),
            tr("Spells a word"),
        )
        return tuple(Option(how, text) for how, text in zip(_HOWS, words, strict=True))

    def _build(self) -> None:
        self._lines = QVBoxLayout(self)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(self._theme.px(12))
        first.addWidget(self._many)
        first.addWidget(self.prefix)
        first.addWidget(self._labelled(tr("How"), self.how))
        first.addWidget(self.digits)
        first.addStretch(1)
        second.setSpacing(self._theme.px(12))
        second.addWidget(self.grade)
        second.addStretch(1)
        second.addWidget(self._matching)
        self._lines.addLayout(first)
        self._lines.addLayout(second)
        for field in (self.prefix, self.digits):
            field.edited.connect(lambda _text: self._pause.start())
            field.entered.connect(self.changed)
            field.input.installEventFilter(self)

    def _labelled(self, label: str, widget: QWidget) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.px(4))
        rows.addWidget(Label(self._theme, label, "caption", "ink3"))
        rows.addWidget(widget)
        return box

    def _choose_how(self, how: str) -> None:
        if how in _TYPED:
            self.digits.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _fit(self) -> None:
        px = self._theme.px
        self._lines.setContentsMargins(px(20), px(8), px(20), px(12))
        self._lines.setSpacing(px(8))
        self._many.setFixedWidth(px(72))
        self.prefix.setFixedWidth(px(_PREFIX))
        self.digits.setFixedWidth(px(64))
