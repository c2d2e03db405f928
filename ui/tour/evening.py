"""The last chapter: the same screens in the dark look, for the eyes of a late shift."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.account.account_page import AccountPage
from ui.home.home_page import HomePage
from ui.page import Page
from ui.tour.eyes import found, reads
from ui.tour.guide import Guide
from ui.tour.opening import CALLER
from ui.tour.patience import TourStopped, let_settle, wait_until
from ui.tour.reading import go_to_tab, letter_is_shown, reading_is_fresh
from ui.wizard.change_list import ChangeList

ROAMING = "Nordic + EU roaming pass"
"""What Edda does without from now on; the draft stays."""


def in_the_dark(guide: Guide) -> None:
    """The letter, Edda's account, a change of it, and Home with the draft that leaves."""
    guide.desk.theme.set_wish("dark")
    letter_is_shown(guide.page(AccountPage, "The new account is not in front."))
    guide.picture("letter-dark")
    _go_round_to(guide, CALLER)
    page = guide.page(AccountPage, f"The account of {CALLER} is not in front.")
    go_to_tab(guide, page, "customer")
    reading_is_fresh(page)
    guide.picture("account-dark")
    guide.hands.press("P")
    _end_the_roaming_pass(guide)
    guide.picture("change-dark")
    _go_round_to(guide, "Home")
    guide.page(HomePage, "Home is not in front.")
    guide.picture("home-dark")


def _end_the_roaming_pass(guide: Guide) -> None:
    """Down to it and Delete; the difference stands at the side at once."""
    installed = found(guide.main, ChangeList)
    guide.hands.press("Down")  # from the search into the list
    guide.hands.stand_in(installed.accessibleName())
    for _row in installed.records.records():
        if ROAMING in str(installed.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)):
            break
        guide.hands.press("Down")
    guide.hands.press("Delete")
    wait_until(lambda: not reads(guide.main, "no difference"), f"{ROAMING} does not end.")


def _go_round_to(guide: Guide, tab: str) -> None:
    """Ctrl+Tab until the work tab with these words is in front."""
    for _tab in guide.main.tabs.ids():
        page: Page | None = guide.main.pages.current()
        if page is not None and page.tab().text == tab:
            return
        guide.hands.press("Ctrl+Tab")
        let_settle()
    raise TourStopped(f"The work tab {tab} was not found.")
