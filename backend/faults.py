"""Why the backend cannot start or go on, in one sentence for the person who started it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process answers to whoever started it."""

    DONE = 0
    BUG = 1
    USAGE = 2
    DATA_FOLDER = 3
    DATABASE = 4
    NEWER_DATABASE = 5
    PORT = 6
    DISK_FULL = 7


class StartError(Exception):
    """A fault the person can mend; `str()` is the sentence, `code` the exit code."""

    def __init__(self, code: ExitCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
