"""The seconds in which something can still be taken back, in words and as a bar."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.language import tr, trn
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.announce import announce
from ui.widgets.button import KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.label import Prose, Run
from ui.widgets.progress import Progress

_TICK = 100  # ms
_SMALLEST = 1 / 1000  # of the bar
_NARROW, _ROOMY = 480, 760
_SHORT_BAR, _BAR = 96, 152


class HoldBar(QFrame):
    """`undone` asks to take it back, `begun` to start it now, `ended`: the time is over.

    It counts real time from the moment it was told how much is left. Where `binds_undo` is off,
    somebody else acts on Ctrl+Z. `around` is room above and below, which is gone with the bar.
    With `keeps_room` its own room stays when the time is over, so that nothing below it jumps.
    """

    undone = Signal()
    begun = Signal()
    ended = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        binds_undo: bool = True,
        around: tuple[int, int] = (0, 0),
        keeps_room: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._around = around
        self._keeps_room = keeps_room
        self._length = 0.0
        self._left = 0.0
        self._since = QElapsedTimer()
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK)
        self._tick.timeout.connect(self._count)
        self._words = Prose(theme, "", "row", "ink")
        self._bar = Progress(theme, tr("Time left to take it back"))
        self._undo = KeyButton(
            theme, tr("Take back"), "secondary", "small", key="Ctrl+Z", bind_key=binds_undo
        )
        self._begin = KeyButton(theme, tr("Start now"), "quiet", "small", key="X")
        self._build()
        self._undo.clicked.connect(self._ask_undo)
        self._begin.clicked.connect(self._ask_begin)
        self.hide()

    @property
    def counts(self) -> bool:
        """Whether there is still time."""
        return self._tick.isActive()

    def count_down(self, seconds: float) -> None:
        """Count so many real seconds from now; said again, the newer answer counts."""
        if seconds <= 0:
            self.stop()
            return
        if not self.counts:
            policy = self.sizePolicy()
            policy.setRetainSizeWhenHidden(self._keeps_room)
            self.setSizePolicy(policy)
            self._length = seconds
            self._undo.setEnabled(True)
            self._begin.setEnabled(True)
            announce(self, self._sentence(seconds))
        self._left = seconds
        self._length = max(self._length, seconds)
        self._since.start()
        self._tick.start()
        self._count()
        self.show()

    def stop(self) -> None:
        """Count no more; nothing is said of the end."""
        self._tick.stop()
        self.hide()

    def wait_for_answer(self) -> None:
        """It was asked for: count on, but ask no more."""
        self._undo.setEnabled(False)
        self._begin.setEnabled(False)

    def ask_again(self) -> None:
        """It could not be done; it may be asked for once more."""
        self._undo.setEnabled(True)
        self._begin.setEnabled(True)

    def button(self) -> KeyButton:
        """The way back."""
        return self._undo

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        radius = theme.px(theme.tokens.radius.control)
        border = theme.color("accent") if theme.high_contrast else None
        above, below = self._around
        rect = self.rect().adjusted(0, theme.px(above), 0, -theme.px(below))
        paint.box(painter, rect, radius, theme.color("accent_soft"), border)
        painter.end()

    def _ask_undo(self) -> None:
        if self.counts:
            self.wait_for_answer()
            self.undone.emit()

    def _ask_begin(self) -> None:
        if self.counts:
            self.wait_for_answer()
            self.begun.emit()

    def _count(self) -> None:
        left = self._left - self._since.elapsed() / 1000
        if left <= 0:
            self.stop()
            self.ended.emit()
            return
        seconds = self._sentence(left)
        text = tr("Nothing has been sent yet.")
        self._words.say((Run(seconds, strong=True), Run(f" {text}")))
        self.setAccessibleName(f"{seconds} {text}")
        whole = round(1 / _SMALLEST)
        self._bar.show_share(round(whole * left / self._length), whole)

    def _sentence(self, left: float) -> str:
        count = int(left) + 1 if left > int(left) else int(left)
        return trn("Starts in {count} second.", "Starts in {count} seconds.", count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little width the buttons stand under the words."""
        super().resizeEvent(event)
        px, width = self._theme.px, event.size().width()
        narrow = width < px(_NARROW)
        self._bar.setFixedWidth(px(_BAR if width >= px(_ROOMY) else _SHORT_BAR))
        along, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._rows.setDirection(down if narrow else along)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        above, below = self._around
        self._rows.setContentsMargins(px(13), px(7 + above), px(13), px(7 + below))
        self._rows.setSpacing(px(12))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(Glyph(theme, "undo", "accent"))
        row.addWidget(self._words, 1)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(12))
        buttons.addWidget(self._undo)
        buttons.addWidget(self._begin)
        buttons.addStretch(1)
        self._rows.addLayout(row, 1)
        self._rows.addLayout(buttons)
