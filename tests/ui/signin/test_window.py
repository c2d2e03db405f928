"""Signing in through the real window at the real backend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.arrival import Arrival
from app.desk_state import DeskState
from app.settings import Settings
from tests.app.store.people import FakeKeychain
from tests.support.backend import RunningBackend
from tests.support.qt import click, press
from tests.ui.desk import SOON
from ui.background import Background
from ui.signin.form import SignInForm
from ui.signin.window import Arrived, SignInWindow
from ui.theme.theme import Theme

pytestmark = pytest.mark.journey

Opened = Callable[..., SignInWindow]


@pytest.fixture
def opened(
    qapp: QApplication,
    qtbot: QtBot,
    theme: Theme,
    background: Background,
    own_folders: Path,
    ring: FakeKeychain,
    shared_backend: RunningBackend,
) -> Iterator[Opened]:
    """Opens the window to sign in at the backend; whoever arrives is let go at the end."""
    arrived: list[Arrived] = []
    windows: list[SignInWindow] = []  # held until the test ends, else Python drops them

    def open_it(state: DeskState | None = None) -> SignInWindow:
        arrival = Arrival(Settings(server=shared_backend.url), keychain=ring)
        window = SignInWindow(theme, qapp, background, arrival, state or DeskState())
        window.arrived.connect(arrived.append)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_it
    background.wait()
    for each in arrived:
        each.workplace.close()
    shared_backend.online()


def test_name_password_enter(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    form = window.form()
    assert QApplication.focusWidget() is form.name
    press(form.name, "agent")
    press(form.password, "agent")
    with qtbot.waitSignal(window.arrived, timeout=SOON) as arrived:
        press(form.password, Qt.Key.Key_Return)
    assert arrived.args is not None
    assert arrived.args[0].workplace.user.name == "Maren Tindlewick"
    assert arrived.args[0].restore
    assert form.password.text() == ""


def test_a_wrong_password_is_said_and_can_be_typed_again(opened: Opened, qtbot: QtBot) -> None:
    window = opened(DeskState(user_name="agent", restore_tabs=False))
    form = window.form()
    assert form.name.text() == "agent"
    assert not form.restores()
    press(form.password, "wrong", Qt.Key.Key_Return)
    qtbot.waitUntil(form.button.isEnabled, timeout=SOON)
    assert form.notice() == "Name or password is not right. Check both and try again."
    assert form.password.selectedText()
    with qtbot.waitSignal(window.arrived, timeout=SOON):
        press(form.password, "agent", Qt.Key.Key_Return)


def test_what_is_submitted_too_early_goes_out_when_the_server_is_there(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened()
    window.form().fill("agent", "agent")
    with qtbot.waitSignal(window.arrived, timeout=SOON):
        click(window.form().button)
        assert window.form().button.text() == "Signing in…"


def test_what_waits_for_the_server_cannot_be_typed_over_until_esc_takes_it_back(
    theme: Theme, qtbot: QtBot
) -> None:
    form = SignInForm(theme, restore=True)
    qtbot.addWidget(form)
    form.show()
    form.wait_for_server("Starting the demo…")
    form.fill("agent", "agent")
    press(form.name, Qt.Key.Key_Return, "x")
    assert form.name.text() == "agent"
    press(form.name, Qt.Key.Key_Escape, Qt.Key.Key_End, "x")
    assert form.name.text() == "agentx"
    assert form.button.text() == "Sign in"


def test_a_server_that_does_not_answer_is_said_and_asked_again(
    opened: Opened, qtbot: QtBot, shared_backend: RunningBackend
) -> None:
    shared_backend.offline()
    window = opened()
    form = window.form()
    expected = "The server does not answer. Try again in a moment."
    qtbot.waitUntil(lambda: form.notice() == expected, timeout=SOON)
    shared_backend.online()
    form.retry_wanted.emit()
    form.fill("agent", "agent")
    with qtbot.waitSignal(window.arrived, timeout=SOON):
        click(form.button)


def test_the_next_start_needs_no_password(opened: Opened, qtbot: QtBot) -> None:
    first = opened()
    first.form().fill("agent", "agent")
    with qtbot.waitSignal(first.arrived, timeout=SOON):
        click(first.form().button)
    second = opened(DeskState(user_name="agent"))
    qtbot.waitUntil(lambda: not second.isHidden(), timeout=SOON)
    with qtbot.waitSignal(second.arrived, timeout=SOON):
        pass


def test_the_eye_shows_what_was_typed_while_it_is_pressed(opened: Opened) -> None:
    form = opened().form()
    press(form.password, "secret")
    assert form.password.echoMode() is QLineEdit.EchoMode.Password
    form.password._eye.pressed.emit()
    assert form.password.echoMode() is QLineEdit.EchoMode.Normal
    form.password._eye.released.emit()
    assert form.password.echoMode() is QLineEdit.EchoMode.Password


def test_the_jacks_make_room_for_the_form(opened: Opened, theme: Theme) -> None:
    window = opened()
    window.resize(1440, 900)
    assert window._jacks.isVisible()
    theme.set_zoom(2.0)
    window.resize(1441, 900)
    assert not window._jacks.isVisible()
