"""Why not, and what opens it: asked when it is looked at, done with one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.wizard import edits
from app.wizard.choices import Question
from app.wizard.draft import Draft
from app.wizard.openers import Opener
from app.wizard.steps import Step
from backend_client.choices import OfferCount
from backend_client.openers import FactToChange, OpeningChange
from tests.ui.desk import SOON
from tests.ui.wizard.conftest import Begin, view_of, window_of
from tests.ui.wizard.hands import CONTROL, Hands
from ui.widgets.offer_delegate import Refused
from ui.wizard.draft_page import DraftPage
from ui.wizard.service_page import ServicePage

RECORDER = OfferCount(id="M13", name="Nordic + EU roaming pass")


def service_page(page: DraftPage) -> ServicePage:
    view = view_of(page)
    view.go(Step.SERVICE)
    shown = view.pages[Step.SERVICE]
    assert isinstance(shown, ServicePage)
    return shown


def opens_with(page: DraftPage, monkeypatch: pytest.MonkeyPatch, opener: OpeningChange) -> None:
    """The server says this of every offer that it does not offer."""

    def answer(_question: Question, offer: str) -> Opener:
        return Opener(offer=offer, name="Glimt 2500 (XGS-PON)", opener=opener)

    monkeypatch.setattr(view_of(page).desk.service, "opener", answer)


def current(shown: ServicePage) -> Refused:
    records = {each.id: each for each in shown.offers.records.records()}
    record = records[shown.offers.current_id()]
    assert isinstance(record, Refused)
    return record


def test_w_goes_to_what_is_not_offered_and_enter_opens_it(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    shown = service_page(page)
    opens_with(page, monkeypatch, OpeningChange(text="It needs a pass.", brings=(RECORDER,)))
    hands, draft = Hands(window_of(page)), view_of(page).desk
    hands.press(Qt.Key.Key_W)
    code = current(shown).id
    qtbot.waitUntil(lambda: current(shown).action == "Add Nordic + EU roaming pass", timeout=SOON)
    hands.press(Qt.Key.Key_Return)
    assert dict(draft.draft.picks) == {"M13": 1, code: 1}
    message = page.messages.shown()
    assert message is not None
    assert message.spoken() == "Glimt 2500 is chosen. Nordic + EU roaming pass added."
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert dict(draft.draft.picks) == {}


def test_enter_before_the_answer_does_it_when_the_answer_is_there(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    shown = service_page(page)
    fact = FactToChange(fact="identity", value=1, text="Check it.", key="identity")
    opens_with(page, monkeypatch, OpeningChange(text="Check it.", changes=(fact,)))
    Hands(window_of(page)).press(Qt.Key.Key_W)
    shown.openers.act(current(shown).id)
    view = view_of(page)
    qtbot.waitUntil(lambda: view.desk.draft.step is Step.CUSTOMER, timeout=SOON)
    assert view.desk.draft.field == "identity"


def test_what_nothing_opens_says_so_and_a_click_does_nothing(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    shown = service_page(page)

    def never(_question: Question, offer: str) -> Opener:
        return Opener(offer=offer, name="Glimt 2500")

    monkeypatch.setattr(view_of(page).desk.service, "opener", never)
    Hands(window_of(page)).press(Qt.Key.Key_W)
    qtbot.waitUntil(lambda: current(shown).note == "cannot be changed", timeout=SOON)
    shown.openers.act(current(shown).id)
    assert dict(view_of(page).desk.draft.picks) == {}


def test_interest_is_noted_once_and_said(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    desk = view_of(page).desk
    (address, *_) = desk.service.addresses("QX4 7TR 14")
    shown = service_page(page)
    fact = FactToChange(fact="xgspon", value=1, text="Not yet.", key="registerInterest")
    opens_with(page, monkeypatch, OpeningChange(text="Register it.", changes=(fact,)))
    noted: list[tuple[str | None, str]] = []

    def note(draft: Draft, offer: str) -> None:
        noted.append((draft.address_id, offer))

    monkeypatch.setattr(desk.service, "register_interest", note)
    desk.edit(edits.set_address(address.id, address.label))
    qtbot.waitUntil(lambda: desk.wizard.is_answered, timeout=SOON)
    hands = Hands(window_of(page))
    hands.press(Qt.Key.Key_W)
    qtbot.waitUntil(lambda: current(shown).action == "Register interest", timeout=SOON)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.messages.shown() is not None, timeout=SOON)
    assert noted == [(address.id, current(shown).id)]
    message = page.messages.shown()
    assert message is not None
    assert message.lead == "Interest in Glimt 2500 (XGS-PON) is noted."


def test_the_real_server_says_what_opens_and_takes_interest(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    desk = view_of(page).desk
    (slow, *_) = desk.service.addresses("QX4 5EA")  # no fibre there
    shown = service_page(page)
    desk.edit(edits.set_address(slow.id, slow.label), edits.set_field("familyName", "Netherfold"))
    qtbot.waitUntil(lambda: desk.wizard.is_answered, timeout=SOON)
    shown.openers.want(["F02"])
    qtbot.waitUntil(lambda: shown.openers.opening("F02") is not None, timeout=SOON)
    opening = shown.openers.opening("F02")
    assert opening is not None
    assert (opening.way, opening.action) == ("interest", "Register interest")
    shown.openers.act("F02")
    qtbot.waitUntil(lambda: page.messages.shown() is not None, timeout=SOON)
    message = page.messages.shown()
    assert message is not None
    assert message.kind == "done", message.spoken()
