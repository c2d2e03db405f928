"""A desk in a process of its own, which is killed in the middle of a draft."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.arrival import Arrival
from app.desk_state import DeskState
from app.settings import Settings
from tests.journeys.conftest import AtDesk
from tests.support.backend import RunningBackend
from ui.application import DeskApplication
from ui.tour.album import Album
from ui.tour.creating import new_customer, service
from ui.tour.eyes import reads, texts
from ui.tour.patience import wait_until


class FileKeychain:
    """A keychain that the next process finds again."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def check(self) -> None:
        """It is a file: it works."""

    def read(self, service: str, user: str) -> str | None:
        return self._all().get(f"{service}\n{user}")

    def write(self, service: str, user: str, secret: str) -> None:
        self._file.write_text(json.dumps(self._all() | {f"{service}\n{user}": secret}))

    def delete(self, service: str, user: str) -> None:
        kept = self._all()
        kept.pop(f"{service}\n{user}", None)
        self._file.write_text(json.dumps(kept))

    def _all(self) -> dict[str, str]:
        if not self._file.exists():
            return {}
        kept: dict[str, str] = json.loads(self._file.read_text())
        return kept


class Elsewhere(RunningBackend):
    """The backend of another process: only its address is known here."""

    def __init__(self) -> None:
        """Nothing is started."""


def main(url: str, keychain: Path, pictures: Path) -> None:
    """Sign in, fill a draft as far as its service, and die without a word."""
    app = QApplication(sys.argv[:1])
    arrival = Arrival(Settings(server=url), keychain=FileKeychain(keychain))
    desk = DeskApplication(app, arrival, DeskState(theme="light"))
    desk.start()
    at_desk = AtDesk(desk, Album(pictures), Elsewhere())
    at_desk.read("for Kestrelfjord Telecom")
    at_desk.sign_in()
    new_customer(at_desk)
    service(at_desk)
    at_desk.hands.press("Alt+Right")
    wait_until(lambda: "Numbers" in texts(at_desk.main), "The step Numbers did not open.")
    wait_until(lambda: reads(at_desk.main, "Draft saved"), "The draft was not saved.")
    store = at_desk.workplace.store
    wait_until(
        lambda: any("numbers" in each.step for each in store.drafts.open_drafts("demo-agent")),
        "The step is not on disk.",
    )
    wait_until(
        lambda: any(tab["kind"] == "draft" for tab in store.preferences.get("tabs", [])),
        "The tabs are not on disk.",
    )
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
