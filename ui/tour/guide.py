"""What every chapter of the tour is given: the desk, hands, the album, and what was seen."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QWidget

from app.workplace import Workplace
from ui.application import DeskApplication
from ui.background import Background
from ui.main_window import MainWindow
from ui.page import Page
from ui.tour.album import Album
from ui.tour.hands import Hands
from ui.tour.patience import TourStopped, let_settle, wait_until

P = TypeVar("P", bound=Page)


@dataclass
class Seen:
    """What the tour saw; ends up in tour.json."""

    customer_id: str = ""
    order_id: str = ""
    order_number: str = ""
    order_state: str = ""
    steps: list[dict[str, str | float]] = field(default_factory=list)
    tabs: list[str] = field(default_factory=list)
    pdf: str = ""
    wizard_keys: int = 0
    wizard_letters: int = 0


class Guide:
    """Leads through one desk; `window` is the window in front."""

    def __init__(self, desk: DeskApplication, album: Album) -> None:
        self.desk = desk
        self.album = album
        self.hands = Hands(lambda: self.window)
        self.seen = Seen()
        self.since_created = QElapsedTimer()

    @property
    def window(self) -> QWidget:
        window = self.desk.main_window or self.desk.sign_in_window
        if window is None:
            raise TourStopped("There is no window.")
        return window

    @property
    def main(self) -> MainWindow:
        if self.desk.main_window is None:
            raise TourStopped("Nobody is signed in.")
        return self.desk.main_window

    @property
    def workplace(self) -> Workplace:
        page = self.main.pages.current()
        if page is None:
            raise TourStopped("No page is open.")
        return page.workplace

    @property
    def background(self) -> Background:
        return self.desk.background

    def page(self, kind: type[P], sentence: str) -> P:
        """The page in front, waited for until it is one of this kind."""
        wait_until(lambda: isinstance(self.main.pages.current(), kind), sentence)
        page = self.main.pages.current()
        if not isinstance(page, kind):
            raise TourStopped(sentence)
        return page

    def picture(self, name: str) -> None:
        """Keep what is shown, once everything asked for is laid out and painted."""
        let_settle()
        self.album.take(self.window, name)

    def last_look(self) -> None:
        """Where the story ended early, a picture of what stood there."""
        with suppress(TourStopped):
            self.picture("ended-here")
