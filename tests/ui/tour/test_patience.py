"""Waiting ends: with what was waited for, or with a sentence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.tour.patience import TourStopped, let_settle, wait_until


def test_what_happens_in_the_event_loop_is_seen(qapp: QApplication) -> None:
    happened: list[str] = []
    QTimer.singleShot(5, qapp, lambda: happened.append("it rang"))
    wait_until(lambda: bool(happened), "It never rang.")


def test_what_does_not_happen_ends_with_its_sentence(qapp: QApplication) -> None:
    with pytest.raises(TourStopped) as stopped:
        wait_until(lambda: False, "The order did not complete.", seconds=0.05)
    assert stopped.value.sentence == "The order did not complete."


def test_a_fault_of_the_condition_comes_through(qapp: QApplication) -> None:
    def broken() -> bool:
        raise LookupError("no such row")

    with pytest.raises(LookupError, match="no such row"):
        wait_until(broken, "It was not looked at.")


def test_settling_lets_everything_happen_that_was_asked_for(qapp: QApplication) -> None:
    asked: list[int] = []
    QTimer.singleShot(0, qapp, lambda: asked.append(1))
    let_settle()
    assert asked == [1]
