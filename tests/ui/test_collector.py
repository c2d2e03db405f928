"""Cycles of widgets are freed in the window's thread and between its events, nowhere else."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.collector import CycleCollector, collect_what_is_due


class Window(QWidget):
    """A widget of our own: Qt's own ones are handed to the main thread, ours are not."""

    def __init__(self, died_in: list[int]) -> None:
        super().__init__()
        self.itself = self
        self.destroyed.connect(
            lambda: died_in.append(threading.get_ident()), Qt.ConnectionType.DirectConnection
        )


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[CycleCollector]:
    made = CycleCollector()
    made.begin()
    yield made
    made.end()
    gc.disable()  # as it is in all tests
    made.deleteLater()


def litter() -> None:
    """As much as lets Python's own collector run several times."""
    for _ in range(5000):
        one: list[object] = []
        one.append(one)


def in_a_thread(work: object) -> None:
    thread = threading.Thread(target=work)  # type: ignore[arg-type]  # any callable
    thread.start()
    thread.join()


def test_a_collection_in_another_thread_ends_our_windows_there(qtbot: QtBot) -> None:
    died_in: list[int] = []
    Window(died_in)
    in_a_thread(gc.collect)
    assert died_in
    assert died_in != [threading.get_ident()]


def test_work_in_a_thread_frees_no_window(collector: CycleCollector, qtbot: QtBot) -> None:
    died_in: list[int] = []
    Window(died_in)
    in_a_thread(litter)
    assert died_in == []
    collect_what_is_due()
    assert died_in == [threading.get_ident()]


def test_the_timer_frees_what_is_due(collector: CycleCollector, qtbot: QtBot) -> None:
    died_in: list[int] = []
    Window(died_in)
    litter()
    qtbot.waitUntil(lambda: died_in == [threading.get_ident()])


def test_nothing_is_looked_at_while_little_is_new(collector: CycleCollector) -> None:
    collector.spare()
    assert collect_what_is_due() == 0


def test_the_last_to_let_go_of_an_owner_is_the_windows_thread(qtbot: QtBot) -> None:
    background, died_in = Background(), list[int]()
    gate = threading.Event()

    def start() -> None:
        owner = Window(died_in)
        owner.itself = None  # type: ignore[assignment]  # no cycle: the last reference counts
        background.read(
            lambda: (gate.wait(5), owner.isVisible)[0], owner=owner, done=lambda _ok: None
        )

    start()
    gate.set()
    background.wait()
    assert died_in == []
    qtbot.waitUntil(lambda: died_in == [threading.get_ident()])
