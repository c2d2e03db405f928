"""The page of orders that need somebody: views, list, and what is known of the chosen step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.faults import Fault
from app.language import tr
from app.worklist.desk import VIEWS, Counts
from ui.columns import Columns
from ui.page import Destination, KeyGroup, OpenAccount, OpenWork, Page, Surroundings
from ui.rows_table import KeptLook
from ui.widgets.account_tabs import AccountTabs
from ui.widgets.button import KeyButton
from ui.widgets.label import Label
from ui.widgets.message_bar import Message, MessageKind
from ui.widgets.scrolled import scrolled
from ui.widgets.status_bar import KeyHint
from ui.widgets.work_tabs import WorkTab
from ui.worklist.acting import Acting
from ui.worklist.item_side import ASSIGN, COMPLETE, FREE, RETRY, SKIP, TAKE, TAKE_BACK, ItemSide
from ui.worklist.reader import WorkReader
from ui.worklist.task_form import TaskForm
from ui.worklist.work_list import WorkList, view_tabs

_LETTERS = {"R": RETRY, "T": TAKE, "G": ASSIGN, "F": FREE, "S": SKIP, "B": TAKE_BACK}
_SIDE = 348


class WorkPage(Page):
    """For seniors and supervisors; what each may do the server says row by row."""

    def __init__(self, surroundings: Surroundings, destination: Destination) -> None:
        super().__init__(surroundings)
        theme, desk = self.theme, self.workplace.worklist
        preferences = self.workplace.store.preferences
        self._journal = desk.journal
        self.reader = WorkReader(self.background, desk, self.workplace.changes, self)
        self.acting = Acting(theme, self.background, desk, self)
        self.tabs = AccountTabs(theme, tr("Views"), view_tabs(Counts()), inset=20)
        self.tabs.setMinimumWidth(1)  # a large zoom must not widen the window
        look = KeptLook(self.background, preferences, "worklist", self)
        self.list = WorkList(theme, self.reader, look, self.tabs)
        self.side = ItemSide(theme, TaskForm(theme, lambda: self.workplace.clock().date()))
        self.more = KeyButton(theme, tr("Details"), "quiet", icon="list", key="D", bind_key=False)
        self.columns = Columns(theme, QWidget(), self.list, scrolled(self.side), (0, _SIDE))
        self._build()
        self._connect()
        self._bind_keys()
        self.acting.read_kept(self._show_item)
        self.go(destination)

    # --- what the window asks -----------------------------------------------------------

    def tab(self) -> WorkTab:
        return WorkTab("work", tr("Orders"), "film")

    def destination(self) -> Destination:
        return OpenWork(self.tabs.current_id())

    def keys(self) -> Sequence[KeyHint]:
        item = self.list.item()
        if item is None:
            return (KeyHint("Alt+1 Alt+4", tr("views")),)
        words = {
            RETRY: KeyHint("R", tr("try again")),
            COMPLETE: KeyHint("Ctrl+Return", tr("done")),
            ASSIGN: KeyHint("T", tr("I take it")),
            SKIP: KeyHint("S", tr("pass over")),
        }
        own = tuple(hint for action, hint in words.items() if item.may(action))
        return (KeyHint("Return", tr("the order")), *own)

    def key_groups(self) -> Sequence[KeyGroup]:
        every = (
            KeyHint("Return", tr("open the order")),
            KeyHint("R", tr("try again")),
            KeyHint("T", tr("I take it")),
            KeyHint("G", tr("give to somebody")),
            KeyHint("F", tr("give back")),
            KeyHint("S", tr("pass over, with a reason")),
            KeyHint("B", tr("take back what was done")),
            KeyHint("Ctrl+Return", tr("done")),
            KeyHint("Ctrl+F", tr("filter")),
            KeyHint("Ctrl+C", tr("copy the row")),
            KeyHint("Ctrl+R", tr("read again")),
            KeyHint("Alt+1 Alt+4", tr("views")),
        )
        return (KeyGroup(tr("Orders that need somebody"), every),)

    def focus_first(self) -> None:
        self.list.focus_rows()

    def regions(self) -> Sequence[QWidget]:
        return (self.tabs, self.list, self.side)

    def go(self, destination: Destination) -> None:
        """Show the view that was asked for, or else the one in front."""
        wanted = destination.view if isinstance(destination, OpenWork) else ""
        if wanted in VIEWS:
            self.tabs.choose(wanted)
        self.list.look()

    def closing(self) -> None:
        self.acting.flush()

    # --- the chosen step ----------------------------------------------------------------

    def _show_item(self) -> None:
        item = self.list.item()
        self.side.setVisible(item is not None)
        if item is not None:
            mine = item.row.assignee is not None and item.row.assignee.id == self.workplace.user.id
            typed = self._journal.of(item.id)
            self.side.show_item(item, typed, mine=mine, online=self.workplace.connection.online)
        self.keys_changed.emit()

    def _do(self, name: str) -> None:
        item = self.list.item()
        if item is not None:
            self.acting.do(name, item, self.side.buttons[name])

    def _finish(self) -> None:
        """Ctrl+Enter: the box that is open, or the task."""
        box = self.acting.open_box()
        if box is not None:
            box.finish()
        else:
            self.side.press(COMPLETE)

    def _answer(self, name: str, value: object) -> None:
        item = self.list.item()
        if item is not None:
            self.acting.note(item.id, self._journal.of(item.id).answered(name, value))

    def _open(self, fact: str = "") -> None:
        item = self.list.item()
        if item is not None and item.row.customer_id:
            tab = "orders" if item.row.order_id and fact != "customer" else ""
            self.wanted.emit(OpenAccount(item.row.customer_id, item.row.customer or "", tab))

    # --- what came of it ----------------------------------------------------------------

    def _done(self, sentence: str) -> None:
        self._say("done", sentence)
        self.reader.refresh()
        self.list.focus_rows()

    def _refused(self, fault: Fault) -> None:
        self._say("error", fault.sentence)
        self.reader.refresh()

    def _say(self, kind: MessageKind, text: str) -> None:
        self.messages.post(Message("work", kind, text))

    # --- joining ------------------------------------------------------------------------

    def _build(self) -> None:
        theme, px = self.theme, self.theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(12), px(16), px(8))
        head.setSpacing(px(8))
        head.addWidget(Label(theme, tr("Orders that need somebody"), "page"))
        head.addStretch(1)
        head.addWidget(self.more)
        self.more.hide()
        head.addWidget(self.list.department)
        bar = QVBoxLayout()
        bar.setContentsMargins(px(20), 0, px(16), 0)
        bar.addWidget(self.messages)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addLayout(bar)
        outer.addWidget(self.tabs)
        outer.addWidget(self.columns, 1)

    def _connect(self) -> None:
        self.list.current_changed.connect(self._show_item)
        self.list.opened.connect(self._open)
        self.list.unread.connect(lambda fault: self._say("error", fault.sentence))
        self.side.asked.connect(self._do)
        self.side.opened.connect(self._open)
        self.side.copied.connect(lambda: self._say("info", tr("Copied.")))
        self.side.answered.connect(self._answer)
        self.acting.done.connect(self._done)
        self.acting.refused.connect(self._refused)
        self.acting.incomplete.connect(self.side.form.complain)
        self.acting.unsaved.connect(lambda fault: self._say("error", fault.sentence))
        self.columns.folded.connect(self.more.setVisible)
        self.more.clicked.connect(self.columns.toggle)

    def _bind_keys(self) -> None:
        """Keys of the list act while it has the focus."""
        for letter, name in _LETTERS.items():
            self.list.bind(letter, partial(self.side.press, name))
        self.list.bind("D", self.more.click)
        self.list.bind("Ctrl+R", self.reader.refresh)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._finish)
