"""An error that nobody caught ends in the log and in the message bar, not in silence."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from app.faults import fault_of

log = logging.getLogger(__name__)


class Uncaught(QObject):
    """Hears what slots and threads let go; `happened` carries the Fault to the window's thread."""

    happened = Signal(object)

    def install(self) -> None:
        sys.excepthook = self._in_a_slot
        threading.excepthook = self._in_a_thread

    def _in_a_slot(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._tell(error, trace)

    def _in_a_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self._tell(told.exc_value, told.exc_traceback)

    def _tell(self, error: BaseException, trace: TracebackType | None) -> None:
        log.error("uncaught: %s", type(error).__name__, exc_info=(type(error), error, trace))
        self.happened.emit(fault_of(error))
