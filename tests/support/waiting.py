"""Waiting in a test for what another thread or process will bring about."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 30.0  # seconds until a test that waits gives up


def eventually(happened: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Return as soon as `happened()`; fail after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)
