"""The draft in words: at the side, in the step list, and read out."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from app.wizard import edits
from app.wizard.choices import Totals
from app.wizard.draft import Message
from app.wizard.report import check_draft
from app.wizard.steps import Step
from app.wizard.summary import basket, missing_in_words, sentence_to_read
from tests.app.wizard.stories import NOW, SIM_NEEDED, choices, hold, jorun


def test_the_sentence_names_products_prices_and_terms() -> None:
    draft = edits.pick("M03", 2)(jorun())
    assert sentence_to_read(draft, choices(lines=2)) == (
        "You take 2 × Skarv 100 for £38.00 a month and £40.00 once. "
        "Skarv 100 runs 24 months. You can cancel within 14 days. Do you agree?"
    )


def test_business_prices_say_that_vat_is_added() -> None:
    answer = replace(choices(), totals=Totals(monthly=Decimal(19), vat="added"))
    assert "VAT is added to these prices." in sentence_to_read(
        edits.pick("M03", 1)(jorun()), answer
    )


def test_only_an_account_has_an_empty_basket() -> None:
    draft = edits.set_only_account(only=True)(edits.pick("M03", 1)(jorun()))
    assert basket(draft, choices()) == ()
    assert basket(edits.pick("M03", 1)(draft), choices()) != ()
    assert basket(draft, None) == ()


def test_the_step_list_says_what_is_missing_or_what_stands() -> None:
    draft = edits.hold_number("M03#1", hold())(edits.pick("M03", 1)(jorun()))
    draft = edits.set_messages((Message(to="customer"), Message(to="x", chosen=False)))(draft)
    needy, whole = choices(SIM_NEEDED), choices()

    def words(step: Step, *, answer: object = whole) -> str:
        known = needy if answer is needy else whole
        return missing_in_words(step, draft, known, check_draft(draft, known, now=NOW))

    assert words(Step.CUSTOMER) == "Jorun Netherfold"
    assert words(Step.SERVICE) == "1 item, £19.00"
    assert words(Step.SERVICE, answer=needy).startswith("Each mobile line")
    assert words(Step.NUMBERS) == "1 chosen"
    assert words(Step.SETTINGS) == "nothing missing"
    assert words(Step.CREATION) == "The customer has not agreed to the terms yet"
    assert words(Step.NOTIFICATIONS) == "1 e-mail ready"
    account = edits.set_only_account(only=True)(draft)
    report = check_draft(account, None, now=NOW)
    assert missing_in_words(Step.SERVICE, account, None, report) == "only an account"


def test_several_things_are_counted() -> None:
    draft = jorun(email="", pin="")
    report = check_draft(draft, None, now=NOW)
    assert missing_in_words(Step.CUSTOMER, draft, None, report) == "2 things missing"
