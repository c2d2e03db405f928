"""Home over the real backend: search, drafts, the own day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.changes import Kind
from app.store.drafts import Draft
from app.wizard.draft import Standing, new_draft, to_json
from tests.app.store.people import EDDA, EVERYBODY
from tests.support.backend import RunningBackend
from tests.support.qt import Show, press
from tests.ui.desk import SOON
from ui.home.home_page import HomePage
from ui.page import GoHome, NewDraft, OpenAccount, OpenDraft, Surroundings
from ui.widgets.label import Label

pytestmark = pytest.mark.journey


@pytest.fixture
def home(surroundings: Surroundings, show: Show) -> Iterator[HomePage]:
    """The page in a window of its own; this machine knows nine customers."""
    workplace = surroundings.workplace
    workplace.store.customers.put_many(EVERYBODY, workplace.clock())
    page = HomePage(surroundings, may_create=True)
    show(page, width=1200, height=800)
    page.focus_first()
    yield page
    surroundings.background.wait()


def found(home: HomePage) -> list[str]:
    return [getattr(row, "name", "") for row in home._results.list.records.records()]


def test_typing_finds_and_enter_opens(home: HomePage, qtbot: QtBot) -> None:
    press(home._field, "edda")
    qtbot.waitUntil(lambda: EDDA.name in found(home), timeout=SOON)
    with qtbot.waitSignal(home.wanted, timeout=SOON) as wanted:
        press(home._field, Qt.Key.Key_Return)
    assert wanted.args == [OpenAccount(EDDA.id, name=EDDA.name)]


def test_arrows_choose_while_the_focus_stays_in_the_field(home: HomePage, qtbot: QtBot) -> None:
    press(home._field, "marr")
    qtbot.waitUntil(lambda: len(found(home)) > 2, timeout=SOON)
    rows = home._results.list
    first = rows.current_id()
    press(home._field, Qt.Key.Key_Down)
    assert rows.current_id() != first
    assert home._field.hasFocus()
    press(home._field, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert rows.current_id() == first
    with qtbot.waitSignal(home.wanted, timeout=SOON) as wanted:
        press(home._field, Qt.Key.Key_Return, held=Qt.KeyboardModifier.ShiftModifier)
    assert wanted.args is not None
    assert wanted.args[0].beside


def test_the_server_is_said_to_have_answered(home: HomePage, qtbot: QtBot) -> None:
    press(home._field, "marr")
    words = "Server has answered, nothing more found"
    qtbot.waitUntil(lambda: home._results._state.text() == words, timeout=SOON)
    assert home._field._kind == "Name"


def test_without_a_line_this_machine_answers_alone(
    home: HomePage, qtbot: QtBot, operator: RunningBackend
) -> None:
    operator.offline()
    press(home._field, "marr")
    qtbot.waitUntil(lambda: EDDA.name in found(home), timeout=SOON)
    qtbot.waitUntil(lambda: "no connection" in home._results._state.text()
                    or "did not answer" in home._results._state.text(), timeout=SOON)  # fmt: skip


def test_nobody_found_offers_a_new_customer(home: HomePage, qtbot: QtBot) -> None:
    press(home._field, "Zzyx")
    words = 'Nobody found for "Zzyx". Ctrl+N makes a new customer with this name.'
    qtbot.waitUntil(lambda: home._results._nobody.text() == words, timeout=SOON)
    assert home.new_customer() == NewDraft(name="Zzyx")


def test_escape_empties_the_field_and_the_results_go(home: HomePage, qtbot: QtBot) -> None:
    press(home._field, "marr")
    qtbot.waitUntil(home._results.isVisible, timeout=SOON)
    press(home._field, Qt.Key.Key_Escape)
    assert home.search_text() == ""
    qtbot.waitUntil(lambda: not home._results.isVisible(), timeout=SOON)


def test_drafts_are_there_when_there_are_any_and_open(
    home: HomePage, surroundings: Surroundings, qtbot: QtBot
) -> None:
    assert not home._drafts.list.isVisible()
    assert "No drafts" in [label.text() for label in home._drafts.findChildren(Label)]
    workplace = surroundings.workplace
    draft = new_draft(workplace.user.id, now=workplace.clock())
    workplace.store.drafts.save(
        Draft(
            id=draft.id,
            owner=workplace.user.id,
            kind="wizard",
            title="Jorun Netherfold",
            payload=to_json(draft),
        )
    )
    workplace.changes.announce(Kind.DRAFT, draft.id)
    qtbot.waitUntil(home._drafts.list.isVisible, timeout=SOON)
    home._drafts.list.choose(draft.id)
    with qtbot.waitSignal(home.wanted, timeout=SOON) as wanted:
        press(home._drafts.list, Qt.Key.Key_Return)
    assert wanted.args == [OpenDraft(draft.id, title="Jorun Netherfold")]


def test_a_draft_that_was_written_meanwhile_is_there_when_home_is_seen_again(
    home: HomePage, surroundings: Surroundings, qtbot: QtBot
) -> None:
    home.hide()
    user, now = surroundings.workplace.user.id, surroundings.workplace.clock()
    content = replace(
        new_draft(user, now=now), standing=Standing(missing=2, price="£19.00", about=("Skarv 100",))
    )
    surroundings.workplace.store.drafts.save(
        Draft(id="d2", owner=user, kind="new", title="Jorun Netherfold", payload=to_json(content))
    )
    home.show()
    rows = home._drafts.list.records
    qtbot.waitUntil(lambda: bool(rows.records()), timeout=SOON)
    (row,) = rows.records()
    expected = "Jorun Netherfold, New · Skarv 100, 2 things missing, £19.00"
    assert row.spoken().startswith(expected)
    assert not home._drafts.grab().isNull()  # painted without a warning


def test_what_was_asked_for_stands_in_the_field(home: HomePage) -> None:
    home.go(GoHome(search="07700 900471"))
    assert home.search_text() == "07700 900471"
    home.go(GoHome())
    assert home.search_text() == "07700 900471"
