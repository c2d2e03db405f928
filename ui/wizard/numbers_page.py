"""The third step: telephone numbers, found as one types and held at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.language import tr
from app.wizard import edits
from app.wizard.basket_view import basket_of
from app.wizard.choices import lines_of
from app.wizard.numbers_view import (
    NumberRow,
    first_free,
    head_line,
    next_open,
    places,
    prices,
    rows,
)
from app.wizard.porting import lines_to_choose, lines_without_old_number
from app.wizard.service import FoundNumber, Gone, NumberQuery, Numbers
from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets.button import KeyButton
from ui.widgets.label import Label
from ui.widgets.message_bar import Message
from ui.widgets.panel import Hairline
from ui.widgets.status_bar import KeyHint
from ui.widgets.table import Table
from ui.widgets.table_model import Cell, Column, Row, RowsModel
from ui.wizard.chosen_numbers import ChosenNumbers
from ui.wizard.number_filters import NumberFilters
from ui.wizard.old_number import OldNumber
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk

SECOND = 1000
_ROOMY = 600  # of the middle at zoom 1.0
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class NumbersPage(StepPage):
    """Filters, a table that follows each key, and the numbers held at the side."""

    step = Step.NUMBERS

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        self._found = Numbers()
        self._query: NumberQuery | None = None
        self._gone: Gone | None = None
        self.filters = NumberFilters(theme)
        columns = (
            Column("number", tr("Number"), 164, sortable=False),
            Column("grade", tr("Grade"), 112, sortable=False),
            Column("why", tr("Why"), 0, sortable=False),
            Column("once", tr("Once"), 96, figures=True, sortable=False),
            Column("hold", tr("Hold"), 268, sortable=False),
        )
        self.table = Table(theme, tr("Numbers"), RowsModel(columns), ticks=True)
        self._add = KeyButton(theme, "", key="Return", bind_key=False)
        self._keep = OldNumber(theme, desk)
        self._range = Label(theme, "", "caption", "ink3")
        self.chosen = ChosenNumbers(theme)
        self._second = QTimer(self)
        self._second.setInterval(SECOND)
        self._build()
        self._connect()

    # --- what the frame asks ------------------------------------------------------------

    def refresh(self) -> None:
        draft, wizard = self.desk.draft, self.desk.wizard
        shown = places(draft, wizard.choices, now=self.desk.clock())
        self.chosen.show_places(shown)
        self.chosen.totals.show_view(basket_of(wizard))
        self.filters.show_many(len(shown))
        self._keep.refresh(needed=bool(shown))
        self._show_prices()
        self._show_rows()
        if self._query is None or self.query().type != self._query.type:
            self.look()

    def facts(self) -> str:
        choices = self.desk.wizard.choices
        return head_line(lines_without_old_number(self.desk.draft, choices)) if choices else ""

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit_middle(self, width: int) -> None:
        self.filters.fit(width)
        if width < _ROOMY:
            self.table.leave_out("grade", "why", rest="hold")  # the price says the grade
        else:
            self.table.leave_out()

    def keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Alt+1–7", tr("step")),
            KeyHint("Space", tr("tick")),
            KeyHint("Return", tr("add")),
            KeyHint("Ctrl+A", tr("tick all")),
            KeyHint("Esc", tr("none")),
        )

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Digits typed over the rows narrow the search, Esc takes all ticks away."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape and self.table.ticks.ids():
            self.table.ticks.set_ids([])
            self._show_prices()
            return True
        if event.key() in _MOVES:
            self.desk.unsaid.emit("number-gone")  # Enter is for the row that was gone to
        if not event.text().isdigit() or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        self.filters.take_digit(event.text())
        return True

    # --- making -------------------------------------------------------------------------

    def _build(self) -> None:
        column = self.add_column()
        column.addWidget(self.filters)
        column.addWidget(Hairline(self.theme))
        column.addWidget(self.table, 1)
        foot = QWidget()
        px = self.theme.px
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(20), px(8), px(20), px(12))
        row.addWidget(self._add)
        row.addWidget(self._keep)
        row.addStretch(1)
        row.addWidget(self._range)
        column.addWidget(foot)
        self.add_column(316).addWidget(self.chosen)
        self.table.set_row_action(tr("Enter adds"))

    def _connect(self) -> None:
        self.filters.changed.connect(self.look)
        self.filters.many.connect(self._want_lines)
        self.filters.down.connect(self.focus_first)
        self.table.opened.connect(lambda _id: self.add_ticked())
        # Enter is for what was ticked now, no longer for the number that was proposed
        self.table.ticks.changed.connect(
            lambda ids: self.desk.unsaid.emit("number-gone") if ids else None
        )
        self.table.ticks.changed.connect(lambda _ids: self._show_prices())
        self.table.view.clicked.connect(lambda _index: self.desk.unsaid.emit("number-gone"))
        self.table.current_changed.connect(lambda _id: self._show_prices())
        self.table.states.retry_wanted.connect(self.look)
        self.table.view.installEventFilter(self)
        self._add.clicked.connect(self.add_ticked)
        self._keep.taken.connect(lambda field: self.wanted_step.emit(Step.SETTINGS, field))
        self.chosen.dropped.connect(self.desk.drop)
        self.chosen.again.connect(self._hold_again)
        self.desk.gone.connect(self._number_gone)
        self._second.timeout.connect(self._tick)
        self._second.start()

    # --- searching ----------------------------------------------------------------------

    def query(self) -> NumberQuery:
        """What is asked for now, of the type that the first open line needs."""
        line = next_open(self.desk.draft, self.desk.wizard.choices)
        last = self._query.type if self._query else "mobile"
        return self.filters.query(line.number_type if line else last)

    def look(self) -> None:
        """Search; only the newest answer counts."""
        query = self.query()
        if self._query is None:
            self.table.states.show_loading()
        self._query = query
        draft_id = self.desk.draft.id
        self.desk.background.read(
            lambda: self.desk.service.numbers(draft_id, query),
            owner=self,
            done=self._show_found,
            failed=lambda fault: self.table.states.show_failed(
                tr("The numbers could not be read"), fault.sentence
            ),
            key="numbers",
        )

    def _show_found(self, found: Numbers) -> None:
        self._found = found
        self.filters.show_found(found.grades, found.total)
        self._show_rows()
        shown = len(found.numbers)
        if not shown:
            title = tr("No free number fits")
            text = tr("Type fewer digits, or choose another grade.")
            self.table.states.show_empty("phone", title, text)
            self._range.setText("")
            return
        words = tr("1 to {} of {} · grades by the published formula on the last six digits")
        self._range.setText(words.format(shown, found.total))
        self.table.states.show_rows()
        if self.table.current_id() in {"", found.numbers[0].id}:  # Enter holds the current one
            self.table.choose(first_free(found, self.desk.draft.holds))

    def _show_rows(self) -> None:
        shown = rows(self._found, self.desk.draft.holds, now=self.desk.clock())
        model = self.table.model()
        if isinstance(model, RowsModel):
            model.set_rows([_row(each) for each in shown])

    # --- adding -------------------------------------------------------------------------

    def add_ticked(self) -> None:
        """Hold what is ticked, else the current row, for the lines that are open."""
        ticked = self.table.ticks.ids() or [self.table.current_id()]
        known = {hold.number for hold in self.desk.draft.holds.values()}
        wanted = [
            each
            for each in self._found.numbers
            if each.id in ticked and each.id not in known and each.state == "available"
        ]
        choices = self.desk.wizard.choices
        if choices is None:
            return
        open_lines = lines_to_choose(self.desk.draft, choices)
        for line, number in zip(open_lines, wanted, strict=False):
            self.desk.hold(line.key, number)
        self.table.ticks.set_ids([])
        if wanted and not open_lines:
            words = tr("Every line has a number. Let one go first, or raise how many.")
            self.desk.said.emit(Message("number", "info", words))

    def _hold_again(self, line: str) -> None:
        held = self.desk.draft.holds.get(line)
        if held is not None:
            found = FoundNumber(id=held.number, display=held.display, grade=held.grade)
            again = [each for each in self._found.numbers if each.id == held.number]
            self.desk.hold(line, again[0] if again else found)

    def _number_gone(self, gone: Gone) -> None:
        """Say it, and look for the nearest free one; Enter on the button takes it."""
        self._gone = gone
        words = tr("{} was taken meanwhile.").format(_written(gone.number))
        if not gone.alternative:
            self.desk.said.emit(Message("number", "warning", words))
        else:
            more = tr("The nearest free one is {}.").format(_written(gone.alternative))
            text, action = f"{words} {more}", tr("Take it")
            self.desk.said.emit(
                Message("number-gone", "warning", text, action=action, action_key="Return")
            )
        self.look()

    def take_nearest(self) -> None:
        """Hold the number that the server proposed."""
        self.desk.unsaid.emit("number-gone")
        line = next_open(self.desk.draft, self.desk.wizard.choices)
        if self._gone is None or not self._gone.alternative or line is None:
            return
        number = self._gone.alternative
        known = [each for each in self._found.numbers if each.id == number]
        found = known[0] if known else FoundNumber(id=number, display=_written(number))
        self.desk.hold(line.key, found)

    def _want_lines(self, count: int) -> None:
        """So many lines: the first line's offer is taken that often, as far as it may be."""
        choices = self.desk.wizard.choices
        lines = lines_of(self.desk.draft.picks, choices) if choices else ()
        if not lines or count < 1:
            return
        offer = lines[0].offer
        others = sum(1 for line in lines if line.offer.id != offer.id)
        wanted = max(1, min(offer.most, count - others))
        self.desk.edit(edits.pick(offer.id, wanted))

    # --- time and words -----------------------------------------------------------------

    def _tick(self) -> None:
        """A second has passed; what nobody sees is not counted."""
        if not self.isVisible():
            return
        self.chosen.show_places(
            places(self.desk.draft, self.desk.wizard.choices, now=self.desk.clock())
        )
        self._show_rows()

    def _show_prices(self) -> None:
        ticked = self.table.ticks.ids()
        found = [each for each in self._found.numbers if each.id in ticked]
        self.chosen.show_prices(*prices(self.desk.draft, found))
        words = tr("Add ticked numbers, {}").format(len(ticked))
        self._add.say(words if ticked else tr("Add this number"))
        current = self.table.current_id()  # what somebody else holds cannot be added
        row = next((each for each in self._found.numbers if each.id == current), None)
        self._add.setEnabled(bool(ticked) or (row is not None and row.state == "available"))


def _row(view: NumberRow) -> Row:
    quiet = not view.free
    tone: Tone = "ink3" if quiet else "ink"
    number = Cell(view.lead, tone)
    if view.memorable:
        number = Cell(view.memorable, tone, strong=not quiet, lead=view.lead.strip())
    grade = Cell(view.grade, "ink" if view.bars else "ink3", bars=view.bars)
    hold = Cell(view.hold, "accent" if view.mine else "ink3", strong=view.mine)
    cells = (number, grade, Cell(view.why, "ink2"), view.once, hold)
    return Row(view.id, cells, enabled=view.free and not view.mine, marked=view.mine)


def _written(number: str) -> str:
    return f"{number[:5]} {number[5:]}"
