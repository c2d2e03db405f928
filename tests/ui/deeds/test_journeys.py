"""Maren does things to Edda's products, by keys alone, at the real backend."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.deeds.deed import DeedName
from backend.resource_inventory.seeding import stock
from tests.support.backend import RunningBackend
from tests.support.household import PIN, Person, moved_in
from tests.support.qt import press_in_window
from tests.ui.deeds.conftest import Account, Begin
from tests.ui.desk import SOON
from tests.ui.wizard.hands import CONTROL, Hands
from ui.account.account_page import AccountPage
from ui.deeds.deed_page import DeedPage
from ui.deeds.deed_view import DeedView
from ui.deeds.number_form import NumberForm
from ui.deeds.sim_form import SimForm
from ui.page import NewDeed, NewDraft, OpenAccount, Surroundings

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
MOST_KEYS = 8  # DAY, row 7, without the ICCID


def line_of(page: AccountPage, edda: Person, qtbot: QtBot) -> None:
    """Stand at her mobile line."""
    tab = page.body.current()
    assert tab is not None
    tab.choose(edda.products["M03"])
    qtbot.waitUntil(lambda: tab.product() == edda.products["M03"], timeout=SOON)


def chosen(page: AccountPage, key: Qt.Key, qtbot: QtBot) -> object:
    """Press M and a letter; where that leads."""
    wanted: list[object] = []
    page.wanted.connect(wanted.append)
    press_in_window(page.window(), Qt.Key.Key_M)
    press_in_window(page.window(), key)
    qtbot.waitUntil(lambda: bool(wanted), timeout=SOON)
    return wanted[0]


def view_of(page: DeedPage) -> DeedView:
    assert page.view is not None
    return page.view


def ready(page: DeedPage, qtbot: QtBot) -> None:
    """Wait until the server has foretold it and nothing is missing."""
    desk = page.desk
    assert desk is not None
    qtbot.waitUntil(lambda: desk.foreseer.foretold is not None and desk.ready, timeout=SOON)


def sent(page: DeedPage, qtbot: QtBot) -> str:
    """Ctrl+Enter; the order's number."""
    Hands(page.window()).press(ENTER, CONTROL)
    qtbot.waitUntil(lambda: bool(view_of(page).sent.number()), timeout=SOON)
    return view_of(page).sent.number()


def state_of(page: DeedPage, product: str) -> str:
    client, customer = page.workplace.client, page.desk.deed.customer_id if page.desk else ""
    products = client.desk.account(customer).products
    return next(each.state for each in products if each.id == product)


def deed(edda: Person, name: DeedName, number: str = "07700900013") -> NewDeed:
    return NewDeed(edda.id, edda.name, name, edda.products["M03"], "Skarv 100", number)


def test_a_line_is_suspended_from_its_product_and_then_resumed(
    account: Account, begin: Begin, edda: Person, qtbot: QtBot
) -> None:
    page = account(edda)
    line_of(page, edda, qtbot)
    where = chosen(page, Qt.Key.Key_S, qtbot)
    assert isinstance(where, NewDeed)
    assert (where.deed, where.product_id) == ("suspend", edda.products["M03"])
    rest = begin(where)
    ready(rest, qtbot)
    assert sent(rest, qtbot).startswith("KO-")
    assert QGuiApplication.clipboard().text() == view_of(rest).sent.number()
    line = edda.products["M03"]
    qtbot.waitUntil(lambda: state_of(rest, line) == "suspended", timeout=SOON)
    page = account(edda)
    line_of(page, edda, qtbot)
    where = chosen(page, Qt.Key.Key_R, qtbot)
    wake = begin(where)
    ready(wake, qtbot)
    assert view_of(wake).side.press.hasFocus()
    press_in_window(wake.window(), ENTER)
    qtbot.waitUntil(lambda: state_of(wake, line) == "active", timeout=SOON)


def test_a_sim_is_swapped_with_at_most_eight_keys(
    begin: Begin, edda: Person, operator: RunningBackend, qtbot: QtBot
) -> None:
    with operator.database.begin() as connection:
        iccid = stock(connection, "plastic", 1)[0]
    page = begin(deed(edda, "sim"))
    hands = Hands(page.window())
    hands.keys = 4  # Ctrl+K, "sw", Enter, which opened this
    form = view_of(page).form
    assert isinstance(form, SimForm)
    assert form.iccid.input.hasFocus()
    hands.type(iccid)
    hands.keys -= 1  # the scanner presses Enter
    hands.press(ENTER)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_2)
    ready(page, qtbot)
    hands.press(ENTER, CONTROL)
    qtbot.waitUntil(lambda: bool(view_of(page).sent.number()), timeout=SOON)
    assert hands.keys <= MOST_KEYS, f"{hands.keys} keys"


def test_a_wrong_digit_of_an_iccid_is_seen_at_once(
    begin: Begin, edda: Person, qtbot: QtBot
) -> None:
    page = begin(deed(edda, "sim"))
    form = view_of(page).form
    assert isinstance(form, SimForm)
    hands = Hands(page.window())
    hands.type("8999010000000000013")
    hands.press(ENTER)
    finding = form.iccid.finding()
    assert finding is not None
    assert "check digit" in finding.sentence
    assert form.iccid.input.hasFocus()
    assert not view_of(page).side.press.isEnabled()


def test_the_pin_counts_as_a_fact_when_the_server_says_it_is_right(
    begin: Begin, edda: Person, qtbot: QtBot
) -> None:
    page = begin(deed(edda, "sim"))
    form = view_of(page).form
    assert isinstance(form, SimForm)
    hands = Hands(page.window())
    form.pin.input.setFocus()
    hands.type("1111")
    hands.press(ENTER)
    qtbot.waitUntil(lambda: form.pin.finding() is not None, timeout=SOON)
    form.pin.set_text("")
    hands.type(PIN)
    hands.press(ENTER)
    qtbot.waitUntil(lambda: page.desk is not None and page.desk.deed.said("checked") == "pin")
    assert form.pin.text() == ""


def test_a_number_is_found_by_its_digits_held_and_taken(
    begin: Begin, edda: Person, qtbot: QtBot
) -> None:
    page = begin(deed(edda, "number"))
    form, desk = view_of(page).form, page.desk
    assert isinstance(form, NumberForm)
    assert desk is not None
    hands = Hands(page.window())
    hands.press(Qt.Key.Key_Right)
    qtbot.waitUntil(form.digits.list.isVisible, timeout=SOON)
    hands.press(Qt.Key.Key_Tab)
    hands.type("477")
    qtbot.waitUntil(lambda: "900477" in form.digits.list.current_id(), timeout=SOON)
    hands.press(ENTER)
    qtbot.waitUntil(lambda: desk.deed.hold is not None, timeout=SOON)
    ready(page, qtbot)
    assert "£40.00" in view_of(page).side.accessible_words()
    sent(page, qtbot)


def test_who_leaves_leaves_nothing_behind(
    begin: Begin, edda: Person, surroundings: Surroundings, qtbot: QtBot
) -> None:
    page = begin(deed(edda, "suspend"))
    wanted: list[object] = []
    page.wanted.connect(wanted.append)
    press_in_window(page.window(), ESC)
    assert wanted == [OpenAccount(edda.id, edda.name)]
    assert surroundings.background.wait()
    user = surroundings.workplace.user.id
    assert surroundings.workplace.store.drafts.open_drafts(user) == ()


def test_what_was_typed_is_there_again_after_a_crash(
    begin: Begin, edda: Person, qtbot: QtBot
) -> None:
    first = begin(deed(edda, "suspend"))
    assert first.desk is not None
    press_in_window(first.window(), Qt.Key.Key_Right)
    journal = first.desk.journal
    qtbot.waitUntil(lambda: journal.saved_at is not None and not journal.unwritten, timeout=SOON)
    again = begin(first.destination())
    assert again.desk is not None
    assert again.desk.deed.said("reason") == "lost"
    told = msgspec.structs.replace(again.desk.deed, field="")
    assert told == msgspec.structs.replace(first.desk.deed, field="")


def test_a_lost_phone_cannot_wait_for_the_line(
    begin: Begin, edda: Person, operator: RunningBackend, qtbot: QtBot
) -> None:
    page = begin(deed(edda, "suspend"))
    press_in_window(page.window(), Qt.Key.Key_Right)  # lost
    ready(page, qtbot)
    operator.offline()
    connection = page.workplace.connection
    connection.doubted()
    qtbot.waitUntil(lambda: not connection.online, timeout=SOON)
    qtbot.waitUntil(lambda: not view_of(page).side.press.isEnabled(), timeout=SOON)
    assert "network desk" in view_of(page).side.accessible_words()


def test_ending_goes_to_the_wizard_where_it_ends_already(
    account: Account, edda: Person, qtbot: QtBot
) -> None:
    page = account(edda)
    line_of(page, edda, qtbot)
    where = chosen(page, Qt.Key.Key_E, qtbot)
    assert where == NewDraft(edda.id, edda.name, product_id=edda.products["M03"], ends=True)


@pytest.mark.parametrize("text", ["sw", "swap", "esim"])
def test_a_word_in_the_search_is_the_swap_at_the_only_line(
    account: Account, edda: Person, text: str
) -> None:
    page = account(edda)
    assert page.commander is not None
    (command,) = page.commander.commands(text)
    assert (command.id, command.about[:9]) == ("sim", "Skarv 100")


def test_a_line_goes_to_another_customer_when_both_agree(
    begin: Begin, edda: Person, operator: RunningBackend, qtbot: QtBot
) -> None:
    from ui.deeds.owner_form import OwnerForm

    torvald = moved_in(operator, "Torvald", "Quillfeather", ())
    page = begin(deed(edda, "owner"))
    form, desk = view_of(page).form, page.desk
    assert isinstance(form, OwnerForm)
    assert desk is not None
    hands = Hands(page.window())
    hands.type("Quillf")
    qtbot.waitUntil(form.taker.list.isVisible, timeout=SOON)
    hands.press(ENTER)
    assert desk.deed.taker_id == torvald.id
    qtbot.waitUntil(form.giver.agreed.isEnabled, timeout=SOON)
    hands.press(Qt.Key.Key_Space)
    form.stand_at("takerAgreed")
    hands.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(desk.foreseer.refusal), timeout=SOON)
    assert not desk.missing
    assert not desk.ready, "an agent may not do this; a senior agent may"
