"""What people type, and what others do meanwhile: one clear sentence each, nothing lost."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import AtDesk
from ui.account.account_page import AccountPage
from ui.tour.creating import (
    Person,
    agree,
    new_customer,
    number,
    order_number,
    service,
    settings_and_billing,
)
from ui.tour.eyes import button, found, reads
from ui.tour.letter import text_of
from ui.tour.patience import wait_until
from ui.tour.reading import go_to_tab, letter_is_shown, reading_is_fresh
from ui.widgets.message_bar import MessageBar
from ui.widgets.table import Table
from ui.wizard.draft_page import DraftPage
from ui.wizard.held_number import HeldNumber

pytestmark = pytest.mark.journey

STRANGE = Person("Jens", "<b Olsen", "jens.olsen@example.com")
NORTHERN = Person("Ærlig", "Ærøskov", "aerlig@example.com")


@pytest.mark.parametrize("person", [STRANGE, NORTHERN], ids=["markup", "northern letters"])
def test_a_name_is_shown_and_printed_letter_by_letter(at_home: AtDesk, person: Person) -> None:
    new_customer(at_home, person)
    service(at_home)
    number(at_home)
    settings_and_billing(at_home)
    agree(at_home)
    at_home.hands.press("Ctrl+Return")
    order_number(at_home)
    at_home.hands.press("Return")

    page = at_home.page(AccountPage, "The account did not open.")
    reading_is_fresh(page)
    at_home.read(person.name)
    assert page.tab().text == person.name

    go_to_tab(at_home, page, "letters")
    paper = letter_is_shown(page)
    assert person.name in " ".join(text_of(paper.original()).split())


def test_an_address_without_an_at_is_told_under_its_field(at_home: AtDesk) -> None:
    at_home.hands.press("Ctrl+N")
    at_home.page(DraftPage, "The wizard did not open.")
    at_home.type_into("E-mail", "liv.stormcastle.example.com")
    at_home.hands.press("Tab")
    at_home.read("An e-mail address has an @, such as name@example.com.")
    at_home.type_into("E-mail", "liv@example.com")
    at_home.hands.press("Tab")
    wait_until(lambda: not reads(at_home.main, "has an @"), "The sentence stays for ever.")


def test_a_number_that_somebody_else_took_is_replaced_by_the_nearest_free_one(
    at_home: AtDesk,
) -> None:
    new_customer(at_home)
    service(at_home)
    at_home.hands.press("Alt+Right")
    table = found(at_home.main, Table)
    wait_until(lambda: bool(table.current_id()), "The pool has no numbers.")
    wanted = table.current_id()
    taken = at_home.backend.call(
        "POST",
        "/tmf-api/resourcePoolManagement/v4/reservation",
        user="senior",
        json={"externalId": "somebody-else", "reservationItem": [{"resource": {"id": wanted}}]},
    )
    assert taken.status_code == 201, taken.text

    at_home.hands.press("Return")
    at_home.read("was taken meanwhile. The nearest free one is")
    bar = found(at_home.main, MessageBar)
    take = button(bar, "Take it")
    assert take is not None
    at_home.hands.click(take)
    found(at_home.main, HeldNumber)
    at_home.read("1 of 1")
