"""An account page over Edda's documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.support import edda
from tests.support.account_desk import AccountDesk
from tests.support.qt import Show
from ui.account.account_page import AccountPage
from ui.page import OpenAccount
from ui.theme.theme import Theme

Open = Callable[..., AccountPage]


@pytest.fixture
def desk(theme: Theme) -> Iterator[AccountDesk]:
    made = AccountDesk(theme)
    yield made
    assert made.background.wait()


@pytest.fixture
def open_page(desk: AccountDesk, show: Show, qtbot: QtBot) -> Open:
    """Opens the account in a window; `waits` until the server has answered."""

    def opened(
        tab: str = "", *, waits: bool = True, width: int = 1387, height: int = 844
    ) -> AccountPage:
        destination = OpenAccount(edda.CUSTOMER, "Edda Marrowby", tab=tab)
        page = AccountPage(desk.surroundings, destination, may_add=True)
        show(page, width=width, height=height)
        if waits:
            qtbot.waitUntil(lambda: page.body.current() is not None)
        return page

    return opened
