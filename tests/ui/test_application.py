"""The whole way: sign in, work, sign out, sign in as somebody else, close."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.arrival import Arrival
from app.desk_state import DeskState, load_state
from app.settings import Settings
from tests.app.store.people import FakeKeychain
from tests.support.backend import RunningBackend
from tests.support.qt import click
from tests.ui.desk import SOON
from ui.application import DeskApplication
from ui.main_window import MainWindow
from ui.theme.theme import Theme

pytestmark = pytest.mark.journey

Quits = list[bool]


@pytest.fixture
def quits(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Quits:
    """The test's own event loop must go on when the desk wants to end."""
    wanted: Quits = []
    monkeypatch.setattr(qapp, "quit", lambda: wanted.append(True))
    return wanted


@pytest.fixture
def desk(
    qapp: QApplication,
    theme: Theme,
    own_folders: Path,
    ring: FakeKeychain,
    shared_backend: RunningBackend,
    quits: Quits,
) -> Iterator[DeskApplication]:
    arrival = Arrival(Settings(server=shared_backend.url), keychain=ring)
    made = DeskApplication(qapp, arrival, DeskState(), theme=theme)
    made.start()
    yield made
    made.end()
    for window in (made.main_window, made.sign_in_window):
        if window is not None:
            window.deleteLater()


def sign_in(desk: DeskApplication, qtbot: QtBot, name: str) -> MainWindow:
    assert desk.sign_in_window is not None
    form = desk.sign_in_window.form()
    form.fill(name, name)
    click(form.button)
    qtbot.waitUntil(lambda: desk.main_window is not None, timeout=SOON)
    assert desk.main_window is not None
    return desk.main_window


def test_each_person_has_a_desk_of_his_own(desk: DeskApplication, qtbot: QtBot) -> None:
    first = sign_in(desk, qtbot, "agent")
    assert first.top.initials.text() == "MT"
    click(first.menu.sign_out)
    qtbot.waitUntil(lambda: desk.main_window is None, timeout=SOON)
    second = sign_in(desk, qtbot, "senior")
    assert second.top.initials.text() == "AP"


def test_a_call_before_the_sign_in_is_shown_after_it(desk: DeskApplication, qtbot: QtBot) -> None:
    desk.call("07700900999")
    window = sign_in(desk, qtbot, "agent")
    home = window.pages.current()
    search: Callable[[], str] = home.search_text  # type: ignore[union-attr]  # the home page
    qtbot.waitUntil(lambda: search() == "07700 900999", timeout=SOON)


def test_closing_remembers_the_window_and_ends_the_program(
    desk: DeskApplication, qtbot: QtBot, quits: Quits
) -> None:
    window = sign_in(desk, qtbot, "agent")
    window.resize(1300, 800)
    desk.theme.set_wish("dark")
    window.close()
    qtbot.waitUntil(lambda: bool(quits), timeout=SOON)
    state = load_state()
    assert (state.width, state.height, state.theme) == (1300, 800, "dark")
    assert state.user_name == "agent"


def test_closing_the_window_to_sign_in_ends_the_program(
    desk: DeskApplication, qtbot: QtBot, quits: Quits
) -> None:
    assert desk.sign_in_window is not None
    desk.sign_in_window.close()
    qtbot.waitUntil(lambda: bool(quits), timeout=SOON)


def test_a_second_start_brings_the_window_to_the_front(desk: DeskApplication, qtbot: QtBot) -> None:
    assert desk.sign_in_window is not None
    desk.sign_in_window.showMinimized()
    desk.to_front()
    assert not desk.sign_in_window.isMinimized()
