"""Has the lab prove an edition, in a process of its own that cannot hold up the desk."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import orjson

from backend.catalog.editions import Document, Edition
from backend.rest.errors import Refused, Unavailable

LONGEST = 180.0
"""Seconds after which a proof is given up."""
AT_ONCE = 1
WAITING = 3
"""Requests that may wait for their turn; each holds a thread, and there are twenty."""
_COMMAND = (sys.executable, "-m", "backend.lab.proving")


class Prover:
    """Runs the lab's proofs one after the other; whoever finds too many waiting is sent away.

    The solver holds Python's lock while it solves: in this process every desk would wait.
    """

    def __init__(
        self, command: Sequence[str] = _COMMAND, *, longest: float = LONGEST, waiting: int = WAITING
    ) -> None:
        self._command = tuple(command)
        self._longest = longest
        self._places = threading.Semaphore(AT_ONCE + waiting)
        self._turns = threading.Semaphore(AT_ONCE)

    def prove(self, edition: Edition, before: Edition | None) -> Document:
        """The lab's report on an edition; `before` is what its prices are compared with.

        Unavailable where too many wait already; Refused where the proofs take too long.
        """
        task = {
            "catalogue": edition.text,
            "golden": edition.golden,
            "before": before.text if before else None,
        }
        with self._turn():
            return self._ask(orjson.dumps(task))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise _busy()
        try:
            if not self._turns.acquire(timeout=self._longest):
                raise _busy()
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._places.release()

    def _ask(self, task: bytes) -> Document:
        try:
            said = subprocess.run(  # noqa: S603 - our own program
                self._command, input=task, capture_output=True, timeout=self._longest, check=False
            )
        except subprocess.TimeoutExpired:
            raise Refused(
                "This catalogue takes too long to prove.",
                "Write its rules more simply, or prove it with the command lab check.",
                code="notProved",
            ) from None
        if said.returncode:
            raise ProverFailed(said.returncode, said.stderr.decode(errors="replace")[-2000:])
        report: Document = orjson.loads(said.stdout)
        return report


class ProverFailed(Exception):  # noqa: N818 - named for what happened
    """The lab's process ended by a mistake, or was ended by the system."""


def _busy() -> Unavailable:
    return Unavailable(
        "Other catalogues are being proved.",
        "Try again in a moment.",
        code="proverBusy",
        headers={"Retry-After": "5"},
    )
