"""Yesterday's tabs: remembered in the store, brought back without building their pages."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.store.preferences import Preferences
from ui.background import Background
from ui.open_pages import OpenPages, from_kept

_NAME = "tabs"
_SETTLE = 500  # ms: what changes together is written once


class KeptTabs(QObject):
    """Writes the tabs down whenever they have changed."""

    def __init__(self, background: Background, preferences: Preferences, pages: OpenPages) -> None:
        super().__init__(pages)
        self._background = background
        self._preferences = preferences
        self._pages = pages
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLE)
        self._later.timeout.connect(self.keep)
        pages.changed.connect(self._later.start)

    def restore(self) -> None:
        """Bring back the tabs of the last time."""
        self._background.read(
            lambda: self._preferences.get(_NAME, []), owner=self, done=self._put_back
        )

    def keep(self) -> None:
        """Write them down now."""
        self._later.stop()
        kept = self._pages.kept()
        self._background.change(
            lambda: self._preferences.put(_NAME, kept), owner=self, done=lambda _nothing: None
        )

    def _put_back(self, kept: object) -> None:
        found = [from_kept(each) for each in kept] if isinstance(kept, list) else []
        for destination in found:
            if destination is not None:
                self._pages.put_back(destination)
