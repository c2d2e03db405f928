"""The wizard knows no operator: with other codes, kinds and families it goes the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import json

from app.wizard import edits
from app.wizard.basket_view import basket_view
from app.wizard.billing_view import BY_PAPER, bill_by, paper_price, send_bill
from app.wizard.choices import Choices, document_of
from app.wizard.command import creation_of
from app.wizard.numbers_view import next_open, places
from app.wizard.offers_view import need_tabs, search
from app.wizard.porting import port_in
from app.wizard.setting import limits_of
from app.wizard.settings_view import form, units
from app.wizard.steps import Step
from app.wizard.summary import sentence_to_read
from app.wizard.wizard import Wizard
from backend.catalog import rules
from backend.catalog.bundles import read_bundles
from backend.catalog.in_step import bring_in_step
from backend.catalog.rules import definitions_of
from backend.rest.resource import Context
from tests.app.wizard.stories import NOW, agreed, jorun
from tests.backend.creation.conftest import Desk
from tests.support.another_operator import tables
from tests.support.backend import running_backend
from tests.support.database import DatabaseServer
from tests.support.operator import OPERATOR

Going = Callable[..., Wizard]


@pytest.fixture(scope="module")
def other(database_server: DatabaseServer, operator_template: str) -> Iterator[Desk]:
    """A desk at the other operator's server."""
    with running_backend(database_server.clone(operator_template), worker=False) as running:
        found, specifications, prices = tables()
        with running.database.begin() as connection:
            context = Context(connection, OPERATOR, datetime.now(UTC), "another operator")
            number = rules.publish(context, found, specifications, prices)
            definitions = definitions_of(number, found, specifications, prices)
            bundles = read_bundles(definitions.catalogue, specifications)
            bring_in_step(context, definitions, bundles)
        yield Desk(running)
    database_server.drop(str(running.database.engine.url.database))


@pytest.fixture
def going(other: Desk) -> Going:
    """A wizard in which these edits were made, each answered by the server."""

    def gone(*changes: edits.Edit) -> Wizard:
        place = other.get("/desk-api/v1/address?q=QX4 7TR 14")["addresses"][0]
        draft = edits.set_address(place["id"], place.get("label", ""))(jorun())
        wizard = Wizard(draft, journal=lambda _draft: None, clock=lambda: NOW)
        _answer(other, wizard)
        for change in changes:
            wizard.apply(change)
            _answer(other, wizard)
        return wizard

    return gone


def _answer(desk: Desk, wizard: Wizard) -> None:
    body: Any = document_of(wizard.question)
    answer = desk.backend.call("POST", "/desk-api/v1/choices", json=body)
    assert answer.status_code == 200, answer.text
    wizard.take_choices(json.decode(answer.content, type=Choices), wizard.question)


def _choices(wizard: Wizard) -> Choices:
    assert wizard.choices is not None
    return wizard.choices


WHOLE = (edits.pick("TALK", 1), edits.pick("CHIP", 1), edits.pick("PASS", 1))


def test_its_needs_and_words_find_its_offers(going: Going) -> None:
    choices = _choices(going())
    assert [(tab.id, tab.title, tab.count) for tab in need_tabs(choices)] == [
        ("chat", "Talking", 2)
    ]
    assert search(choices, "handy") == {"TALK", "CHIP"}


def test_what_is_read_out_and_what_is_main_comes_from_roles(going: Going) -> None:
    wizard = going(*WHOLE, edits.pick("NET", 1), edits.pick("BOX", 1))
    said = sentence_to_read(wizard.draft, _choices(wizard))
    assert "You take Roam & Talk and Street net 200 for" in said
    rows = basket_view(wizard.draft, wizard.choices).rows
    assert {row.name: row.kind for row in rows} == {
        "Roam & Talk": "main", "Weekend pass": "part", "Street net 200": "main", "Modem": "part",
    }  # fmt: skip


def test_its_paper_bill_is_found_and_priced(going: Going) -> None:
    wizard = going(*WHOLE)
    assert str(paper_price(wizard.choices)) == "0.90"
    wizard = going(*WHOLE, *send_bill(wizard.choices, BY_PAPER))
    assert (wizard.draft.picks["POST"], bill_by(wizard.draft, wizard.choices)) == (1, BY_PAPER)


def test_a_line_whose_old_number_comes_along_needs_no_other(going: Going) -> None:
    wizard = going(*WHOLE)
    line = next_open(wizard.draft, wizard.choices)
    assert line is not None
    assert line.key == "TALK#1"
    wizard = going(*WHOLE, edits.pick("KEEP", 1))
    offer = port_in(wizard.choices)
    assert offer is not None
    assert offer.id == "KEEP"
    assert next_open(wizard.draft, wizard.choices) is None
    (place,) = places(wizard.draft, wizard.choices, now=NOW)
    assert place.state == "comes"
    assert not wizard.report.of(Step.NUMBERS)
    assert [each.field for each in wizard.report.of(Step.SETTINGS)] == ["KEEP#1:portedNumber"]


def test_days_of_a_form_have_their_limits(going: Going) -> None:
    wizard = going(*WHOLE, edits.pick("KEEP", 1))
    choices = _choices(wizard)
    assert [unit.key for unit in units(wizard.draft, choices)] == ["KEEP#1"]
    day = next(each for each in form("KEEP#1", wizard.draft, choices) if each.name == "portDay")
    assert limits_of(day) == "1 to 20 days from today"


def test_its_order_is_accepted_as_the_wizard_sends_it(other: Desk, going: Going) -> None:
    number = edits.set_setting("KEEP#1", "portedNumber", "07911 123456")
    wizard = going(*WHOLE, edits.pick("KEEP", 1), number)
    wizard.apply(agreed)
    assert wizard.blockers == ()
    made = other.made(creation_of(wizard.draft, _choices(wizard)))
    order = other.get(f"/tmf-api/productOrderingManagement/v4/productOrder/{made['orderId']}")
    items = {each["productOffering"]["id"]: each for each in order["productOrderItem"]}
    assert set(items) == {"TALK", "CHIP", "PASS", "KEEP"}
    for code in ("CHIP", "PASS", "KEEP"):
        (relation,) = items[code]["productOrderItemRelationship"]
        assert relation["id"] == items["TALK"]["id"]
    assert items["TALK"]["product"]["realizingResource"][0]["value"]
