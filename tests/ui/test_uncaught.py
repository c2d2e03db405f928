"""What nobody caught is logged without its values and told to the agent."""

from __future__ import annotations

import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from app.faults import Fault, FaultKind
from ui.uncaught import Uncaught


@pytest.fixture
def told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[Fault]:
    assert qtbot
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    faults: list[Fault] = []
    uncaught = Uncaught()
    uncaught.happened.connect(faults.append)
    uncaught.install()
    monkeypatch.setattr(sys, "kept_alive", uncaught, raising=False)
    return faults


def test_an_error_in_a_slot_is_told(told: list[Fault], expected_log: list[str]) -> None:
    expected_log.append("uncaught: ValueError")
    sys.excepthook(ValueError, ValueError("07700 900471"), None)
    (fault,) = told
    assert fault.kind is FaultKind.PROGRAM
    assert "07700" not in fault.sentence + fault.log_line


def test_an_error_in_a_thread_is_told(
    qtbot: QtBot, told: list[Fault], expected_log: list[str]
) -> None:
    expected_log.append("uncaught: ZeroDivisionError")
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told))
    assert "Your work is saved" in told[0].sentence


def test_ctrl_c_still_ends_the_program(
    told: list[Fault], capsys: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []
    assert "KeyboardInterrupt" in capsys.readouterr().err
