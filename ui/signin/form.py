"""Name, password, and what stands below: the demo's line, progress, or what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.language import tr
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.announce import announce
from ui.widgets.button import IconButton, KeyButton
from ui.widgets.field import Input
from ui.widgets.glyph import Glyph
from ui.widgets.label import Label, Prose
from ui.widgets.progress import Progress
from ui.widgets.tick import Tick

_HIGH = 36


class PasswordInput(Input):
    """Dots, and an eye that shows what was typed while it is pressed down."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = IconButton(theme, "eye", tr("Show what I typed"), parent=self)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.setCursor(Qt.CursorShape.PointingHandCursor)
        self._eye.pressed.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Normal))
        self._eye.released.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Password))
        self.setTextMargins(0, 0, theme.px(28), 0)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's own event, passed on
        edge = self._theme.px(28)
        top = (self.height() - edge) // 2
        self._eye.setGeometry(self.width() - edge - self._theme.px(5), top, edge, edge)


class Notice(QFrame):
    """A soft ground with an icon and a sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ground: Tone = "accent_soft"
        self._icon = Glyph(theme, "info", "accent")
        self._words = Prose(theme, "", "row", "ink")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(13), theme.px(9), theme.px(13), theme.px(9))
        row.setSpacing(theme.px(8))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show a sentence; an empty one takes the notice away."""
        self._ground = "bad_soft" if wrong else "accent_soft"
        self._icon.show_icon("error" if wrong else "info", "bad" if wrong else "accent")
        self._words.say(text)
        self.setVisible(bool(text))
        self.setAccessibleName(text)
        self.update()
        if text:
            announce(self, text, at_once=wrong)

    def text(self) -> str:
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.ground(self._theme, self, self._ground, "line_strong")


class SignInForm(QWidget):
    """`submitted(name, password)`; Enter in either field submits.

    What is submitted before the server has been found is sent as soon as it is there.
    """

    submitted = Signal(str, str)
    retry_wanted = Signal()

    def __init__(self, theme: Theme, *, restore: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ready = False
        self._wanted = False
        self.name = Input()
        self.password = PasswordInput(theme)
        self.button = KeyButton(theme, tr("Sign in"), "primary", key="Return", bind_key=False)
        self._tick = Tick(theme, tr("Open yesterday’s tabs"))
        self._tick.setChecked(restore)
        self._notice = Notice(theme)
        self._info = ""
        self._retry = KeyButton(theme, tr("Try again"), icon="refresh", key="Ctrl+R")
        self._retry.hide()
        self._waiting = QWidget()
        self._words = Label(theme, "", "caption", "ink2")
        self._build()
        self.button.clicked.connect(self._submit)
        self._retry.clicked.connect(self.retry_wanted)
        for field in (self.name, self.password):
            field.entered.connect(self._submit)

    def fill(self, name: str, password: str) -> None:
        """Put name and password in; the focus goes to what is still to be typed."""
        self.name.setText(name)
        self.password.setText(password)
        if name and password:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name:
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def restores(self) -> bool:
        return self._tick.isChecked()

    def forget_password(self) -> None:
        self.password.clear()

    def say_info(self, text: str) -> None:
        """A line that stands there whenever nothing went wrong."""
        self._info = text
        self._notice.say(text)

    def notice(self) -> str:
        """The sentence shown now."""
        return self._notice.text()

    def wait_for_server(self, words: str) -> None:
        """The server is being looked for; `words` with the bar only where that takes long."""
        self._ready = False
        self._retry.hide()
        self._notice.say(self._info)
        self._words.setText(words)
        kept = self._waiting.sizePolicy()
        kept.setRetainSizeWhenHidden(bool(words))  # nothing jumps under the hands when it ends
        self._waiting.setSizePolicy(kept)
        self._waiting.setVisible(bool(words))

    def server_ready(self) -> None:
        """The server is there: what was submitted meanwhile goes out now."""
        self._ready = True
        self._waiting.hide()
        if self._wanted:
            self._submit()

    def say_unreachable(self, sentence: str) -> None:
        """The server is not there."""
        self._settle(sentence)
        self._retry.show()

    def say_failure(self, sentence: str) -> None:
        """It did not work; the password is to be typed again."""
        self._settle(sentence)
        self.password.selectAll()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self, sentence: str) -> None:
        self._wanted = False
        self._waiting.hide()
        self._enable(on=True)
        self._notice.say(sentence, wrong=True)

    def _submit(self) -> None:
        if self.name.isReadOnly() and not (self._ready and self._wanted):
            return  # it is on its way
        self._wanted = True
        self._enable(on=False)
        if self._ready:
            self._wanted = False
            self._notice.say(self._info)
            self.submitted.emit(self.name.text(), self.password.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what waits for the server, so that it can be corrected."""
        if event.key() == Qt.Key.Key_Escape and self._wanted and not self._ready:
            self._wanted = False
            self._enable(on=True)
            return
        super().keyPressEvent(event)

    def _enable(self, *, on: bool) -> None:
        """What is on its way cannot be typed over; the focus stays where it is."""
        for field in (self.name, self.password):
            field.setReadOnly(not on)
        self.button.setEnabled(on)
        self.button.say(tr("Sign in") if on else tr("Signing in…"))

    def _build(self) -> None:
        px = self._theme.px
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for words, field in ((tr("Name"), self.name), (tr("Password"), self.password)):
            label = Label(self._theme, words, "row", strong=True)
            label.setBuddy(field)
            field.setAccessibleName(words)
            field.setFixedHeight(px(_HIGH))
            rows.addWidget(label)
            rows.addSpacing(px(4))
            rows.addWidget(field)
            rows.addSpacing(px(12))
        rows.addSpacing(px(4))
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._tick)
        foot.addStretch(1)
        foot.addWidget(self._retry)
        foot.addWidget(self.button)
        rows.addLayout(foot)
        rows.addSpacing(px(24))
        waiting = QVBoxLayout(self._waiting)
        waiting.setContentsMargins(0, px(16), 0, 0)
        waiting.setSpacing(px(4))
        waiting.addWidget(self._words)
        waiting.addWidget(Progress(self._theme, tr("Starting")))
        self._waiting.hide()
        rows.addWidget(self._notice)
        rows.addWidget(self._waiting)
