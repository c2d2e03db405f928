"""Watches how network systems answer, and how long they take."""

from __future__ import annotations

import time
from collections.abc import Callable

from backend.flows.adapters.network import (
    Answer,
    Answered,
    Call,
    NetworkSystems,
    NoAnswer,
    Pending,
)

Watch = Callable[[str, str, float], None]
"""Is told who it was about, how it ended, and the seconds it took."""


def unwatched(_who: str, _how: str, _seconds: float) -> None:
    """Nobody watches."""


class Watched:
    """Network systems that tell of each call."""

    def __init__(self, network: NetworkSystems, watch: Watch) -> None:
        self._network = network
        self._watch = watch

    def call(self, call: Call) -> Answer:
        """As `NetworkSystems` says."""
        began, how = time.perf_counter(), "fault"
        try:
            answer = self._network.call(call)
            how = _how(answer)
        except NoAnswer:
            how = "silent"
            raise
        finally:
            self._watch(call.system, how, time.perf_counter() - began)
        return answer


def _how(answer: Answer) -> str:
    if isinstance(answer, Answered):
        return "answered"
    return "pending" if isinstance(answer, Pending) else "refused"
