"""Failures inside the windows: Qt goes on after them, the tour must not."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

log = logging.getLogger(__name__)


@contextmanager
def heard_faults() -> Iterator[list[str]]:
    """A sentence for each exception that nobody caught; its trace goes to the log."""
    sentences: list[str] = []
    before = sys.excepthook

    def hear(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("unhandled in a window", exc_info=(kind, error, trace))
        sentences.append(f"A part of the desk failed ({kind.__name__}: {error}); see desk.log.")

    sys.excepthook = hear
    try:
        yield sentences
    finally:
        sys.excepthook = before
