"""A deed's page in a window at the real backend, with the demo's customers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer
from tests.support.household import Person, moved_in, stocked
from tests.support.qt import Show
from tests.ui.desk import SOON
from ui.account.account_page import AccountPage
from ui.deeds.deed_page import DeedPage
from ui.page import Destination, OpenAccount, Surroundings

SWIFT = 36_000.0

Begin = Callable[..., DeedPage]
Account = Callable[..., AccountPage]


@pytest.fixture(scope="module")
def swift_backend(
    database_server: DatabaseServer, operator_template: str
) -> Iterator[RunningBackend]:
    """An operator whose network needs no time, with SIMs in stock."""
    url = database_server.clone(operator_template)
    with running_backend(url, time_scale=SWIFT) as running:
        stocked(running)
        yield running


@pytest.fixture
def operator(swift_backend: RunningBackend) -> Iterator[RunningBackend]:
    """One for a whole module, mended after each test: each has customers of its own."""
    yield swift_backend
    swift_backend.online()


@pytest.fixture
def edda(operator: RunningBackend) -> Person:
    """Edda has a mobile line and fibre, and both work."""
    return moved_in(operator)


@pytest.fixture
def account(surroundings: Surroundings, show: Show, qtbot: QtBot) -> Account:
    """Opens a customer's account at its products."""

    def opened(customer: Person) -> AccountPage:
        where = OpenAccount(customer.id, customer.name, tab="subscriptions")
        page = AccountPage(surroundings, where, may_add=True)
        show(page, width=1386, height=842)
        qtbot.waitUntil(lambda: (found := page.view()) is not None and found.fresh, timeout=SOON)
        return page

    return opened


@pytest.fixture
def begin(surroundings: Surroundings, show: Show, qtbot: QtBot) -> Begin:
    """Opens a deed's page and waits until its form stands."""

    def opened(where: Destination, *, width: int = 1386, height: int = 842) -> DeedPage:
        page = DeedPage(surroundings, where)
        show(page, width=width, height=height)
        qtbot.waitUntil(lambda: page.view is not None and page.view.form is not None, timeout=SOON)
        view, desk = page.view, page.desk
        assert view is not None
        assert desk is not None
        qtbot.waitUntil(lambda: desk.view is not None and desk.view.fresh, timeout=SOON)
        page.focus_first()
        inside = (view.form, view.side.press)
        qtbot.waitUntil(
            lambda: any(
                each is not None and (each.hasFocus() or each.isAncestorOf(page.focusWidget()))
                for each in inside
            ),
            timeout=SOON,
        )
        return page

    return opened
