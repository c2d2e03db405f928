"""The middle of the Letters tab: the page as it was sent, with its tools."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.language import tr
from app.letters.files import File
from app.letters.records import Letter
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.empty_state import EmptyState, Skeleton
from ui.widgets.label import ElidedLabel, Prose
from ui.widgets.panel import Ground, Hairline
from ui.widgets.pdf_view import STEP, PdfView


class LetterPage(QWidget):
    """Shows the file, or the words of a message that has none."""

    printing = Signal()
    saving = Signal()
    retry_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = ElidedLabel(theme, "", "row", strong=True)
        self._smaller = KeyButton(theme, "", icon="minus")
        self._larger = KeyButton(theme, "", icon="plus")
        self._fit = KeyButton(theme, tr("Page"), "quiet", key="")
        self._save = KeyButton(theme, tr("Save"), icon="download", key="Ctrl+S")
        self._print = KeyButton(theme, tr("Print"), icon="print", key="Ctrl+P")
        self.more = KeyButton(theme, tr("Details"), "quiet", icon="list", key="D")
        self.pdf = PdfView(theme, tr("The letter as it was sent"))
        self._words = Prose(theme, "", "row")
        self._skeleton = Skeleton(theme, rows=8)
        self._failed = EmptyState(theme, "error", "", "", action=tr("Try again"), failed=True)
        self._blank = Ground(theme, "shell")
        self._late = QTimer(self)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self._allow(file=False)

    def show_folded(self, folded: bool) -> None:  # noqa: FBT001 - a signal's plain switch
        """Offer the folded column; the tools for sizes give way, their keys stay."""
        self.more.setVisible(folded)
        for button in (self._smaller, self._fit, self._larger):
            button.setVisible(not folded)

    def show_letter(self, letter: Letter) -> None:
        """The head at once; the file follows."""
        self._title.setText(letter.title)
        self._allow(file=False)
        self._late.stop()
        if letter.document_id:
            self._late.start(self._theme.tokens.duration.spinner_after)
            return
        self._words.say(letter.content)
        self._stack.setCurrentIndex(1)

    def show_file(self, file: File) -> None:
        self._late.stop()
        if self.pdf.show_bytes(file.data):
            self._stack.setCurrentWidget(self.pdf)
            self.pdf.fit()
            self._allow(file=True)

    def show_fault(self, sentence: str) -> None:
        self._late.stop()
        self._failed.say(tr("The letter could not be read"), sentence)
        self._stack.setCurrentWidget(self._failed)

    def _allow(self, *, file: bool) -> None:
        for button in (self._smaller, self._larger, self._fit, self._save, self._print):
            button.setEnabled(file)

    def _show_skeleton(self) -> None:
        self._stack.setCurrentWidget(self._skeleton)
        self._skeleton.start()

    def _connect(self) -> None:
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._show_skeleton)
        self._smaller.clicked.connect(lambda: self.pdf.zoom_by(1 / STEP))
        self._larger.clicked.connect(lambda: self.pdf.zoom_by(STEP))
        self._fit.clicked.connect(self.pdf.fit)
        self._save.clicked.connect(self.saving)
        self._print.clicked.connect(self.printing)
        self._failed.acted.connect(self.retry_wanted)
        self.pdf.failed.connect(self.show_fault)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self._smaller.setAccessibleName(tr("Smaller"))
        self._larger.setAccessibleName(tr("Larger"))
        tools = QHBoxLayout()
        tools.setContentsMargins(px(16), px(8), px(16), px(8))
        tools.setSpacing(px(8))
        tools.addWidget(self._title)
        for button in (self._smaller, self._fit, self._larger, self._save, self._print):
            tools.addWidget(button)
        tools.addWidget(self.more)
        self.more.hide()
        text = Ground(theme, "surface")
        column = QVBoxLayout(text)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.addWidget(self._words)
        column.addStretch(1)
        for part in (self._blank, text, self.pdf, self._skeleton, self._failed):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(tools)
        whole.addWidget(Hairline(theme))
        whole.addWidget(self._stack, 1)
