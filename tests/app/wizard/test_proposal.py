"""The best saving: said with what it needs, taken by one change."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from app.wizard import edits
from app.wizard.choices import MissingChoice
from app.wizard.proposal import is_near, proposal_edit, proposal_words, taken_words
from backend_client.choices import Proposal
from tests.app.wizard.stories import choices, jorun

TRIO = Proposal(
    offer="X02", name="Trio saving (fibre + TV + mobile)", saves=Decimal(10), gains=Decimal(10)
)
BOX = MissingChoice(rule="R72", text="TV needs exactly one main box.", serves=("S01", "S02"))
ROUTER = MissingChoice(rule="R30", text="A router is needed.", count=1, serves=("F20",))


def test_it_says_what_is_saved_and_what_it_needs() -> None:
    lead, text = proposal_words(replace(TRIO, opens_with=(BOX,)), choices())
    assert lead == "Trio saving saves £10.00 a month."
    assert text == "TV needs exactly one main box."


def test_it_says_what_it_takes_the_place_of_and_that_vat_comes_on_top() -> None:
    instead = replace(TRIO, gains=Decimal(5), instead=("M13",), vat="added")
    lead, text = proposal_words(instead, choices())
    assert lead == "Trio saving saves £10.00 a month, before VAT."
    assert text == "That is £5.00 more than Nordic + EU roaming pass."


def test_taking_it_brings_what_only_one_offer_can_bring() -> None:
    wanted = replace(TRIO, instead=("X01",), opens_with=(BOX, ROUTER))
    draft = edits.pick("X01", 1)(edits.pick("F02", 1)(jorun()))
    assert dict(proposal_edit(wanted)(draft).picks) == {"F02": 1, "F20": 1, "X02": 1}


def test_it_is_worth_a_word_when_one_thing_more_brings_it() -> None:
    assert is_near(TRIO)
    assert is_near(replace(TRIO, opens_with=(BOX,)))
    assert not is_near(replace(TRIO, opens_with=(BOX, ROUTER)))


def test_what_was_taken_is_said_in_pounds() -> None:
    assert taken_words(TRIO) == ("Trio saving is chosen.", "£10.00 less each month.")


def test_the_saving_is_not_named_twice() -> None:
    needs = MissingChoice(rule="R87", text="Trio saving: Glimt is needed.", serves=("F02",))
    _, text = proposal_words(replace(TRIO, opens_with=(needs,)), choices())
    assert text == "Glimt is needed."
