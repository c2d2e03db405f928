"""A caller's SIM is locked: the PUK in six keys, seen for a while, noted for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.deeds.codes import spaced
from app.desk_state import DeskState
from backend.access.caller import Caller
from backend.inventory import rules as inventory
from backend.resource_inventory import rules as resources
from backend.rest.resource import Context
from tests.support.backend import RunningBackend
from tests.support.household import Person
from tests.ui.deeds.conftest import Account
from tests.ui.desk import SOON
from tests.ui.wizard.hands import CONTROL, Hands
from ui.account.account_page import AccountPage
from ui.account.puk_sheet import PukSheet
from ui.account.subscriptions_tab import PUK
from ui.main_window import MainWindow
from ui.page import OpenAccount, Surroundings
from ui.pages import MAKERS
from ui.search.results import ResultList
from ui.widgets.fact_rows import FactRows
from ui.widgets.note import Note

KEEPER = Caller("keeper", "Keeper", frozenset(), frozenset({resources.REVEAL}), None)
MOST_KEYS = 6  # DAY, row 7
ENTER, ESC, R = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_R


@pytest.fixture
def puk(edda: Person, operator: RunningBackend) -> str:
    """Edda's line has a SIM; its PUK as it is read out."""
    line = edda.products["M03"]
    with operator.database.begin() as connection:
        context = Context(connection, KEEPER, datetime.now(UTC), "test")
        iccid = resources.reserve_sim(context, "plastic", "order").iccid
        resources.assign_sim(context, iccid, line, customer_id=edda.id)
        inventory.realize(context, line, {"id": iccid, "name": "SIM", "value": iccid})
        return spaced(resources.reveal(context, iccid, "for the test").puk1)


def sheet_of(page: AccountPage) -> PukSheet:
    assert page.deeds.puk is not None
    return page.deeds.puk


def words(sheet: PukSheet) -> set[str]:
    return {label.text() for label in sheet.findChildren(QLabel)}


def revealed(sheet: PukSheet, qtbot: QtBot) -> set[str]:
    """What stands there once the server has answered."""
    qtbot.waitUntil(sheet.secret.is_revealed, timeout=SOON)
    return words(sheet)


def looks(operator: RunningBackend, edda: Person) -> list[tuple[str, str]]:
    """Who looked, and why, as the audit trail has it."""
    query = sa.text(
        "SELECT u.user_name, a.reason FROM audit a JOIN app_user u ON u.id = a.actor "
        "WHERE a.action = 'sim.reveal' AND a.customer_id = :customer ORDER BY a.seq"
    )
    with operator.database.read() as connection:
        return [tuple(row) for row in connection.execute(query, {"customer": edda.id})]


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, surroundings: Surroundings) -> Iterator[MainWindow]:
    made = MainWindow(surroundings, MAKERS, qapp, DeskState(), "Jackfield")
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    surroundings.background.wait()


def test_the_puk_is_there_in_six_keys_and_gone_with_one(
    window: MainWindow, edda: Person, puk: str, operator: RunningBackend, qtbot: QtBot
) -> None:
    window.open(OpenAccount(edda.id, edda.name))
    page = window.pages.current()
    assert isinstance(page, AccountPage)
    qtbot.waitUntil(lambda: (view := page.view()) is not None and view.fresh, timeout=SOON)
    hands = Hands(window)
    hands.press(Qt.Key.Key_K, CONTROL)
    for key in (Qt.Key.Key_P, Qt.Key.Key_U, Qt.Key.Key_K):
        hands.press(key)
    found = window.findChildren(ResultList)
    qtbot.waitUntil(lambda: any(each.current_id() == "do:codes" for each in found), timeout=SOON)
    hands.press(ENTER)
    sheet = sheet_of(page)
    assert sheet.isVisible()
    assert puk not in words(sheet)
    assert looks(operator, edda) == []
    hands.press(R)
    assert puk in revealed(sheet, qtbot)
    assert hands.keys <= MOST_KEYS, f"{hands.keys} keys"
    assert looks(operator, edda) == [("agent", "SIM is locked")]
    hands.press(Qt.Key.Key_C, CONTROL)
    assert puk not in QGuiApplication.clipboard().text()
    hands.press(ESC)
    assert puk not in words(sheet)
    assert sheet.isVisible()
    hands.press(ESC)
    assert not sheet.isVisible()


def test_it_is_found_at_the_product_and_hides_with_its_sheet(
    account: Account, edda: Person, puk: str, qtbot: QtBot
) -> None:
    page = account(edda)
    tab = page.body.current()
    assert tab is not None
    tab.choose(edda.products["M03"])
    qtbot.waitUntil(lambda: tab.product() == edda.products["M03"], timeout=SOON)
    facts = next(each for each in tab.findChildren(FactRows) if each.isVisible())
    assert facts.fact("sim").value.startswith("8999")
    facts.opened.emit(PUK)
    sheet = sheet_of(page)
    Hands(page.window()).press(R)
    assert puk in revealed(sheet, qtbot)
    sheet.close_up()
    assert puk not in words(sheet)


def test_what_the_server_refuses_is_said_and_nothing_is_shown(
    account: Account, edda: Person, puk: str, operator: RunningBackend, qtbot: QtBot
) -> None:
    del puk
    page = account(edda)
    page.deeds.begin("codes")
    sheet = sheet_of(page)
    operator.fails_with(503)
    Hands(page.window()).press(R)
    note = next(iter(sheet.findChildren(Note)))
    qtbot.waitUntil(lambda: bool(note.text()), timeout=SOON)
    assert not sheet.secret.is_revealed()
