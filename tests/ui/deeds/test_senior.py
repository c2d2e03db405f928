"""A senior agent gives a line to another customer, and moves a house, to the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.deeds.deed import STAYS, DeedName
from app.start import Desk
from app.workplace import Workplace
from tests.support.backend import RunningBackend
from tests.support.household import HOME, Person, address, moved_in
from tests.support.qt import Show
from tests.ui.deeds.conftest import Begin
from tests.ui.desk import SOON
from tests.ui.wizard.hands import ALT, CONTROL, Hands
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_page import DeedPage
from ui.deeds.deed_view import DeedView
from ui.deeds.move_form import MoveForm
from ui.deeds.owner_form import OwnerForm
from ui.page import Destination, NewDeed, NewDraft, OpenDeed, Surroundings
from ui.widgets.button import KeyButton
from ui.wizard.customer_page import CustomerPage
from ui.wizard.draft_page import DraftPage

ENTER, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Tab


@pytest.fixture
def workplace(new_desk: Desk) -> Iterator[Workplace]:
    """A senior agent has signed in."""
    opened = new_desk.sign_in("senior", "senior")
    yield opened
    opened.close()


def parts(page: DeedPage) -> tuple[DeedView, DeedDesk]:
    assert page.view is not None
    assert page.desk is not None
    return page.view, page.desk


def at(edda: Person, deed: DeedName, code: str, name: str, number: str = "") -> NewDeed:
    return NewDeed(edda.id, edda.name, deed, edda.products[code], name, number)


def sent(page: DeedPage, qtbot: QtBot) -> str:
    """Wait until it may be done, do it; the order's number."""
    view, desk = parts(page)
    qtbot.waitUntil(lambda: desk.foreseer.foretold is not None and desk.ready, timeout=SOON)
    Hands(page.window()).press(ENTER, CONTROL)
    qtbot.waitUntil(lambda: bool(view.sent.number()), timeout=SOON)
    return view.sent.number()


def both_agree(form: OwnerForm, hands: Hands, qtbot: QtBot) -> None:
    for field, tick in (("agreed", form.giver.agreed), ("takerAgreed", form.receiver.agreed)):
        form.stand_at(field)
        qtbot.waitUntil(tick.isEnabled, timeout=SOON)
        hands.press(SPACE)
        assert tick.isChecked()


def letters(page: DeedPage, customer: str) -> set[str]:
    """The letters a customer was sent, by their ids."""
    documents = page.workplace.client.desk.account(customer).documents
    return {each.document_type or "" for each in documents}


def products(page: DeedPage, customer: str) -> set[str]:
    return {each.id for each in page.workplace.client.desk.account(customer).products}


def place_of(page: DeedPage, customer: str, product: str) -> str | None:
    held = page.workplace.client.desk.account(customer).products
    return next(place.id for each in held if each.id == product for place in each.place)


def next_door(operator: RunningBackend) -> dict[str, Any]:
    """Another house of the same postcode, with fibre."""
    code = HOME.rsplit(" ", 1)[0]
    found = operator.call("GET", f"/desk-api/v1/address?q={code}").json()["addresses"]
    home = address(operator, HOME)["id"]
    return next(each for each in found if each["id"] != home and "gpon" in each["networks"])


def made_a_customer(page: DraftPage, qtbot: QtBot) -> None:
    """What the wizard asks of a customer who orders nothing, after the name; then the press."""
    view, hands = page.view, Hands(page.window())
    assert view is not None
    qtbot.waitUntil(lambda: view.desk.wizard.choices is not None, timeout=SOON)
    page.focus_first()  # past the name, which is there
    for text in ("2 April 1985", "signe@example.com", "07700 900123"):
        hands.type(text)
        hands.press(TAB)
    hands.type(HOME)
    customer = view.page
    assert isinstance(customer, CustomerPage)
    address_field = customer.form.address
    assert address_field is not None
    qtbot.waitUntil(address_field.list.isVisible, timeout=SOON)
    hands.press(ENTER)
    hands.type("4071")
    hands.press(TAB)
    hands.press(TAB)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Right, ALT)
    only = next(each for each in view.findChildren(KeyButton) if "an account" in each.text())
    only.click()
    hands.press(Qt.Key.Key_6, ALT)
    qtbot.waitUntil(lambda: not view.desk.wizard.blockers, timeout=SOON)
    hands.press(ENTER, CONTROL)
    qtbot.waitUntil(lambda: view.press.done, timeout=SOON)


def test_a_line_changes_hands_and_both_are_written_to(
    begin: Begin, edda: Person, operator: RunningBackend, qtbot: QtBot
) -> None:
    torvald = moved_in(operator, "Torvald", "Ashgrove", ())
    page = begin(at(edda, "owner", "M03", "Skarv 100", "07700900013"))
    view, desk = parts(page)
    form, hands = view.form, Hands(page.window())
    assert isinstance(form, OwnerForm)
    hands.type("Torvald Ash")
    qtbot.waitUntil(form.taker.list.isVisible, timeout=SOON)
    hands.press(ENTER)
    assert desk.deed.taker_id == torvald.id
    both_agree(form, hands, qtbot)
    number = sent(page, qtbot)
    (order,) = (each for each in page.workplace.client.orders.all() if each.number == number)
    assert {each.id for each in order.related_party if each.role == "newOwner"} == {torvald.id}
    assert len(order.agreement) == 2
    both = (edda.id, torvald.id)
    qtbot.waitUntil(lambda: all("LT25" in letters(page, each) for each in both), timeout=SOON)
    assert edda.products["M03"] in products(page, torvald.id)


def test_who_is_no_customer_yet_is_made_one_and_chosen_by_himself(
    begin: Begin, edda: Person, operator: RunningBackend, surroundings: Surroundings, show: Show,
    qtbot: QtBot,
) -> None:  # fmt: skip
    page = begin(at(edda, "owner", "M03", "Skarv 100", "07700900013"))
    view, desk = parts(page)
    form = view.form
    wanted: list[Destination] = []
    assert isinstance(form, OwnerForm)
    page.wanted.connect(wanted.append)
    Hands(page.window()).type("Signe Larkspur")
    assert page.new_customer() == NewDraft(name="Signe Larkspur", asked_by=desk.deed.id)
    form.make_new.click()
    assert wanted == [NewDraft(name="Signe Larkspur", asked_by=desk.deed.id)]
    wizard = DraftPage(surroundings, wanted[0])
    show(wizard, width=1386, height=842)
    made_a_customer(wizard, qtbot)
    qtbot.waitUntil(lambda: bool(desk.deed.taker_id), timeout=SOON)
    assert wizard.view is not None
    assert wizard.view.press.outcome is not None
    assert desk.deed.taker_id == wizard.view.press.outcome.customer_id
    assert form.taker.field.text() == desk.deed.taker_name == "Signe Larkspur"
    assert isinstance(wanted[-1], OpenDeed)
    assert wanted[-1].deed_id == desk.deed.id


def test_a_house_moves_next_door_with_all_that_is_there(
    begin: Begin, operator: RunningBackend, qtbot: QtBot
) -> None:
    sorrel = moved_in(operator, "Sorrel", "Underhill")
    near = next_door(operator)
    page = begin(at(sorrel, "move", "F02", "Glimt 500"))
    view, desk = parts(page)
    form, hands = view.form, Hands(page.window())
    assert isinstance(form, MoveForm)
    hands.type(near["label"])
    qtbot.waitUntil(form.address.list.isVisible, timeout=SOON)
    hands.press(ENTER)
    assert desk.deed.address_id == near["id"]
    assert form.day.hasFocus()
    form.day.set_day(None)
    hands.type(f"{view.desk.today:%d %m %Y}")
    hands.press(ENTER)
    assert desk.deed.said("day")
    qtbot.waitUntil(lambda: bool(form.fates), timeout=SOON)
    assert set(desk.deed.fates.values()) == {STAYS}
    form.stand_at("agreed")
    qtbot.waitUntil(form.agreement.agreed.isEnabled, timeout=SOON)
    hands.press(SPACE)
    qtbot.waitUntil(lambda: desk.foreseer.foretold is not None, timeout=SOON)
    assert sent(page, qtbot).startswith("KO-")
    qtbot.waitUntil(view.sent.film.isVisible, timeout=SOON)
    fibre = sorrel.products["F02"]
    qtbot.waitUntil(lambda: place_of(page, sorrel.id, fibre) == near["id"], timeout=SOON)
