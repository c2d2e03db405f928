"""A field: its label above, what is wrong or doubtful below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.glyph import Glyph
from ui.widgets.keycap import KeyCap
from ui.widgets.label import Label, Prose

CHECK_AFTER = 300  # ms after the last key


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: one sentence that says what would be right, and a fix if known."""

    kind: Literal["error", "warning"]
    sentence: str
    fix: str = ""


Check = Callable[[str], Finding | None]


class Input(QLineEdit):
    """The line itself; it reports what a plain line edit keeps to itself."""

    tab_pressed = Signal()
    escaped = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.takes_tab = False
        self.composing = False

    def event(self, event: QEvent) -> bool:
        if (
            self.takes_tab
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
        ):
            self.tab_pressed.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.escaped.emit()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.entered.emit()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self.composing = bool(event.preeditString())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Field(QWidget):
    """Label, line, finding. `edited` carries the text while it is typed.

    The check runs 300 ms after the last key and at once on leaving, never while an input
    method composes. Tab takes a proposed fix; Esc restores the text that was set; Enter
    emits `entered`.
    """

    edited = Signal(str)
    entered = Signal()
    left = Signal()
    fix_taken = Signal(str)

    def __init__(
        self,
        theme: Theme,
        label: str,
        text: str = "",
        *,
        placeholder: str = "",
        check: Check | None = None,
        read_only: bool = False,
        input_: Input | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._check = check
        self._finding: Finding | None = None
        self._restore = text
        self.input = input_ if input_ is not None else Input()
        self.input.setPlaceholderText(placeholder)
        self.input.setAccessibleName(label)
        self.input.setReadOnly(read_only)
        self.input.setText(text)
        self._label = Label(theme, label, "caption", "ink3")
        self._label.setBuddy(self.input)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(CHECK_AFTER)
        self._connect()
        theme.changed.connect(self._fit)
        self._fit()

    def text(self) -> str:
        return self.input.text()

    def set_text(self, text: str) -> None:
        """Show `text` as the one Esc goes back to."""
        self._restore = text
        if text != self.input.text():
            self.input.setText(text)
        self.input.setModified(False)

    def finding(self) -> Finding | None:
        return self._finding

    def show_finding(self, finding: Finding | None) -> None:
        """Say what was found, here or by the server; None takes it away."""
        if finding == self._finding:
            return
        self._finding = finding
        wrong = finding is not None and finding.kind == "error"
        self._set_state("error" if wrong else "")
        self.input.takes_tab = bool(finding and finding.fix)
        self._below.setVisible(finding is not None)
        self.input.setAccessibleDescription(finding.sentence if finding else "")
        if finding is None:
            return
        tone, icon = ("bad", "error") if wrong else ("warn", "alert")
        self._sign.show_icon(icon, "bad" if wrong else "warn")
        self._sentence.set_tone("bad" if tone == "bad" else "warn")
        self._sentence.say(finding.sentence)
        self._cap.setVisible(bool(finding.fix))
        announce(self.input, finding.sentence, at_once=wrong)

    def check_now(self) -> Finding | None:
        """Run the check on what stands there and show what it finds."""
        self._pause.stop()
        if self._check is not None and not self.input.composing:
            self.show_finding(self._check(self.text()))
        return self._finding

    def _build(self) -> None:
        self._sign = Glyph(self._theme, "error", "bad")
        self._sentence = Prose(self._theme, "", "caption", "bad")
        self._cap = KeyCap(self._theme, "Tab")
        self._below = QWidget()
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence)
        row.addWidget(self._cap)
        row.addStretch(1)
        self._below.hide()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self._label)
        self._outer.addWidget(self.input)
        self._outer.addWidget(self._below)
        if not self._label.text():
            self._label.hide()
        self.setFocusProxy(self.input)

    def _connect(self) -> None:
        self.input.textEdited.connect(self._text_edited)
        self.input.tab_pressed.connect(self._take_fix)
        self.input.escaped.connect(self._go_back)
        self.input.entered.connect(self.entered)
        self.input.left.connect(self._leave)
        self._pause.timeout.connect(self.check_now)

    def _text_edited(self, text: str) -> None:
        if self._check is not None:
            self._pause.start()
        self.edited.emit(text)

    def _take_fix(self) -> None:
        if self._finding is None or not self._finding.fix:
            return
        fix = self._finding.fix
        self.input.setText(fix)
        self.input.setModified(True)
        self.show_finding(None)
        self.check_now()
        self.fix_taken.emit(fix)
        self.edited.emit(fix)

    def _go_back(self) -> None:
        self.set_text(self._restore)
        self.check_now()
        self.edited.emit(self._restore)

    def _leave(self) -> None:
        if self.input.isModified():
            self.check_now()
        self.left.emit()

    def _set_state(self, state: str) -> None:
        if (self.input.property("state") or "") == state:
            return
        self.input.setProperty("state", state)
        self.input.style().unpolish(self.input)
        self.input.style().polish(self.input)

    def _fit(self) -> None:
        self._outer.setSpacing(self._theme.px(4))
        self._label.setFixedHeight(self._theme.line("caption"))
        self.input.setFixedHeight(self._theme.px(self._theme.tokens.size.control))
