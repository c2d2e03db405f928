"""An account's tabs, and when it can be read: its document has come, its letter is painted."""

from __future__ import annotations

from hashlib import sha256

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from app.accounts.view import AccountView
from app.letters.records import Letter
from ui.account.account_page import AccountPage
from ui.tour.eyes import found, visible
from ui.tour.guide import Guide
from ui.tour.patience import TourStopped, wait_until
from ui.widgets.account_tabs import AccountTabs
from ui.widgets.pdf_view import PdfView

DARK = 128  # of 255; paper is white in every theme


def reading_is_fresh(page: AccountPage) -> AccountView:
    """Wait until the account shown is what the server has said."""
    sentence = f"The account of {page.tab().text} was not read."
    wait_until(lambda: (view := page.view()) is not None and view.fresh, sentence)
    view = page.view()
    if view is None:
        raise TourStopped(sentence)
    return view


def go_to_tab(guide: Guide, page: AccountPage, tab: str) -> None:
    """Alt and the number of a tab of the account."""
    tabs = found(page, AccountTabs)
    guide.hands.press(f"Alt+{tabs.ids().index(tab) + 1}")
    wait_until(lambda: tabs.current_id() == tab, f"The tab {tab} did not open.")


def letter_is_shown(page: AccountPage, letter: Letter | None = None) -> PdfView:
    """Wait until the page of a letter (of this one) stands in the Letters tab, with its words."""

    def shown() -> PdfView | None:
        paper = visible(page, PdfView)
        if paper is None or not paper.page_count():
            return None
        if letter is not None and sha256(paper.original()).hexdigest() != letter.sha256:
            return None
        return paper if has_ink(paper) else None

    wait_until(lambda: shown() is not None, "No letter was shown.")
    paper = shown()
    if paper is None:
        raise TourStopped("No letter was shown.")
    return paper


def has_ink(paper: QWidget) -> bool:
    """Whether words stand on the page in the middle: a PDF is painted by and by."""
    whole = paper.rect()
    middle = QRect(0, 0, whole.width() // 4, whole.height() // 2)
    middle.moveCenter(whole.center())
    picture = paper.grab(middle).toImage()
    inks = {
        picture.pixelColor(x, y).value() < DARK
        for y in range(0, picture.height(), 2)
        for x in range(0, picture.width(), 2)
    }
    return inks == {True, False}
