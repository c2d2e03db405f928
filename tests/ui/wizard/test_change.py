"""Edda changes what she has, by keys alone, at the real backend; and adds to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.accounts.reading import monthly
from app.wizard.choices import Choices, InstalledProduct
from backend_client.desk_records import Account
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer
from tests.ui.desk import SOON
from tests.ui.wizard.conftest import Begin, view_of, window_of
from tests.ui.wizard.hands import CONTROL, Hands
from ui.page import NewDraft
from ui.wizard.change_page import ChangePage
from ui.wizard.draft_page import DraftPage
from ui.wizard.wizard_view import WizardView

EDDA = NewDraft("KF-0041873-6", "Edda Marrowby")
SWIFT = 36_000.0
MOST_KEYS = 10  # DAY, row 8, without what is typed

DELETE, ENTER, SPACE, DOWN = Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down


@pytest.fixture
def operator(database_server: DatabaseServer, filled_template: str) -> Iterator[RunningBackend]:
    """The demo's customers are there, and the network needs no time."""
    with running_backend(database_server.clone(filled_template), time_scale=SWIFT) as running:
        yield running
    database_server.drop(str(running.database.engine.url.database))


def choices_of(view: WizardView) -> Choices:
    assert view.desk.wizard.choices is not None
    return view.desk.wizard.choices


def page_of(view: WizardView) -> ChangePage:
    assert isinstance(view.page, ChangePage)
    return view.page


def installed(view: WizardView, offer: str) -> InstalledProduct:
    return next(each for each in choices_of(view).installed if each.offer == offer)


def settled(view: WizardView, qtbot: QtBot) -> None:
    """Wait until the answer is the one to the last change."""
    qtbot.waitUntil(lambda: not view.desk.wizard.lags, timeout=SOON)


def agree_and_send(view: WizardView, hands: Hands, qtbot: QtBot) -> None:
    """Ctrl+Enter leads to the agreement; the yes; Ctrl+Enter sends."""
    hands.press(ENTER, CONTROL)
    qtbot.waitUntil(view.creation.agreement.agreed.isEnabled, timeout=SOON)
    qtbot.waitUntil(view.creation.agreement.agreed.hasFocus, timeout=SOON)
    hands.press(SPACE)
    qtbot.waitUntil(lambda: not view.desk.wizard.blockers, timeout=SOON)
    hands.press(ENTER, CONTROL)
    qtbot.waitUntil(lambda: view.press.done, timeout=SOON)


def account_of(page: DraftPage) -> Account:
    return page.workplace.client.desk.account(EDDA.customer_id)


def every_month(account: Account) -> Decimal:
    """What the products in use cost each month."""
    used = (each for each in account.products if each.state == "active")
    return sum((monthly(each.product_price) for each in used), Decimal(0))


def gudrun(operator: RunningBackend) -> NewDraft:
    """A customer with fibre that no order changes."""
    name = "Gudrun Ødegårdsen"
    query = sa.text("SELECT id FROM customer WHERE document ->> 'name' = :name")
    with operator.database.read() as connection:
        return NewDraft(str(connection.scalar(query, {"name": name})), name)


def stand_at(view: WizardView, hands: Hands, row: str) -> None:
    """Go down to a row."""
    rows = page_of(view).base.list
    for _ in range(30):
        if rows.current_id() == row:
            return
        hands.press(DOWN)
    raise AssertionError(row)


def test_an_extra_is_added_with_at_most_ten_keys(begin: Begin, qtbot: QtBot) -> None:
    page = begin(EDDA)
    view, hands = view_of(page), Hands(window_of(page))
    hands.keys = 1  # P, which opened this
    hands.type("world")
    hands.press(ENTER)
    settled(view, qtbot)
    difference = choices_of(view).difference
    assert difference is not None
    assert difference.monthly_after - difference.monthly_before == Decimal("12.00")
    agree_and_send(view, hands, qtbot)
    assert view.creation.created.number().startswith("KO-")
    assert hands.keys <= MOST_KEYS, f"{hands.keys} keys"


def test_what_the_difference_says_is_what_the_account_has_afterwards(
    begin: Begin, qtbot: QtBot
) -> None:
    page = begin(EDDA)
    view, hands = view_of(page), Hands(window_of(page))
    before = every_month(account_of(page))
    line, roaming = installed(view, "M03"), installed(view, "M13")
    assert roaming.number == line.number == "07700 900471"
    hands.press(DOWN)
    change = page_of(view).base.change
    stand_at(view, hands, line.product_id)
    hands.press(ENTER)
    qtbot.waitUntil(lambda: change.shown == "targets", timeout=SOON)
    stand_at(view, hands, "M04")
    hands.press(ENTER)
    settled(view, qtbot)
    stand_at(view, hands, roaming.product_id)
    hands.press(DELETE)
    settled(view, qtbot)
    hands.type("world")
    hands.press(ENTER)
    settled(view, qtbot)
    difference = choices_of(view).difference
    assert difference is not None
    assert difference.monthly_before == before
    assert difference.monthly_after == before + 8 - 4 + 12
    agree_and_send(view, hands, qtbot)
    qtbot.waitUntil(lambda: every_month(account_of(page)) == difference.monthly_after, timeout=SOON)
    products = {each.id: each for each in account_of(page).products}
    moved = products[line.product_id]
    assert moved.product_offering is not None
    assert moved.product_offering.id == "M04"
    assert products[roaming.product_id].state == "terminated"


def test_a_faster_line_is_typed_and_the_one_there_is_becomes_it(
    begin: Begin, operator: RunningBackend, qtbot: QtBot
) -> None:
    page = begin(gudrun(operator))
    view, hands = view_of(page), Hands(window_of(page))
    hands.keys = 1  # P, which opened this
    change = page_of(view).base.change
    hands.type("glimt 1000")
    hands.press(ENTER)
    qtbot.waitUntil(lambda: change.shown == "targets", timeout=SOON)
    assert page_of(view).base.list.current_id() == "F03"
    hands.press(ENTER)
    settled(view, qtbot)
    difference = choices_of(view).difference
    assert difference is not None
    assert difference.monthly_after - difference.monthly_before == Decimal("8.00")
    agree_and_send(view, hands, qtbot)
    assert hands.keys <= MOST_KEYS, f"{hands.keys} keys"
