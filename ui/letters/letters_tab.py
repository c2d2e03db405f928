"""Everything the customer was sent: the list, the page as it was sent, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.accounts.records import Target
from app.accounts.view import AccountView
from app.language import tr
from app.letters.files import File
from app.letters.listing import matching
from app.letters.records import Letter
from ui.account.tab import AccountTab, TabPlace
from ui.columns import Columns
from ui.letters.letter_page import LetterPage
from ui.letters.letter_rows import LetterRows
from ui.letters.letter_side import LetterSide
from ui.letters.paper import Paper
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.message_bar import Message
from ui.widgets.panel import Hairline
from ui.widgets.record_list import RecordList
from ui.widgets.scrolled import scrolled
from ui.widgets.search_field import SearchField
from ui.widgets.status_bar import KeyHint


class LettersTab(AccountTab):
    """Up and Down go through letters; Ctrl+P prints, Ctrl+S saves the bytes that were sent."""

    def __init__(self, place: TabPlace) -> None:
        super().__init__(place)
        theme = self.theme
        self._view: AccountView | None = None
        self._file: File | None = None
        self._wanted = ""
        self._list = RecordList(theme, tr("Letters"), LetterRows(theme))
        self._search = SearchField(theme, tr("Words in a letter"))
        self._count = Label(theme, "", "caption", "ink3")
        self._page = LetterPage(theme)
        self._side = LetterSide(theme)
        self._paper = Paper(self)
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def show_view(self, view: AccountView) -> None:
        first, self._view = self._view is None, view
        if first and view.account.customer is not None:
            seen = view.account.customer.id
            self.background.change(
                lambda: self.workplace.accounts.letters_seen(seen),
                owner=self,
                done=lambda _none: None,
            )
        if not view.letters and self._stack.count() == 1:
            words = tr("Nothing has been sent to this customer.")
            self._stack.addWidget(EmptyState(self.theme, "letter", tr("No letters"), words))
        self._stack.setCurrentIndex(0 if view.letters else 1)
        self._show_list()

    def choose(self, target_id: str) -> None:
        self._list.choose(target_id)

    def focus_first(self) -> None:
        self._list.setFocus()

    def keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Up Down", tr("letter")),
            KeyHint("Ctrl+P", tr("print")),
            KeyHint("Ctrl+S", tr("save PDF")),
        )

    def _letter(self, letter_id: str) -> Letter | None:
        letters = self._view.letters if self._view is not None else ()
        return next((each for each in letters if each.id == letter_id), None)

    def _show_list(self) -> None:
        if self._view is None:
            return
        every = self._view.letters
        found = matching(every, self._search.text())
        self._list.set_records(found)
        words = tr("{} of {}").format(len(found), len(every))
        self._count.setText(words if len(found) != len(every) else "")
        if not self._list.current_id() and found:
            self._list.choose(found[0].id)
        self._show_letter(self._list.current_id())

    def _show_letter(self, letter_id: str) -> None:
        letter = self._letter(letter_id)
        if letter is None:
            return
        other = letter_id != self._wanted
        self._wanted = letter_id
        self._side.show_letter(letter, self._file if not other else None)
        if not other:
            return
        self._file = None
        self._page.show_letter(letter)
        if letter.document_id and self._view is not None:
            account = self._view.account
            self.background.read(
                lambda: self.workplace.letters.read(account, letter),
                owner=self,
                done=lambda file: self._show_file(letter, file),
                failed=lambda fault: self._page.show_fault(fault.sentence),
                key="letter",
            )

    def _show_file(self, letter: Letter, file: File) -> None:
        if letter.id != self._wanted:
            return
        self._file = file
        self._page.show_file(file)
        self._side.show_letter(letter, file)

    def _try_again(self) -> None:
        wanted, self._wanted = self._wanted, ""
        self._show_letter(wanted)

    def _print(self) -> None:
        if self._file is not None:
            self._paper.print_out(self._page.pdf)

    def _save(self) -> None:
        letter = self._letter(self._wanted)
        if letter is None or self._file is None:
            return
        data = self._file.data
        path = self._paper.where_to_save(letter)
        if path is not None:
            self.background.change(
                lambda: path.write_bytes(data),
                owner=self,
                done=lambda _count: self.say("saved", tr("Saved as {}.").format(path.name)),
                failed=lambda _fault: self._could_not_save(path.name),
            )

    def _could_not_save(self, name: str) -> None:
        text = tr("{} could not be written there. Choose another folder.").format(name)
        self.told.emit(Message("saved", "error", text, lead=tr("Not saved.")))

    def _go_to_order(self) -> None:
        letter = self._letter(self._wanted)
        if letter is not None and letter.order_id:
            self.went.emit(Target("orders", letter.order_id))

    def _connect(self) -> None:
        self._list.current_changed.connect(self._show_letter)
        self._search.changed.connect(lambda _text: self._show_list())
        self._search.results_wanted.connect(self._list.setFocus)
        self._page.printing.connect(self._print)
        self._page.saving.connect(self._save)
        self._page.retry_wanted.connect(self._try_again)
        self._side.order_wanted.connect(self._go_to_order)
        self._side.copied.connect(lambda: self.say("copied", tr("Copied.")))

    def _build(self) -> None:
        theme, px = self.theme, self.theme.px
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        search = QHBoxLayout()
        search.setContentsMargins(px(20), px(12), px(16), px(12))
        search.setSpacing(px(8))
        search.addWidget(self._search, 1)
        search.addWidget(self._count)
        column.addLayout(search)
        column.addWidget(Hairline(theme))
        column.addWidget(self._list, 1)
        layout = theme.tokens.layout
        widths = (layout.letters_list, layout.letters_side)
        columns = Columns(theme, left, self._page, scrolled(self._side), widths)
        columns.folded.connect(self._page.show_folded)
        self._page.more.clicked.connect(columns.toggle)
        self._stack.addWidget(columns)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
