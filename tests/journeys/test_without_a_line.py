"""The server goes away while somebody is on the phone: work goes on, and is sent once."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.journeys.conftest import AtDesk
from tests.support.backend import RunningBackend
from ui.tour.creating import (
    agree,
    new_customer,
    number,
    order_number,
    service,
    settings_and_billing,
)
from ui.tour.eyes import reads
from ui.tour.patience import wait_until

pytestmark = pytest.mark.journey

BACK_AGAIN = 70.0  # seconds; the longest pause between two tries is a minute


def orders_of(backend: RunningBackend) -> list[str]:
    """The numbers of all orders the server has."""
    with backend.database.read() as connection:
        statement = "SELECT order_number FROM product_order"
        return list(connection.scalars(sa.text(statement)))


def test_an_order_taken_without_a_line_waits_and_is_sent_once_when_the_line_is_back(
    at_home: AtDesk, expected_log: list[str]
) -> None:
    new_customer(at_home)
    service(at_home)
    number(at_home)
    at_home.backend.offline()

    settings_and_billing(at_home)
    agree(at_home)
    at_home.hands.press("Ctrl+Return")
    at_home.read("Waiting to be sent")
    at_home.read("No connection")
    assert orders_of(at_home.backend) == []

    at_home.backend.online()
    made = order_number(at_home, BACK_AGAIN)
    at_home.read("Connected again. 1 sent, none refused.")
    wait_until(lambda: reads(at_home.main, "Nothing waiting to be sent"), "It still waits.")
    assert orders_of(at_home.backend) == [made]


def test_the_press_that_is_repeated_in_doubt_makes_one_order(at_home: AtDesk) -> None:
    """The first answer is lost on the way; the agent presses again and again."""
    new_customer(at_home)
    service(at_home)
    number(at_home)
    settings_and_billing(at_home)
    agree(at_home)
    at_home.backend.slow(2.0)
    at_home.hands.press("Ctrl+Return", "Ctrl+Return", "Return", "Ctrl+Return")
    at_home.backend.slow(0.0)
    made = order_number(at_home)
    assert orders_of(at_home.backend) == [made]
