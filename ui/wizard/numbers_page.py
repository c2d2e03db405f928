"""The third step: telephone numbers, found as one types and held at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.faults import Fault
from app.wizard import edits
from app.wizard.basket_view import basket_view
from app.wizard.choices import lines_of
from app.wizard.numbers_view import (
    GRADES,
    NumberRow,
    grade_name,
    head_line,
    next_open,
    places,
    prices,
    rows,
)
from app.wizard.service import Gone, How, NumberQuery
from app.wizard.steps import Step
from backend_client.desk_records import FoundNumber, Numbers
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets.button import KeyButton
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.message_bar import Message
from ui.widgets.panel import Hairline
from ui.widgets.segments import Option
from ui.widgets.status_bar import KeyHint
from ui.widgets.table import Table
from ui.widgets.table_model import Cell, Column, Row, RowsModel
from ui.wizard.chosen_numbers import ChosenNumbers
from ui.wizard.short_choice import ShortChoice
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk

LOOK_AFTER = 120  # ms after the last key
SECOND = 1000
_WHOLE_FILTERS = 836  # of the middle at zoom 1.0: below, the ways to search are a list
_WHOLE_GRADES = 620
_HOWS: tuple[How, ...] = ("next", "random", "contains", "like", "word")
_TYPED: frozenset[How] = frozenset({"contains", "like", "word"})


class NumbersPage(StepPage):
    """Filters, a table that follows each key, and the numbers held at the side."""

    step = Step.NUMBERS

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        self._found = Numbers()
        self._query: NumberQuery | None = None
        self._gone: Gone | None = None
        self._many = Field(theme, self.tr("How many"))
        self._many.input.setValidator(QIntValidator(0, 99, self))
        self.prefix = Field(theme, self.tr("Begins with, or a town"))
        self.how = ShortChoice(theme, self.tr("How"), self._hows())
        self.digits = Field(theme, self.tr("Digits"))
        self.grade = ShortChoice(theme, self.tr("Grade"), (Option("", self.tr("All")),))
        self._matching = Label(theme, "", "caption", "ink3")
        columns = (
            Column("number", self.tr("Number"), 164, sortable=False),
            Column("grade", self.tr("Grade"), 112, sortable=False),
            Column("why", self.tr("Why"), 0, sortable=False),
            Column("once", self.tr("Once"), 96, figures=True, sortable=False),
            Column("hold", self.tr("Hold"), 268, sortable=False),
        )
        self.table = Table(theme, self.tr("Numbers"), RowsModel(columns), ticks=True)
        self._add = KeyButton(theme, "", key="Return", bind_key=False)
        self._range = Label(theme, "", "caption", "ink3")
        self.chosen = ChosenNumbers(theme)
        self._pause = self._timer(LOOK_AFTER, self._look, single=True)
        self._clock = self._timer(SECOND, self._tick)
        self._build()
        self._connect()

    # --- what the frame asks ------------------------------------------------------------

    def refresh(self) -> None:
        draft, wizard, now = self.desk.draft, self.desk.wizard, self.desk.clock()
        shown = places(draft, wizard.choices, now=now)
        self.chosen.show_places(shown)
        self.chosen.show_totals(basket_view(draft, wizard.choices, unchecked=wizard.unchecked))
        if not self._many.input.hasFocus():
            self._many.set_text(str(len(shown)))
        self._show_prices()
        self._show_rows()
        self._look_if_new()

    def facts(self) -> str:
        choices = self.desk.wizard.choices
        return head_line(lines_of(self.desk.draft.picks, choices)) if choices else ""

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit_middle(self, width: int) -> None:
        self.how.set_narrow(narrow=width < _WHOLE_FILTERS)
        self.grade.set_narrow(narrow=width < _WHOLE_GRADES)

    def keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Alt+1–7", self.tr("step")),
            KeyHint("Space", self.tr("tick")),
            KeyHint("Return", self.tr("add")),
            KeyHint("Ctrl+A", self.tr("tick all")),
            KeyHint("Esc", self.tr("none")),
        )

    def showEvent(self, _event: QEvent) -> None:
        self._clock.start()

    def hideEvent(self, _event: QEvent) -> None:
        self._clock.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in a filter goes to the rows; digits typed over the rows go into the filter."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is self.table.view:
            return self._typed_over_rows(event)
        if event.key() == Qt.Key.Key_Down:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return False

    # --- making -------------------------------------------------------------------------

    def _hows(self) -> tuple[Option, ...]:
        words = (
            self.tr("Next free"),
            self.tr("Random"),
            self.tr("Contains"),
            self.tr("Like my old number"),
            self.tr("Spells a word"),
        )
        return tuple(Option(how, text) for how, text in zip(_HOWS, words, strict=True))

    def _build(self) -> None:
        px = self.theme.px
        column = self.add_column()
        head = QWidget()
        lines = QVBoxLayout(head)
        lines.setContentsMargins(px(20), px(8), px(20), px(12))
        lines.setSpacing(px(8))
        first = QHBoxLayout()
        first.setSpacing(px(12))
        self._many.setFixedWidth(px(72))
        self.prefix.setFixedWidth(px(156))
        self.digits.setFixedWidth(px(64))
        first.addWidget(self._many)
        first.addWidget(self.prefix)
        first.addWidget(self._labelled(self.tr("How"), self.how))
        first.addWidget(self.digits)
        first.addStretch(1)
        second = QHBoxLayout()
        second.setSpacing(px(12))
        second.addWidget(self.grade)
        second.addStretch(1)
        second.addWidget(self._matching)
        lines.addLayout(first)
        lines.addLayout(second)
        column.addWidget(head)
        column.addWidget(Hairline(self.theme))
        column.addWidget(self.table, 1)
        column.addWidget(self._foot())
        self.add_column(316).addWidget(self.chosen)
        self.table.set_row_action(self.tr("Enter adds"))

    def _labelled(self, label: str, widget: QWidget) -> QWidget:
        box = QWidget()
        rows_ = QVBoxLayout(box)
        rows_.setContentsMargins(0, 0, 0, 0)
        rows_.setSpacing(0)
        rows_.addWidget(Label(self.theme, label, "caption", "ink3"))
        rows_.addWidget(widget)
        return box

    def _foot(self) -> QWidget:
        foot = QWidget()
        px = self.theme.px
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(20), px(8), px(20), px(12))
        row.addWidget(self._add)
        row.addStretch(1)
        row.addWidget(self._range)
        return foot

    def _connect(self) -> None:
        for field in (self.prefix, self.digits):
            field.edited.connect(lambda _text: self._pause.start())
            field.input.installEventFilter(self)
            field.entered.connect(self._look)
        self._many.edited.connect(self._want_lines)
        self.how.chosen.connect(self._choose_how)
        self.grade.chosen.connect(lambda _grade: self._look())
        self.table.opened.connect(lambda _id: self.add_ticked())
        self.table.ticks.changed.connect(lambda _ids: self._show_prices())
        self.table.states.retry_wanted.connect(self._look)
        self.table.view.installEventFilter(self)
        self._add.clicked.connect(self.add_ticked)
        self.chosen.dropped.connect(self.desk.drop)
        self.chosen.again.connect(self._hold_again)
        self.desk.gone.connect(self._number_gone)

    def _timer(self, after: int, action: Callable[[], None], *, single: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setInterval(after)
        timer.timeout.connect(action)
        return timer

    # --- searching ----------------------------------------------------------------------

    def query(self) -> NumberQuery:
        """What is asked for now."""
        line = next_open(self.desk.draft, self.desk.wizard.choices)
        how = next(each for each in _HOWS if each == self.how.current())
        digits = self.digits.text().strip()
        if how in _TYPED and not digits:
            how = "next"
        return NumberQuery(
            type=line.number_type if line else (self._query.type if self._query else "mobile"),
            prefix=self.prefix.text().strip().replace(" ", ""),
            grade=self.grade.current(),
            how=how,
            digits=digits if how in _TYPED else "",
        )

    def _look_if_new(self) -> None:
        if self._query is None or self.query().type != self._query.type:
            self._look()

    def _look(self) -> None:
        query = self.query()
        if self._query is None:
            self.table.states.show_loading()
        self._query = query
        draft_id = self.desk.draft.id
        self.desk.background.read(
            lambda: self.desk.service.numbers(draft_id, query),
            owner=self,
            done=self._show_found,
            failed=self._not_found,
            key="numbers",
        )

    def _show_found(self, found: Numbers) -> None:
        self._found = found
        counts = found.grades
        every = Option("", self.tr("All"), f"{sum(counts.values())}")
        options = tuple(Option(each, grade_name(each), f"{counts.get(each, 0)}") for each in GRADES)
        self.grade.set_options((every, *options), self.grade.current())
        self._matching.setText(self.tr("{} match").format(found.total))
        self._show_rows()
        shown = len(found.numbers)
        if not shown:
            title = self.tr("No free number fits")
            text = self.tr("Type fewer digits, or choose another grade.")
            self.table.states.show_empty("phone", title, text)
            self._range.setText("")
            return
        words = self.tr("1 to {} of {} · grades by the published formula on the last six digits")
        self._range.setText(words.format(shown, found.total))
        self.table.states.show_rows()

    def _not_found(self, fault: Fault) -> None:
        self.table.states.show_failed(self.tr("The numbers could not be read"), fault.sentence)

    def _show_rows(self) -> None:
        now = self.desk.clock()
        shown = rows(self._found, self.desk.draft.holds, now=now)
        model = self.table.model()
        if isinstance(model, RowsModel):
            model.set_rows([_row(each) for each in shown])
        self._say_add()

    # --- adding -------------------------------------------------------------------------

    def add_ticked(self) -> None:
        """Hold what is ticked, else the current row, for the lines that are open."""
        ticked = self.table.ticks.ids() or [self.table.current_id()]
        known = {hold.number for hold in self.desk.draft.holds.values()}
        wanted = [each for each in self._of(ticked) if each.id not in known]
        choices = self.desk.wizard.choices
        if choices is None:
            return
        lines = lines_of(self.desk.draft.picks, choices)
        open_lines = [line for line in lines if line.key not in self.desk.draft.holds]
        for line, number in zip(open_lines, wanted, strict=False):
            self.desk.hold(line.key, number)
        self.table.ticks.set_ids([])
        if wanted and not open_lines:
            words = self.tr("Every line has a number. Let one go first, or raise how many.")
            self.desk.said.emit(Message("number", "info", words))

    def _of(self, ids: Sequence[str]) -> list[FoundNumber]:
        return [each for each in self._found.numbers if each.id in ids]

    def _hold_again(self, line: str) -> None:
        held = self.desk.draft.holds.get(line)
        if held is not None:
            found = FoundNumber(id=held.number, display=held.display, grade=held.grade)
            again = [each for each in self._found.numbers if each.id == held.number]
            self.desk.hold(line, again[0] if again else found)

    def _number_gone(self, gone: Gone) -> None:
        """Say it, and look for the nearest free one; Enter on the button takes it."""
        self._gone = gone
        words = self.tr("{} was taken meanwhile.").format(_written(gone.number))
        if not gone.alternative:
            self.desk.said.emit(Message("number", "warning", words))
        else:
            more = self.tr("The nearest free one is {}.").format(_written(gone.alternative))
            text, action = f"{words} {more}", self.tr("Take it")
            self.desk.said.emit(Message("number-gone", "warning", text, action=action))
        self._look()

    def take_nearest(self) -> None:
        """Hold the number that the server proposed."""
        line = next_open(self.desk.draft, self.desk.wizard.choices)
        if self._gone is None or not self._gone.alternative or line is None:
            return
        number = self._gone.alternative
        known = [each for each in self._found.numbers if each.id == number]
        found = known[0] if known else FoundNumber(id=number, display=_written(number))
        self.desk.hold(line.key, found)

    def _want_lines(self, text: str) -> None:
        """So many lines: the first line's offer is taken that often, as far as it may be."""
        choices = self.desk.wizard.choices
        if choices is None or not text.isdigit():
            return
        lines = lines_of(self.desk.draft.picks, choices)
        if not lines or int(text) < 1:
            return
        offer = lines[0].offer
        others = sum(1 for line in lines if line.offer.id != offer.id)
        wanted = max(1, min(offer.most, int(text) - others))
        self.desk.edit(edits.pick(offer.id, wanted))

    # --- time and words -----------------------------------------------------------------

    def _tick(self) -> None:
        self.chosen.show_places(
            places(self.desk.draft, self.desk.wizard.choices, now=self.desk.clock())
        )
        self._show_rows()

    def _choose_how(self, how: str) -> None:
        if how in _TYPED:
            self.digits.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def _show_prices(self) -> None:
        self.chosen.show_prices(*prices(self.desk.draft, self._of(self.table.ticks.ids())))
        self._say_add()

    def _say_add(self) -> None:
        count = len(self.table.ticks.ids())
        if count:
            self._add.say(self.tr("Add ticked numbers, {}").format(count))
        else:
            self._add.say(self.tr("Add this number"))

    def _typed_over_rows(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self.table.ticks.ids():
            self.table.ticks.set_ids([])
            self._show_prices()
            return True
        if not event.text().isdigit() or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if self.how.current() not in _TYPED:
            self.how.choose("contains")
        self.digits.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.digits.input.insert(event.text())
        self._pause.start()
        return True


def _row(view: NumberRow) -> Row:
    quiet = not view.free
    tone: Tone = "ink3" if quiet else "ink"
    number = Cell(view.lead, tone)
    if view.memorable:
        number = Cell(view.memorable, tone, strong=not quiet, lead=view.lead.strip())
    grade = Cell(view.grade, "ink" if view.bars else "ink3", bars=view.bars)
    hold = Cell(view.hold, "accent" if view.mine else "ink3", strong=view.mine)
    cells = (number, grade, Cell(view.why, "ink2"), view.once, hold)
    return Row(view.id, cells, enabled=view.free and not view.mine)


def _written(number: str) -> str:
    return f"{number[:5]} {number[5:]}"
