"""An order of the real backend is changed and cancelled from its page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.app.accounts.test_real_account import ordered
from tests.support.qt import Show, click, press_in_window
from tests.ui.account.test_order_deeds import order_page, said
from tests.ui.account.test_orders_tab import named, rows
from tests.ui.desk import SOON
from ui.account.account_page import AccountPage
from ui.page import OpenAccount, Surroundings
from ui.widgets.field import Field

pytestmark = pytest.mark.journey


@pytest.fixture
def page(surroundings: Surroundings, show: Show, qtbot: QtBot) -> AccountPage:
    """The Orders tab of a customer who has just ordered a mobile line."""
    customer = ordered(surroundings.workplace)
    opened = AccountPage(surroundings, OpenAccount(customer, "Jorun", tab="orders"), may_add=True)
    show(opened, width=1387, height=844)
    qtbot.waitUntil(lambda: opened.body.current() is not None, timeout=SOON)
    qtbot.waitUntil(order_page(opened).change.isVisible, timeout=SOON)
    return opened


def test_a_setting_is_changed_then_the_order_is_cancelled(
    page: AccountPage, surroundings: Surroundings, qtbot: QtBot
) -> None:
    shown = order_page(page)
    press_in_window(page.window(), Qt.Key.Key_A)
    qtbot.waitUntil(lambda: bool(shown.changing.findChildren(Field)), timeout=SOON)
    user = next(
        each
        for each in shown.changing.findChildren(Field)
        if each.input.accessibleName().endswith("Who uses it")
    )
    assert user.text() == "Jorun"
    user.input.setText("Alma")
    user.edited.emit("Alma")
    click(shown.changing.act)
    qtbot.waitUntil(shown.changing.isHidden, timeout=SOON)
    assert "is changed: 1 setting." in said(page)
    qtbot.waitUntil(lambda: "Skarv 100 for Alma" in rows(named(page, "Orders"))[1], timeout=SOON)

    qtbot.waitUntil(shown.cancel.isVisible, timeout=SOON)
    press_in_window(page.window(), Qt.Key.Key_Delete)
    qtbot.waitUntil(shown.cancelling.isVisible, timeout=SOON)
    click(shown.cancelling.act)
    qtbot.waitUntil(shown.cancelling.isHidden, timeout=SOON)
    assert "cancelled" in said(page)
    (order,) = surroundings.workplace.client.orders.all()
    qtbot.waitUntil(lambda: state(surroundings, order.id) == "cancelled", timeout=SOON)


def state(surroundings: Surroundings, order_id: str) -> str | None:
    return surroundings.workplace.client.orders.get(order_id).state
