"""What goes wrong anywhere is said on the page in front, with the one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.faults import Fault, FaultKind
from app.language import tr
from ui.widgets.message_bar import Message, MessageBar, MessageKind

_AGAIN = frozenset({FaultKind.UNREACHABLE, FaultKind.SERVER})


class Messages(QObject):
    """Posts into the bar of the page in front; `signed_out` where only a sign-in helps."""

    signed_out = Signal()

    def __init__(self, bar: Callable[[], MessageBar | None], parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._watched: set[int] = set()
        self._actions: dict[str, Callable[[], None]] = {}

    def say(self, kind: MessageKind, text: str, *, lead: str = "", name: str = "") -> None:
        """A sentence without an action; one with the same name replaces it."""
        self._post(Message(id=name or text, kind=kind, text=text, lead=lead))

    def fault(self, fault: Fault, again: Callable[[], None]) -> None:
        """A failure nobody else has handled; `again` does the work once more."""
        if fault.kind is FaultKind.SIGNED_OUT:
            self.signed_out.emit()
            return
        name = f"fault:{fault.kind}:{fault.sentence}"
        if fault.kind in _AGAIN or fault.retry_helps:
            self._actions[name] = again
            action, icon = tr("Try again"), "refresh"
        elif fault.kind is FaultKind.PROGRAM:
            report = fault.log_line
            self._actions[name] = lambda: QGuiApplication.clipboard().setText(report)
            action, icon = tr("Copy report"), "copy"
        else:
            action, icon = "", ""
        self._post(
            Message(id=name, kind="error", text=fault.sentence, action=action, action_icon=icon)
        )

    def _post(self, message: Message) -> None:
        bar = self._bar()
        if bar is None:
            return
        if id(bar) not in self._watched:
            self._watched.add(id(bar))
            bar.acted.connect(self._act)
            bar.dismissed.connect(lambda name: self._actions.pop(name, None))
            place = id(bar)
            bar.destroyed.connect(lambda: self._watched.discard(place))
        bar.post(message)

    def _act(self, name: str) -> None:
        action = self._actions.pop(name, None)
        if action is not None:
            action()
