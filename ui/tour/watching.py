"""The third chapter: the order goes through its steps by itself, and its letter is there."""

from __future__ import annotations

from app.accounts.view import AccountView
from app.letters.records import Letter
from ui.account.account_page import AccountPage
from ui.tour.creating import CALLER
from ui.tour.eyes import found, row
from ui.tour.guide import Guide
from ui.tour.letter import keep_letter
from ui.tour.patience import TourStopped, wait_until
from ui.tour.reading import go_to_tab, letter_is_shown, reading_is_fresh
from ui.widgets.record_list import RecordList
from ui.widgets.step_film import Step, StepFilm

CONFIRMATION = "LT01"
COMPLETED = "completed"
THROUGH = 60.0  # seconds an order of the demo may take on a slow machine


def open_new_account(guide: Guide) -> None:
    """Enter on the created order opens the new customer's account."""
    guide.hands.press("Return")
    page = guide.page(AccountPage, "The new account did not open.")
    view = reading_is_fresh(page)
    if view.header.name != CALLER.name:
        raise TourStopped(f"The account of {view.header.name} opened.")
    guide.picture("new-account")


def watch_order(guide: Guide) -> None:
    """The film: its steps turn green without a key pressed."""
    page = guide.page(AccountPage, "The new account is not in front.")
    go_to_tab(guide, page, "orders")
    film = found(page, StepFilm)
    pictured = False

    def through() -> bool:
        nonlocal pictured
        done, open_ = _steps(film, done=True), _steps(film, done=False)
        known = {str(each["name"]) for each in guide.seen.steps}
        for step in done:
            if step.title not in known:
                seconds = round(guide.since_created.elapsed() / 1000, 1)
                guide.seen.steps.append({"name": step.title, "seconds": seconds})
        if done and open_ and not pictured:
            pictured = True
            guide.picture("order-on-its-way")
        return bool(done) and not open_ and _order_state(page, guide) == COMPLETED

    wait_until(through, "The order did not complete.", THROUGH)
    guide.seen.order_state = _order_state(page, guide)
    guide.picture("order-completed")


def see_subscription(guide: Guide) -> None:
    """The new product is there."""
    page = guide.page(AccountPage, "The new account is not in front.")
    go_to_tab(guide, page, "subscriptions")
    products = found(page, RecordList, "Products")
    plan = "Skarv 25"
    wait_until(
        lambda: any(each.spoken().startswith(plan) for each in products.records.records()),
        f"{plan} did not appear among the products.",
    )
    guide.picture("new-subscription")


def open_letter(guide: Guide) -> None:
    """The order confirmation, as the PDF that was sent."""
    page = guide.page(AccountPage, "The new account is not in front.")
    go_to_tab(guide, page, "letters")
    letters = found(page, RecordList, "Letters")
    wait_until(lambda: _confirmation(letters) is not None, "The order confirmation did not come.")
    for _letter in letters.records.records():
        confirmation = _confirmation(letters)
        if confirmation is None or letters.current_id() == confirmation.id:
            break
        guide.hands.press("Down")
    paper = letter_is_shown(page, _confirmation(letters))
    guide.seen.pdf = keep_letter(paper.original(), guide.seen.order_number, guide.album.folder)
    guide.picture("letter")


def _steps(film: StepFilm, *, done: bool) -> list[Step]:
    every = [each for each in film.film.records.records() if isinstance(each, Step)]
    return [each for each in every if (each.state == "done") is done]


def _order_state(page: AccountPage, guide: Guide) -> str:
    view: AccountView | None = page.view()
    orders = view.account.orders if view is not None and view.fresh else ()
    states = [each.state for each in orders if each.number == guide.seen.order_number]
    return states[0] or "" if states else ""


def _confirmation(letters: RecordList) -> Letter | None:
    return row(letters, Letter, lambda each: each.kind == CONFIRMATION)
