"""The first chapter: the desk opens, the agent signs in, finds Edda and looks through her tabs."""

from __future__ import annotations

from app.customers.rows import ResultRow
from ui.account.account_page import AccountPage
from ui.home.home_page import HomePage
from ui.search.results import ResultList
from ui.tour.eyes import found, reads, row, visible
from ui.tour.guide import Guide
from ui.tour.patience import TourStopped, wait_until
from ui.tour.reading import go_to_tab, letter_is_shown, reading_is_fresh
from ui.widgets.account_tabs import AccountTabs

START = 90.0  # seconds until the demo's own backend answers on a slow machine
CALLER = "Edda Marrowby"
LETTERS = "edd"


def sign_in(guide: Guide) -> None:
    """The demo has filled name and password in: Enter signs in."""
    window = guide.window
    here, gone = "for Kestrelfjord", "did not start"
    wait_until(lambda: reads(window, here) or reads(window, gone), "The demo is slow.", START)
    if reads(window, gone):
        raise TourStopped("The demo's backend did not start: see demo-backend.log.")
    guide.picture("sign-in")
    guide.hands.press("Return")
    wait_until(lambda: guide.desk.main_window is not None, "The agent was not signed in.")
    guide.page(HomePage, "Home did not open.")
    wait_until(lambda: reads(guide.main, "Connected"), "The desk did not say it is connected.")
    directory = guide.workplace.directory
    wait_until(lambda: directory.filling.complete, "The directory of customers did not come.")
    guide.picture("home")


def search(guide: Guide) -> None:
    """Three letters in the big field."""
    guide.hands.stand_in("Customer, number")
    guide.hands.type(LETTERS)
    wait_until(lambda: _caller(guide) is not None, f"{CALLER} was not found by three letters.")
    wait_until(lambda: reads(guide.main, "Server has answered"), "The server did not search.")
    guide.picture("search")


def open_account(guide: Guide) -> None:
    """Down to her row, Enter."""
    results = found(guide.main, ResultList)
    caller = _caller(guide)
    for _row in results.records.records():
        if caller is not None and results.current_id() != caller.id:
            guide.hands.press("Down")
    guide.hands.press("Return")
    page = guide.page(AccountPage, f"The account of {CALLER} did not open.")
    reading_is_fresh(page)
    guide.picture("account")


def look_through_tabs(guide: Guide) -> None:
    """Alt+2, Alt+3 and so on: each tab, in its order."""
    page = guide.page(AccountPage, "The account is not in front.")
    tabs = found(page, AccountTabs)
    guide.seen.tabs = tabs.ids()
    for tab in guide.seen.tabs[1:]:
        go_to_tab(guide, page, tab)
        if tab == "letters":
            letter_is_shown(page)
        guide.picture(f"account-{tab}")


def _caller(guide: Guide) -> ResultRow | None:
    results = visible(guide.main, ResultList)
    return row(results, ResultRow, lambda each: each.name == CALLER)
