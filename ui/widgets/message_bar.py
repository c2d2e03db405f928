"""Messages in the page's flow: at most one is shown, the gravest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.announce import announce
from ui.widgets.button import ButtonKind, IconButton, KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.label import Label, Prose, Run

MessageKind = Literal["info", "done", "warning", "error"]

_GRAVITY: dict[MessageKind, int] = {"info": 0, "done": 0, "warning": 1, "error": 2}
_LOOK: dict[MessageKind, tuple[str, Tone, Tone]] = {
    "info": ("info", "accent", "accent_soft"),
    "done": ("check", "good", "good_soft"),
    "warning": ("alert", "warn", "warn_soft"),
    "error": ("error", "bad", "bad_soft"),
}


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, what it means, the one thing to do.

    `lead` is shown strong before `text`; `action` is the button's word, none shows a cross.
    `action_bound` off: somebody else acts on the action's key.
    """

    id: str
    kind: MessageKind
    text: str
    lead: str = ""
    action: str = ""
    action_icon: str = ""
    action_key: str = ""
    action_bound: bool = True
    icon: str = ""
    who: str = ""

    def runs(self) -> tuple[Run, ...]:
        if not self.lead:
            return (Run(self.text),)
        return (Run(self.lead, strong=True), Run(f" {self.text}" if self.text else ""))

    def spoken(self) -> str:
        return f"{self.lead} {self.text}".strip()


class MessageStrip(QFrame):
    """One message: at least 36 high, grows with its words."""

    acted = Signal(str)
    dismissed = Signal(str)

    def __init__(self, theme: Theme, message: Message, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message = message
        icon, ink, ground = _LOOK[message.kind]
        self._ink: Tone = ink
        self._ground: Tone = ground
        self.setAccessibleName(message.spoken())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._row = QHBoxLayout(self)
        self._row.addWidget(Glyph(theme, message.icon or icon, ink))
        self._words = Prose(theme, message.runs(), "row", "ink")
        self._row.addWidget(self._words, 1)
        if message.who:
            self._row.addWidget(Label(theme, message.who, "row", "ink2"))
        self._button = self._make_button()
        self._row.addWidget(self._button)
        theme.changed.connect(self._fit)
        self._fit()

    def message(self) -> Message:
        return self._message

    def button(self) -> KeyButton:
        """The one thing to do, or the cross."""
        return self._button

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self._row.contentsMargins()
        taken = margins.left() + margins.right()
        for at in range(self._row.count()):
            item = self._row.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self._words:
                taken += widget.sizeHint().width() + self._row.spacing()
        words = self._words.heightForWidth(max(1, width - taken))
        least = self._theme.px(self._theme.tokens.size.message_bar)
        return max(least, words + margins.top() + margins.bottom())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(max(1, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.ground(self._theme, self, self._ground, self._ink)

    def _make_button(self) -> KeyButton:
        message = self._message
        if not message.action:
            cross = IconButton(self._theme, "x", tr("Close"))
            cross.clicked.connect(lambda: self.dismissed.emit(message.id))
            return cross
        kind: ButtonKind = "secondary" if message.action_icon else "quiet"
        button = KeyButton(
            self._theme,
            message.action,
            kind,
            "small",
            icon=message.action_icon,
            key=message.action_key,
            bind_key=message.action_bound,
        )
        button.clicked.connect(lambda: self.acted.emit(message.id))
        return button

    def _fit(self) -> None:
        px = self._theme.px
        right = 13 if self._message.action else 7
        self._row.setContentsMargins(px(13), px(5), px(right), px(5))
        self._row.setSpacing(px(8))


class MessageBar(QWidget):
    """Holds all messages and shows the gravest, "and 2 more" beside it.

    Information goes after 6 s, the rest stays. Ctrl+Shift+M goes to it, Enter does its
    action, Esc takes it away. `acted` and `dismissed` carry the message's id.
    """

    acted = Signal(str)
    dismissed = Signal(str)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._messages: list[Message] = []
        self._strip: MessageStrip | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._more = Label(theme, "", "caption", "ink3", parent=self)
        self._more.hide()
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(theme.tokens.seconds.message_info * 1000)
        self._away.timeout.connect(self._drop_shown)
        jump = QShortcut(QKeySequence("Ctrl+Shift+M"), self)
        jump.setContext(Qt.ShortcutContext.WindowShortcut)
        jump.activated.connect(self.take_focus)
        self.hide()

    def post(self, message: Message) -> None:
        """Add a message, or replace the one with the same id."""
        self._messages = [held for held in self._messages if held.id != message.id]
        self._messages.append(message)
        announce(self, message.spoken(), at_once=message.kind == "error")
        self._show_gravest()

    def drop(self, message_id: str) -> None:
        """Take a message away, if it is there."""
        self._messages = [held for held in self._messages if held.id != message_id]
        self._show_gravest()

    def shown(self) -> Message | None:
        return self._strip.message() if self._strip is not None else None

    def waiting(self) -> int:
        """How many are behind the one shown."""
        return max(0, len(self._messages) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._strip is not None:
            self._dismiss(self._strip.message().id)
            return
        super().keyPressEvent(event)

    def _show_gravest(self) -> None:
        gravest = max(self._messages, key=lambda held: _GRAVITY[held.kind], default=None)
        if self._strip is not None and gravest != self._strip.message():
            # the count outlives the strip it stands in
            self._more.setParent(self)
            self._rows.removeWidget(self._strip)
            self._strip.hide()
            self._strip.deleteLater()
            self._strip = None
        if gravest is None:
            self._away.stop()
            self.hide()
            return
        if self._strip is None:
            self._put_up(gravest)
        more = self.waiting()
        self._more.setText(tr("and {} more").format(more))
        self._more.setVisible(more > 0)
        self.show()

    def _put_up(self, message: Message) -> None:
        strip = MessageStrip(self._theme, message)
        strip.acted.connect(self._act)
        strip.dismissed.connect(self._dismiss)
        layout = strip.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(layout.count() - 1, self._more)
        self._rows.addWidget(strip)
        self._strip = strip
        if _GRAVITY[message.kind] == 0:
            self._away.start()
        else:
            self._away.stop()

    def take_focus(self) -> None:
        """Go to the one thing to do."""
        if self._strip is not None:
            self._strip.button().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _act(self, message_id: str) -> None:
        self.acted.emit(message_id)
        self.drop(message_id)

    def _dismiss(self, message_id: str) -> None:
        self.dismissed.emit(message_id)
        self.drop(message_id)

    def _drop_shown(self) -> None:
        if self._strip is not None:
            self.drop(self._strip.message().id)
