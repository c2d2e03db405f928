"""A senior agent gives a line to another customer, and moves a house, to the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.deeds.deed import STAYS, DeedName
from app.start import Desk
from app.wizard.service import Outcome
from app.workplace import Workplace
from tests.support.backend import RunningBackend
from tests.support.household import HOME, Person, address, moved_in
from tests.support.qt import Show
from tests.ui.deeds.conftest import Begin
from tests.ui.desk import SOON
from tests.ui.wizard.hands import CONTROL, Hands
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_page import DeedPage
from ui.deeds.deed_view import DeedView
from ui.deeds.move_form import MoveForm
from ui.deeds.owner_form import OwnerForm
from ui.page import Destination, NewDeed, NewDraft, OpenDeed, Surroundings
from ui.wizard.draft_page import DraftPage

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


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


def next_door(operator: RunningBackend) -> dict[str, Any]:
    """Another house of the same postcode, with fibre."""
    code = HOME.rsplit(" ", 1)[0]
    found = operator.call("GET", f"/desk-api/v1/address?q={code}").json()["addresses"]
    home = address(operator, HOME)["id"]
    return next(each for each in found if each["id"] != home and "gpon" in each["networks"])


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
    signe = moved_in(operator, "Signe", "Larkspur", ())
    assert wizard.view is not None
    wizard.view.press.answered.emit(Outcome("sent", customer_id=signe.id))
    qtbot.waitUntil(lambda: desk.deed.taker_id == signe.id, timeout=SOON)
    assert form.taker.field.text() == "Signe Larkspur"
    assert isinstance(wanted[-1], OpenDeed)
    assert wanted[-1].deed_id == desk.deed.id


def test_a_house_moves_and_the_number_is_told_before(
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
    film = view.sent.film
    qtbot.waitUntil(film.isVisible, timeout=SOON)
