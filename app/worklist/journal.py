"""Keeps what was typed for a step until it is done, so that nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Protocol

from app.worklist.typed import Typed

_NAME = "worklist.typed"


class Notes(Protocol):
    """Where it is kept: a person's preferences, on disk and encrypted."""

    def get(self, name: str, default: object = None) -> object: ...

    def put(self, name: str, value: object) -> None: ...


class WorkJournal:
    """`note` and `of` are for the window, `read` and `write` for a thread."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._typed: dict[str, Typed] = {}
        self._lock = threading.Lock()
        self._unwritten = False

    def of(self, task_id: str) -> Typed:
        """What was typed for a step."""
        return self._typed.get(task_id, Typed())

    def note(self, task_id: str, typed: Typed) -> bool:
        """Remember it; True when there is something to write."""
        if typed == self.of(task_id):
            return False
        with self._lock:
            if typed == Typed():
                self._typed.pop(task_id, None)
            else:
                self._typed[task_id] = typed
            self._unwritten = True
        return True

    def forget(self, task_id: str) -> bool:
        """The step is done."""
        return self.note(task_id, Typed())

    def read(self) -> None:
        """Take up what was kept; what was typed since then stays."""
        kept = self._notes.get(_NAME, {})
        if not isinstance(kept, Mapping):
            return
        with self._lock:
            for task_id, values in kept.items():
                self._typed.setdefault(str(task_id), Typed.of(values))

    def write(self) -> bool:
        """Bring it to disk; False where all was there. Raises StoreFault."""
        with self._lock:
            if not self._unwritten:
                return False
            kept = {task_id: typed.kept() for task_id, typed in self._typed.items()}
            self._unwritten = False
        try:
            self._notes.put(_NAME, kept)
        except BaseException:
            self._unwritten = True
            raise
        return True
