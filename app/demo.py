"""The demo's own backend: a process beside the desk, which ends with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from app.language import tr

_END_AFTER = 15.0  # seconds a backend is given to end before it is ended


class DemoFailed(Exception):  # noqa: N818  # not a fault of the program alone: a sentence
    """The demo's backend did not start; `sentence` says what to do."""

    def __init__(self, log_file: Path) -> None:
        self.sentence = tr("The demo did not start. What it said is in {file}.", file=log_file)
        super().__init__(self.sentence)


class DemoBackend:
    """`backend serve --demo` on a free port of this machine, with its data in `folder`.

    `options` are further ones of that command.
    """

    def __init__(self, folder: Path, log_folder: Path, options: Sequence[str] = ()) -> None:
        self._folder = folder
        self._options = options
        self._log_file = log_folder / "demo-backend.log"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        """Start it and wait until it answers; its address. Raises DemoFailed."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._log_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._log_file.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own program
                [*_ourselves(), "backend", "serve", "--demo", "--port", "0",
                 "--data-dir", str(self._folder), *self._options],
                stdin=subprocess.PIPE,  # its end tells the backend that the desk is gone
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )  # fmt: skip
        return self._wait(self._process)

    def stop(self) -> None:
        """Ask it to end and wait; a backend that does not hear is ended."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(_END_AFTER)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def _wait(self, process: subprocess.Popen[str]) -> str:
        for line in process.stdout or ():
            said = _said(line)
            if said.get("event") == "ready":
                return str(said["url"])
        process.wait()
        raise DemoFailed(self._log_file)


def end_with_parent() -> None:
    """In the backend's process: end as soon as the desk that started it is gone."""

    def watch() -> None:
        sys.stdin.read()
        import signal

        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _ourselves() -> list[str]:
    """The command that starts this program again."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "app"]


def _said(line: str) -> dict[str, object]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
