"""The bridge: results arrive in the window's thread, or are dropped when nobody waits."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from app.faults import Fault, FaultKind
from backend_client.errors import Unreachable
from ui.background import Background


@pytest.fixture
def background(qtbot: QtBot) -> Background:
    assert qtbot
    return Background()


def fail() -> None:
    raise Unreachable


def test_a_result_arrives_in_the_threads_of_the_window(
    qtbot: QtBot, background: Background
) -> None:
    owner, got = QObject(), list[tuple[int, bool]]()

    def done(result: int) -> None:
        got.append((result, QThread.currentThread() is owner.thread()))

    background.read(lambda: 42, owner=owner, done=done)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [(42, True)]


def test_a_result_whose_owner_is_gone_is_dropped(qtbot: QtBot, background: Background) -> None:
    owner, other = QObject(), QObject()
    got: list[str] = []
    gate = threading.Event()

    def slow() -> str:
        gate.wait(5)
        return "late"

    background.read(slow, owner=owner, done=got.append)
    shiboken6.delete(owner)
    gate.set()
    background.wait()
    background.read(lambda: "now", owner=other, done=got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["now"]


def test_only_the_newest_read_of_a_key_counts(qtbot: QtBot, background: Background) -> None:
    owner, got, gate = QObject(), list[str](), threading.Event()

    def old() -> str:
        gate.wait(5)
        return "old"

    background.read(old, owner=owner, done=got.append, key="search")
    background.read(lambda: "new", owner=owner, done=got.append, key="search")
    qtbot.waitUntil(lambda: bool(got))
    gate.set()
    background.wait()
    background.read(lambda: "end", owner=owner, done=got.append)
    qtbot.waitUntil(lambda: "end" in got)
    assert got == ["new", "end"]


def test_a_failure_goes_to_its_owner(qtbot: QtBot, background: Background) -> None:
    owner, faults = QObject(), list[Fault]()
    background.change(fail, owner=owner, done=lambda _: None, failed=faults.append)
    qtbot.waitUntil(lambda: bool(faults))
    assert faults[0].kind is FaultKind.UNREACHABLE
    assert faults[0].sentence.endswith("Try again in a moment.")


def test_a_failure_nobody_handles_can_be_tried_again(qtbot: QtBot, background: Background) -> None:
    owner, tries, got = QObject(), list[int](), list[str]()

    def second_time() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise Unreachable
        return "there"

    background.unhandled.connect(lambda _fault, again: again())
    background.read(second_time, owner=owner, done=got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["there"]


def test_a_mistake_of_the_program_is_logged_and_says_so(
    qtbot: QtBot, background: Background, expected_log: list[str]
) -> None:
    expected_log.append("work failed: ZeroDivisionError")
    owner, faults = QObject(), list[Fault]()
    background.read(lambda: 1 // 0, owner=owner, done=print, failed=faults.append)
    qtbot.waitUntil(lambda: bool(faults))
    assert faults[0].kind is FaultKind.PROGRAM
    assert "Your work is saved" in faults[0].sentence


def test_who_asks_after_the_end_is_not_answered(qtbot: QtBot, background: Background) -> None:
    shiboken6.delete(background)
    background.read(lambda: 42, owner=QObject(), done=lambda _answer: fail())
