"""Who are you: wrong passwords, and a sign-in that ends in the middle of work."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from backend.access.tokens import ACCESS_LIFE
from backend.start import wall_clock
from tests.journeys.conftest import AtDesk
from tests.support.backend import RunningBackend
from ui.signin.again_bar import AgainBar
from ui.tour.creating import (
    agree,
    new_customer,
    number,
    order_number,
    service,
    settings_and_billing,
)
from ui.tour.eyes import found, visible
from ui.tour.patience import wait_until

pytestmark = pytest.mark.journey


def let_all_tokens_expire(backend: RunningBackend) -> None:
    """A quarter of an hour goes by at the server's gate, and no token can be renewed."""
    tokens = backend.application.parts.access._tokens
    tokens._now = lambda: wall_clock() + ACCESS_LIFE + timedelta(seconds=1)
    with backend.database.begin() as connection:
        connection.execute(sa.text("DELETE FROM refresh_token"))


def test_a_wrong_password_is_said_in_one_sentence_and_the_right_one_opens_the_desk(
    at_sign_in: AtDesk,
) -> None:
    at_sign_in.type_into("Name", "agent")
    at_sign_in.type_into("Password", "maren")
    at_sign_in.hands.press("Return")
    at_sign_in.read("Name or password is not right. Check both and try again.")
    at_sign_in.hands.stand_in("Password")  # selected: the next letters replace it
    at_sign_in.hands.type("agent")
    at_sign_in.hands.press("Return")
    at_sign_in.read("Good")
    wait_until(lambda: at_sign_in.desk.main_window is not None, "The right one did not help.")


def test_a_token_that_expires_in_the_wizard_costs_a_password_and_nothing_else(
    at_home: AtDesk,
) -> None:
    new_customer(at_home)
    service(at_home)
    number(at_home)
    settings_and_billing(at_home)
    agree(at_home)
    let_all_tokens_expire(at_home.backend)

    at_home.hands.press("Ctrl+Return")
    at_home.read("You have been signed out. Your work is kept. Sign in again.")
    again = found(at_home.main, AgainBar)
    at_home.hands.click(again.password)
    at_home.hands.type("agent")
    at_home.hands.press("Return")

    assert order_number(at_home).startswith("KO-")
    assert visible(at_home.main, AgainBar) is None
