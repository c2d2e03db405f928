"""Who may edit or approve products finds the way there; others see none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk_state import DeskState
from app.products import offers
from app.start import Desk
from app.workplace import Workplace
from tests.support.qt import press_in_window
from tests.ui.desk import SOON
from ui.background import Background
from ui.home.drafts_panel import DraftsPanel
from ui.main_window import PRODUCTS, MainWindow
from ui.open_pages import from_kept, to_kept
from ui.page import GoHome, OpenProducts, Surroundings
from ui.pages import MAKERS
from ui.products.product_page import ProductPage
from ui.theme.theme import Theme

pytestmark = pytest.mark.journey
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def workplace(new_desk: Desk) -> Iterator[Workplace]:
    """Cosmo, the demo's product manager."""
    opened = new_desk.sign_in("product", "product")
    yield opened
    opened.close()


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, theme: Theme, background: Background, workplace: Workplace
) -> Iterator[MainWindow]:
    surroundings = Surroundings(theme, background, workplace)
    made = MainWindow(surroundings, MAKERS, qapp, DeskState(), "Jackfield")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    background.wait()


def test_by_key_by_rail_by_the_own_menu_and_from_home(window: MainWindow, qtbot: QtBot) -> None:
    press_in_window(window, Qt.Key.Key_P, CONTROL | SHIFT)
    page = window.pages.current()
    assert isinstance(page, ProductPage)
    assert window.tabs.ids() == ["home", "products"]
    qtbot.waitUntil(lambda: page.session.working is not None, timeout=SOON)
    with qtbot.waitSignal(page.session.saved, timeout=SOON):
        page.session.edit(offers.set_monthly("F03", Decimal(45)), "Monthly price of F03")
    window.open(GoHome())
    home = window.pages.current()
    panel = home.findChild(DraftsPanel) if home is not None else None
    assert panel is not None
    rows = panel.list.records
    qtbot.waitUntil(lambda: rows.rowCount() == 1, timeout=SOON)
    assert "Products: 1 changed" in rows.records()[0].spoken()
    panel.list.opened.emit(rows.records()[0].id)
    assert window.pages.current() is page
    window.open(GoHome())
    window.rail.chosen.emit(PRODUCTS)
    assert window.pages.current() is page
    window.open(GoHome())
    window.menu.products_wanted.emit()
    assert window.pages.current() is page


def test_its_tab_is_there_again_tomorrow() -> None:
    kept = to_kept(OpenProducts("rules"), "Products")
    assert kept is not None
    assert from_kept(kept) == OpenProducts("rules")


def test_an_agent_sees_no_way_there(
    qapp: QApplication, qtbot: QtBot, theme: Theme, background: Background, new_desk: Desk
) -> None:
    place = new_desk.sign_in("agent", "agent")
    surroundings = Surroundings(theme, background, place)
    window = MainWindow(surroundings, MAKERS, qapp, DeskState(), "Jackfield")
    qtbot.addWidget(window)
    window.show()
    press_in_window(window, Qt.Key.Key_P, CONTROL | SHIFT)
    assert window.tabs.ids() == ["home"]
    assert PRODUCTS not in [item.place().id for item in window.rail.items()]
    window.close()
    background.wait()
    place.close()
