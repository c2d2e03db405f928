"""Proposals and versions: a list at the left, what the chosen one changes beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.faults import Fault
from app.language import tr
from app.products.desk import Compared, ProductDesk
from app.products.proposals import ProposalRow, VersionRow
from app.products.words import count_words
from ui.background import Background
from ui.products.changes_part import change_rows
from ui.products.note_rows import NoteList, NoteRow
from ui.products.proofs_panel import ProofsPanel
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.label import ElidedLabel, Label, Prose
from ui.widgets.note_box import NoteBox
from ui.widgets.panel import Hairline
from ui.widgets.pieces import Escaping
from ui.widgets.table_states import TableStates

_SHORT = 36  # letters of a note that the head shows whole
_LIST, _PROOFS, _BESIDE = 340, 284, 720
Found = TypeVar("Found")


class ComparedView(Escaping):
    """What is otherwise, under a head with the words of its author and the actions."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = ElidedLabel(theme, "", "answer")
        self.facts = Prose(theme, "", "row", "ink2")
        self.count = Label(theme, "", "caption", "ink3")
        self.rows = NoteList(theme, tr("What it changes"), inset=20)
        self.states = TableStates(theme, self.rows)
        self.buttons = QHBoxLayout()
        px = theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(12), px(16), px(4))
        head.setSpacing(px(8))
        head.addWidget(self.title, 1)
        self.buttons.setSpacing(px(8))
        head.addLayout(self.buttons)
        facts = QVBoxLayout()
        facts.setContentsMargins(px(20), 0, px(16), px(8))
        facts.setSpacing(px(2))
        facts.addWidget(self.facts)
        facts.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(facts)
        column.addWidget(Hairline(theme))
        column.addWidget(self.states, 1)

    def say(self, title: str, facts: str) -> None:
        """Show whose it is, before what it changes is known."""
        self.title.setText(title)
        self.facts.say(facts)
        self.count.setText("")
        self.states.show_loading()

    def show_compared(self, compared: Compared) -> None:
        self.count.setText(count_words(len(compared.changes)))
        self.rows.set_records(change_rows(compared.changes))
        if compared.changes:
            self.states.show_rows()
        else:
            text = tr("Nothing is otherwise than before.")
            self.states.show_empty("check", tr("No changes"), text)

    def show_fault(self, fault: Fault) -> None:
        self.states.show_failed(tr("It could not be read"), fault.sentence)


class DecisionsPart(QWidget):
    """What proposals and versions have alike: a list, and the chosen one compared."""

    def __init__(self, theme: Theme, background: Background, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.background = background
        self.rows = NoteList(theme, name, inset=20)
        self.states = TableStates(theme, self.rows)
        self.view = ComparedView(theme)
        self.rows.current_changed.connect(self._choose)
        self.states.retry_wanted.connect(self.refresh)
        self.view.states.retry_wanted.connect(lambda: self._choose(self.rows.current_id()))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.states)
        self._line = Hairline(theme, "standing")
        self._row.addWidget(self._line)
        self._row.addWidget(self.view, 1)
        self._reads_one = False
        self.rows.opened.connect(lambda _id: self._read_one(one=True))
        self.view.left.connect(lambda: self._read_one(one=False))
        self.setFocusProxy(self.rows)
        theme.changed.connect(self._fit)
        self._fit()

    def refresh(self) -> None:
        """Read the list anew."""

    def show_rows(self, rows: Sequence[NoteRow], nothing: tuple[str, str]) -> None:
        self.rows.set_records(rows)
        self._fit()
        if not rows:
            self.states.show_empty("list", *nothing)
            return
        self.states.show_rows()
        if self.rows.current_id():
            self._choose(self.rows.current_id())
        else:
            self.rows.choose(rows[0].id)

    def read_list(self, work: Callable[[], Found], done: Callable[[Found], None]) -> None:
        if not self.rows.records.records():
            self.states.show_loading()
        self.background.read(work, owner=self, done=done, failed=self._failed, key="list")

    def compare(self, work: Callable[[], Compared]) -> None:
        self.background.read(
            work, owner=self, done=self.take_compared, failed=self.view.show_fault, key="compare"
        )

    def take_compared(self, compared: Compared) -> None:
        self.view.show_compared(compared)

    def _choose(self, row_id: str) -> None:
        del row_id

    def _failed(self, fault: Fault) -> None:
        self.states.show_failed(tr("The list could not be read"), fault.sentence)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_LIST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _read_one(self, *, one: bool) -> None:
        """Where there is little room: the list, or the chosen one alone."""
        self._reads_one = one
        self._fit()
        (self.view.rows if one else self.rows).setFocus()

    def _fit(self) -> None:
        wide = self.width() >= self._theme.px(_BESIDE)
        some = bool(self.rows.records.records())
        self.view.setVisible(some and (wide or self._reads_one))
        self.states.setVisible(wide or not some or not self._reads_one)
        self._line.setVisible(wide and some)
        self.states.setMinimumWidth(self._theme.px(_LIST) if wide else 0)
        self.states.setMaximumWidth(self._theme.px(_LIST) if wide and some else 16_777_215)


class ProposalsPart(DecisionsPart):
    """`published` carries the new version, `decided` a sentence, `refused` a Fault.

    `waiting` carries how many proposals wait for this person.
    """

    published = Signal(int)
    decided = Signal(str)
    refused = Signal(object)
    waiting = Signal(int)

    def __init__(self, theme: Theme, background: Background, desk: ProductDesk) -> None:
        super().__init__(theme, background, tr("Proposals"))
        self._desk = desk
        self._found: tuple[ProposalRow, ...] = ()
        self.box: NoteBox | None = None
        self.approve = KeyButton(theme, tr("Approve"), "primary", icon="check", key="Ctrl+Return")
        self.reject = KeyButton(theme, tr("Reject"), "danger", key="Ctrl+Backspace")
        self.withdraw = KeyButton(theme, tr("Withdraw"), icon="undo")
        for button in (self.withdraw, self.reject, self.approve):
            self.view.buttons.addWidget(button)
            button.hide()
        self.proofs = ProofsPanel(theme)
        self._row.addWidget(Hairline(theme, "standing"))
        self._row.addWidget(self.proofs)
        self.proofs.hide()
        self.approve.clicked.connect(self._approve)
        self.reject.clicked.connect(self._ask_why)
        self.withdraw.clicked.connect(self._withdraw)

    def refresh(self) -> None:
        def done(found: tuple[ProposalRow, ...]) -> None:
            self._found = found
            mine = [row for row in self._found if row.waits and self._may_decide(row)]
            self.waiting.emit(len(mine))
            rows = [_proposal_row(row) for row in self._found]
            text = tr("Changes appear here when a product manager proposes them.")
            self.show_rows(rows, (tr("No proposals"), text))

        self.read_list(self._desk.proposals, done)

    def current(self) -> ProposalRow | None:
        wanted = self.rows.current_id()
        return next((row for row in self._found if row.id == wanted), None)

    def take_compared(self, compared: Compared) -> None:
        super().take_compared(compared)
        self.proofs.setFixedWidth(self._theme.px(_PROOFS))
        self.proofs.setVisible(compared.proofs is not None and self._is_wide())
        self.proofs.show_proofs(compared.proofs, waits=False, fault=None)

    def _choose(self, row_id: str) -> None:
        row = next((each for each in self._found if each.id == row_id), None)
        self._show_actions(row)
        if row is None:
            return
        words = [tr("by {who}, {when}").format(who=row.by, when=row.when)]
        words.append(tr("on version {}").format(row.based_on))
        if row.reason:
            words.append(tr("rejected because: {}").format(row.reason))
        elif row.waits and row.mine:
            words.append(tr("a second person must approve it"))
        facts = " · ".join(words)
        long = len(row.note) > _SHORT
        self.view.say(row.note, f"{row.note}\n{facts}" if long else facts)
        self.compare(lambda: self._desk.proposal(row_id))

    def _show_actions(self, row: ProposalRow | None) -> None:
        waits = row is not None and row.waits
        for button in (self.approve, self.reject):
            button.setVisible(waits and row is not None and self._may_decide(row))
        self.withdraw.setVisible(waits and row is not None and row.mine)

    def _may_decide(self, row: ProposalRow) -> bool:
        return self._desk.may_approve and not row.mine

    def _is_wide(self) -> bool:
        return self.width() >= self._theme.px(1000)

    def _approve(self) -> None:
        row = self.current()
        if self.box is not None and self.box.isVisible():
            self.box.finish()  # the key of the box
            return
        if row is None:
            return
        self._hold()
        self.background.change(
            lambda: self._desk.approve(row.id), owner=self, done=self._approved, failed=self._undone
        )

    def _approved(self, version: int) -> None:
        self.published.emit(version)
        self.refresh()

    def _ask_why(self) -> None:
        if self.box is None:
            self.box = NoteBox(
                self._theme,
                self.window(),
                title=tr("Reject the proposal"),
                text=tr("Its author reads why."),
                action=tr("Reject"),
                must=tr("Say why, so that the author knows what to mend."),
            )
            self.box.finished.connect(self._reject)
        self.box.ask(self.reject)

    def _reject(self, reason: str) -> None:
        row = self.current()
        if row is not None:
            self._hold()
            self._decide(lambda: self._desk.reject(row.id, reason), tr("The proposal is rejected."))

    def _withdraw(self) -> None:
        row = self.current()
        if row is not None:
            self._hold()
            self._decide(lambda: self._desk.withdraw(row.id), tr("The proposal is withdrawn."))

    def _decide(self, work: Callable[[], None], sentence: str) -> None:
        def done(_nothing: object) -> None:
            self.decided.emit(sentence)
            self.refresh()

        self.background.change(work, owner=self, done=done, failed=self._undone)

    def _hold(self) -> None:
        """One decision at a time."""
        for button in (self.approve, self.reject, self.withdraw):
            button.setEnabled(False)

    def _undone(self, fault: Fault) -> None:
        self.refused.emit(fault)
        self.refresh()

    def show_rows(self, rows: Sequence[NoteRow], nothing: tuple[str, str]) -> None:
        for button in (self.approve, self.reject, self.withdraw):
            button.setEnabled(True)
        super().show_rows(rows, nothing)
        if not rows:
            self.proofs.hide()


class VersionsPart(DecisionsPart):
    """All versions, newest first, each with what it changed."""

    def __init__(self, theme: Theme, background: Background, desk: ProductDesk) -> None:
        super().__init__(theme, background, tr("Versions"))
        self._desk = desk
        self._found: tuple[VersionRow, ...] = ()

    def refresh(self) -> None:
        def done(found: tuple[VersionRow, ...]) -> None:
            self._found = found
            rows = [_version_row(row) for row in self._found]
            self.show_rows(rows, (tr("No versions"), tr("Nothing is published yet.")))

        self.read_list(self._desk.versions, done)

    def _choose(self, row_id: str) -> None:
        row = next((each for each in self._found if each.id == row_id), None)
        if row is None:
            return
        words = tr("{who}, {when}").format(who=row.who, when=row.when)
        self.view.say(tr("Version {}").format(row.number), words)
        self.compare(lambda: self._desk.version(row.number, row.before))


def _proposal_row(row: ProposalRow) -> NoteRow:
    text = f"{row.by} · {row.when}"
    return NoteRow(row.id, row.note, text, icon="note", tone=row.tone, chip=row.state)


def _version_row(row: VersionRow) -> NoteRow:
    title = tr("Version {}").format(row.number)
    text = " · ".join(each for each in (row.note, row.who, row.when) if each)
    chip = tr("in force") if row.in_force else ""
    return NoteRow(row.id, title, text, icon="box", tone="good" if chip else "plain", chip=chip)
