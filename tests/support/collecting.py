"""Cycles are freed between tests and in the main thread, as the desk frees them in its own."""

from __future__ import annotations

import gc

from ui.collector import collect_what_is_due


def pytest_configure() -> None:
    """A thread of a backend under test must not destroy the widgets of an earlier one."""
    gc.disable()


def pytest_runtest_logfinish() -> None:
    collect_what_is_due()
