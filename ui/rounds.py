"""F6: round the parts of the window, and back with Shift."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.open_pages import OpenPages
from ui.widgets.message_bar import MessageBar
from ui.widgets.rail import Rail
from ui.widgets.work_tabs import WorkTabs


class Rounds:
    """Rail, work tabs, the page's own parts, then its message, if there is one."""

    def __init__(self, rail: Rail, tabs: WorkTabs, pages: OpenPages) -> None:
        self._rail = rail
        self._tabs = tabs
        self._pages = pages

    def go(self, by: int) -> None:
        """Give the focus to the next part (1) or the one before (-1)."""
        stops = self._stops()
        focus = QApplication.focusWidget()
        here = next((n for n, stop in enumerate(stops) if _holds(stop, focus)), -1 if by > 0 else 0)
        target = stops[(here + by) % len(stops)]
        if isinstance(target, MessageBar):
            target.take_focus()
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _stops(self) -> list[QWidget]:
        places = self._rail.items()
        current = next((place for place in places if place.isChecked()), places[0])
        stops: list[QWidget] = [current, self._tabs]
        page = self._pages.current()
        if page is not None:
            stops += [*page.regions(), page.messages]
        return [stop for stop in stops if stop.isVisible() and stop.isEnabled()]


def _holds(stop: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (focus is stop or stop.isAncestorOf(focus))
