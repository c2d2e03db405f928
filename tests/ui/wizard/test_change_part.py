"""The list of what a customer has, under the hands: ending, moving, a cheaper package, Esc."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import cast

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.drafts import Journal
from app.wizard.choices import BasketItem, Choices, Question
from app.wizard.draft import Draft
from app.wizard.sellers import Reseller
from app.wizard.service import Answered, WizardService
from app.wizard.steps import Step
from backend_client import Rejected
from backend_client.choices import Characteristic, HiddenOffer, Repackage, Target
from backend_client.desk_records import Terms
from backend_client.openers import Mover, Opener
from tests.app.wizard.stories import EDDAS_LINE, NOW, ROAMING, edda, eddas_choices
from tests.support.qt import Show
from tests.ui.desk import SOON
from ui.background import Background
from ui.theme.theme import Theme
from ui.widgets.message_bar import Message
from ui.wizard.change_page import HAS_NOW, ChangePage
from ui.wizard.change_rows import Held
from ui.wizard.wizard_desk import WizardDesk

DELETE, ENTER, SPACE, DOWN = Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down
CHEAPER = Repackage(
    moves={"line-1": "M02"},
    ends=("kids-1",),
    picks={"M13": 1},
    monthly_before=Decimal(49),
    monthly_after=Decimal(40),
    saves=Decimal(9),
    kept=("Lanternview Plus",),
    proved=True,
)
UNLIMITED = Target(
    id="M04", name="Skarv Unlimited (5G)", monthly=Decimal(27), difference=Decimal(8)
)


class Server:
    """What the desk hears of the server: always the same of Edda, with what she picked."""

    def __init__(self) -> None:
        self.changes = self
        self.cheaper: Repackage | None = CHEAPER
        self.gone = ""

    def choices(self, question: Question) -> Answered:
        if self.gone in question.ends:
            sentence = "The customer has no such product."
            raise Rejected(sentence, fields={f"ends.{question.ends.index(self.gone)}": sentence})
        basket = tuple(
            BasketItem(id=code, name=code, quantity=n) for code, n in question.picks.items()
        )
        return Answered(replace(_all_of_edda(), basket=basket), question)

    def targets(self, _question: Question, _product: str) -> tuple[Target, ...]:
        return (UNLIMITED, replace(UNLIMITED, id="T03", name="Lanternview Max (110 channels)"))

    def repackage(self, _question: Question) -> Repackage | None:
        return self.cheaper

    def opener(self, _question: Question, offer: str) -> Opener:
        mover = Mover(product_id="tv-1", name="Lanternview Plus (72 channels)")
        return Opener(offer=offer, name="Lanternview Max", movers=(mover,))

    def first_sellers(self) -> tuple[Reseller, ...]:
        return (Reseller(id="R0", name="Kestrelfjord direct"),)

    def sellers(self) -> tuple[Reseller, ...]:
        return ()

    def terms(self) -> Terms:
        return Terms()


class Paper:
    """A journal that keeps nothing."""

    saved_at = None
    unwritten = False

    def note(self, _draft: Draft) -> None: ...

    def write(self) -> bool:
        return False


def _all_of_edda() -> Choices:
    name = Characteristic(name="userName", label="Who uses it", type="string")
    line = replace(EDDAS_LINE, characteristics=(name,))
    choices = eddas_choices()
    maximum = HiddenOffer(id="T03", name="Lanternview Max (110 channels)", family="IPTV")
    return replace(
        choices, offers=(ROAMING,), hidden=(maximum,), installed=(line, *choices.installed[1:])
    )


@pytest.fixture
def server() -> Server:
    return Server()


Open = Callable[..., ChangePage]


@pytest.fixture
def opened(theme: Theme, background: Background, server: Server, show: Show, qtbot: QtBot) -> Open:
    """The service step of a draft, with the first answer there."""

    def made(draft: Draft | None = None) -> ChangePage:
        journal, service = cast("Journal", Paper()), cast("WizardService", server)
        desk = WizardDesk(draft or edda(), journal, service, background, lambda: NOW)
        page = ChangePage(theme, desk)
        desk.setParent(page)
        desk.changed.connect(page.refresh)
        show(page, width=1100, height=700)
        page.refresh()
        desk.start()
        qtbot.waitUntil(lambda: desk.wizard.choices is not None, timeout=SOON)
        page.focus_first()
        return page

    return made


def press(page: ChangePage, row: str, *keys: Qt.Key) -> None:
    page.base.list.choose(row)
    for key in keys:
        QTest.keyClick(page.base.list, key)


def ends(page: ChangePage) -> list[str]:
    return list(page.desk.draft.ends)


def test_it_begins_with_what_there_is_and_a_letter_searches(opened: Open) -> None:
    page = opened()
    assert page.at_base
    assert page.search.hasFocus()
    assert not page.offers.isVisible()
    QTest.keyClick(page.search, DOWN)
    assert page.base.list.hasFocus()
    QTest.keyClick(page.base.list, Qt.Key.Key_R)
    assert page.search.text() == "r"
    assert page.offers.isVisible()
    page.search.clear()
    assert page.at_base


def test_del_ends_and_space_keeps(opened: Open) -> None:
    page = opened()
    press(page, "kids-1", DELETE)
    assert ends(page) == ["kids-1"]
    row = next(r for r in page.base.list.records.records() if r.id == "kids-1")
    assert isinstance(row, Held)
    assert (row.view.becomes, row.actions()) == ("ends", ("keep",))
    press(page, "kids-1", SPACE)
    assert ends(page) == []


def test_what_others_hang_on_ends_with_them_at_the_second_press(opened: Open) -> None:
    page = opened()
    press(page, "tv-1", DELETE)
    assert ends(page) == []
    assert "ends Nutshell Kids too" in page.base.note.text()
    press(page, "tv-1", DELETE)
    assert ends(page) == ["tv-1", "kids-1"]
    assert page.base.note.text() == ""


def test_a_warning_goes_with_the_row_it_was_about(opened: Open) -> None:
    page = opened()
    press(page, "tv-1", DELETE)
    page.base.list.choose("line-1")
    assert page.base.note.text() == ""
    press(page, "tv-1", DELETE)
    assert ends(page) == []


def test_what_may_not_end_says_why(opened: Open) -> None:
    page = opened()
    press(page, "line-2", DELETE)
    assert ends(page) == []
    assert "The handset is paid with this line." in page.base.note.text()


def test_enter_shows_what_it_may_become_and_enter_takes_it(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    press(page, "line-1", ENTER)
    qtbot.waitUntil(lambda: page.base.change.shown == "targets", timeout=SOON)
    assert page.base.back.isVisible()
    press(page, "M04", ENTER)
    assert dict(page.desk.draft.moves) == {"line-1": "M04"}
    assert page.base.change.shown == "base"
    assert page.base.list.current_id() == "line-1"
    assert page.desk.wizard.undo()
    assert not page.desk.draft.moves


def test_esc_goes_back_without_a_change(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    press(page, "line-1", ENTER)
    qtbot.waitUntil(lambda: page.base.change.shown == "targets", timeout=SOON)
    QTest.keyClick(page.base.list, Qt.Key.Key_Escape)
    assert page.base.change.shown == "base"
    assert not page.desk.draft.changes_installed


def test_a_cheaper_package_is_shown_then_taken_and_taken_back(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    page.base.cheaper.click()
    qtbot.waitUntil(lambda: page.base.change.shown == "package", timeout=SOON)
    first = page.base.list.records.records()[0]
    assert first.spoken() == "£49.00 becomes £40.00 a month: saves £9.00"
    press(page, first.id, ENTER)
    draft = page.desk.draft
    assert (dict(draft.moves), draft.ends, dict(draft.picks)) == (
        {"line-1": "M02"},
        ("kids-1",),
        {"M13": 1},
    )
    assert page.desk.wizard.undo()
    assert not page.desk.draft.changes_installed


def test_where_nothing_is_cheaper_it_says_so(opened: Open, server: Server, qtbot: QtBot) -> None:
    server.cheaper = None
    page = opened()
    page.base.cheaper.click()
    qtbot.waitUntil(lambda: bool(page.base.news.text()), timeout=SOON)
    assert page.base.news.text() == "There is no cheaper package that keeps what is used."


def test_a_draft_begun_at_a_product_stands_there(opened: Open) -> None:
    page = opened()
    assert page.stand_at("p:tv-1")
    assert page.base.list.current_id() == "tv-1"
    assert page.base.list.hasFocus()
    assert not page.stand_at("p:gone")


def test_the_search_finds_what_there_is_and_leads_to_it(opened: Open) -> None:
    page = opened()
    page.search.setText("lantern")
    ids = [each.id for each in page.offers.records.records()]
    assert ids[:2] == [HAS_NOW, "p:tv-1"]
    QTest.keyClick(page.search, ENTER)
    assert page.base.list.current_id() == "tv-1"
    assert page.at_base


def test_what_is_not_offered_beside_it_is_what_it_may_become(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    page.search.setText("max")
    QTest.keyClick(page.search, ENTER)
    qtbot.waitUntil(lambda: page.base.change.shown == "targets", timeout=SOON)
    assert page.base.change.product == "tv-1"
    assert page.base.list.current_id() == "T03"
    press(page, "T03", ENTER)
    assert dict(page.desk.draft.moves) == {"tv-1": "T03"}


def test_f2_leads_to_the_settings_of_a_product(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    with qtbot.waitSignal(page.wanted_step, timeout=SOON) as wanted:
        press(page, "line-1", Qt.Key.Key_F2)
    assert wanted.args == [Step.SETTINGS, "p:line-1:userName"]
    press(page, "kids-1", Qt.Key.Key_F2)
    assert page.base.note.text() == "Nutshell Kids has no settings."


def test_what_the_server_refuses_is_left_out_and_said(
    opened: Open, server: Server, qtbot: QtBot
) -> None:
    server.gone = "kids-1"
    page = opened()
    said: list[Message] = []
    page.desk.said.connect(said.append)
    press(page, "kids-1", DELETE)
    qtbot.waitUntil(lambda: bool(said), timeout=SOON)
    assert said[0].text == "The customer has no such product."
    assert ends(page) == []
