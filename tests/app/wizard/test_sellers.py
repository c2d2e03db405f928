"""For whom an agent sells."""

from __future__ import annotations

from app.session import User
from app.wizard import edits
from app.wizard.choices import question_of
from app.wizard.command import creation_of
from app.wizard.report import check_draft
from app.wizard.sellers import OWN, Reseller, first_sellers, seller_of
from app.wizard.steps import Step
from tests.app.wizard.stories import NOW, choices, jorun

DIRECTLY = Reseller(id="R0", name="Kestrelfjord direct")
BRACKENHOLT = Reseller(id="R1", name="Brackenholt Mobile")


def user(role: str, team: str) -> User:
    return User("u", "u", "Kelda Mossbeck", team, frozenset({role}))


def test_the_operators_own_people_sell_directly_from_the_beginning() -> None:
    assert first_sellers(user("agent", "Front desk"), "Kestrelfjord Telecom") == (DIRECTLY,)


def test_a_partner_sells_for_himself_before_his_code_is_known() -> None:
    (seller,) = first_sellers(user("reseller", "Brackenholt Mobile"), "Kestrelfjord Telecom")
    assert (seller.id, seller.name) == (OWN, "Brackenholt Mobile")


def test_a_draft_goes_under_what_was_said_where_that_may_be_sold_for() -> None:
    assert seller_of("R1", (DIRECTLY, BRACKENHOLT)) == "R1"
    assert seller_of(OWN, (BRACKENHOLT,)) == "R1"
    assert seller_of("R0", (BRACKENHOLT,)) == "R1"
    assert seller_of("R0", ()) == "R0"


def test_an_unknown_partner_is_not_sent_so_that_the_server_takes_the_callers_own() -> None:
    draft = edits.set_field("reseller", OWN)(jorun())
    assert question_of(draft).reseller == ""
    assert check_draft(draft, choices(), now=NOW).of(Step.CUSTOMER) == ()
    assert creation_of(draft, choices())["customer"]["customer"]["relatedParty"] == []
