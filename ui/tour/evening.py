"""The last chapter: the same screens in the dark look, for the eyes of a late shift."""

from __future__ import annotations

from ui.account.account_page import AccountPage
from ui.home.home_page import HomePage
from ui.page import Page
from ui.tour.eyes import found
from ui.tour.guide import Guide
from ui.tour.opening import CALLER
from ui.tour.patience import TourStopped, let_settle
from ui.tour.reading import go_to_tab, letter_is_shown, reading_is_fresh
from ui.widgets.offer_list import OfferList


def in_the_dark(guide: Guide) -> None:
    """The letter, Edda's account, a wizard for her, and Home with the draft it leaves."""
    guide.desk.theme.set_wish("dark")
    letter_is_shown(guide.page(AccountPage, "The new account is not in front."))
    guide.picture("letter-dark")
    _go_round_to(guide, CALLER)
    page = guide.page(AccountPage, f"The account of {CALLER} is not in front.")
    go_to_tab(guide, page, "customer")
    reading_is_fresh(page)
    guide.picture("account-dark")
    guide.hands.press("P")
    offers = found(guide.main, OfferList)
    guide.hands.stand_in(offers.accessibleName())
    guide.picture("wizard-dark")
    _go_round_to(guide, "Home")
    guide.page(HomePage, "Home is not in front.")
    guide.picture("home-dark")


def _go_round_to(guide: Guide, tab: str) -> None:
    """Ctrl+Tab until the work tab with these words is in front."""
    for _tab in guide.main.tabs.ids():
        page: Page | None = guide.main.pages.current()
        if page is not None and page.tab().text == tab:
            return
        guide.hands.press("Ctrl+Tab")
        let_settle()
    raise TourStopped(f"The work tab {tab} was not found.")
