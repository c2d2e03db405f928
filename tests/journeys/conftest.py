"""A person at the real windows, with a real backend that a test may spoil."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.arrival import Arrival
from app.desk_state import DeskState
from app.settings import Settings
from app.store.keychain import Keychain
from tests.app.store.people import FakeKeychain
from tests.support.backend import RunningBackend
from ui.application import DeskApplication
from ui.home.home_page import HomePage
from ui.tour.album import Album
from ui.tour.eyes import reads, texts
from ui.tour.guide import Guide
from ui.tour.patience import wait_until

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class AtDesk(Guide):
    """The agent Maren in front of her windows; `backend` is what they speak to."""

    def __init__(self, desk: DeskApplication, album: Album, backend: RunningBackend) -> None:
        super().__init__(desk, album)
        self.backend = backend

    def sign_in(self) -> None:
        """Type name and password, Enter, and wait for Home."""
        self.type_into("Name", "agent")
        self.type_into("Password", "agent")
        self.hands.press("Return")
        wait_until(lambda: self.desk.main_window is not None, "Maren was not signed in.")
        self.page(HomePage, "Home did not open.")
        wait_until(lambda: reads(self.main, "Connected"), "The desk is not connected.")

    def type_into(self, label: str, text: str) -> None:
        """Tab to a field, put everything in it aside, type."""
        for _stop in range(40):
            if self.hands.at(label):
                break
            self.hands.press("Tab")
        self.hands.stand_in(label)
        self.hands.press("Ctrl+A")
        self.hands.type(text)

    def read(self, words: str) -> None:
        """Wait until these words stand in the window."""
        wait_until(lambda: reads(self.window, words), f"Nobody said: {words}")

    def says(self) -> list[str]:
        """All that can be read now."""
        return list(texts(self.window))


class Flashes(QObject):
    """Hears of every window that comes up besides the desk's own.

    A part that is shown before it has a parent flashes as a window and takes the keys away.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.seen: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            kind = watched.metaObject().className()
            if watched.isWindow() and kind not in _WINDOWS:
                self.seen.append(f"{kind} {watched.accessibleName()}")
        return False


_WINDOWS = {"SignInWindow", "MainWindow", "QComboBoxPrivateContainer", "QTipLabel"}


NewDesk = Callable[[], AtDesk]


@pytest.fixture
def keychain(ring: FakeKeychain) -> Keychain:
    """The keychain of the person at the desk; a module may bring its own."""
    return ring


@pytest.fixture
def new_desk_at(
    qapp: QApplication,
    own_folders: Path,
    keychain: Keychain,
    operator: RunningBackend,
) -> Iterator[NewDesk]:
    """Opens a desk at the operator's backend; more than one after the other."""
    opened: list[DeskApplication] = []
    flashes = Flashes(qapp)

    def open_one() -> AtDesk:
        settings = Settings(server=operator.url)
        arrival = Arrival(settings, keychain=keychain)
        desk = DeskApplication(qapp, arrival, DeskState(theme="light"))
        opened.append(desk)
        desk.start()
        (own_folders / "pictures").mkdir(exist_ok=True)
        at_desk = AtDesk(desk, Album(own_folders / "pictures"), operator)
        at_desk.read("for Kestrelfjord Telecom")
        return at_desk

    yield open_one
    operator.online()
    for desk in opened:
        leave(desk)
    qapp.removeEventFilter(flashes)
    assert flashes.seen == []


def leave(desk: DeskApplication) -> None:
    """Close the windows as a person does, and wait for what still runs."""
    for window in (desk.main_window, desk.sign_in_window):
        if window is not None:
            window.close()
    desk.end()


@pytest.fixture
def at_sign_in(new_desk_at: NewDesk) -> AtDesk:
    """The window to sign in is there, and the server answers."""
    return new_desk_at()


@pytest.fixture
def at_home(at_sign_in: AtDesk) -> AtDesk:
    """Maren has signed in."""
    at_sign_in.sign_in()
    return at_sign_in
