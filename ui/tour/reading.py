"""When an account can be read: its document has come, its letter is painted."""

from __future__ import annotations

from app.accounts.view import AccountView
from ui.account.account_page import AccountPage
from ui.tour.eyes import visible
from ui.tour.patience import TourStopped, wait_until
from ui.widgets.pdf_view import PdfView


def reading_is_fresh(page: AccountPage) -> AccountView:
    """Wait until the account shown is what the server has said."""
    sentence = f"The account of {page.tab().text} was not read."
    wait_until(lambda: (view := page.view()) is not None and view.fresh, sentence)
    view = page.view()
    if view is None:
        raise TourStopped(sentence)
    return view


def letter_is_shown(page: AccountPage) -> PdfView:
    """Wait until a letter's page stands in the Letters tab."""

    def shown() -> PdfView | None:
        paper = visible(page, PdfView)
        return paper if paper is not None and paper.page_count() else None

    wait_until(lambda: shown() is not None, "No letter was shown.")
    paper = shown()
    if paper is None:
        raise TourStopped("No letter was shown.")
    return paper
