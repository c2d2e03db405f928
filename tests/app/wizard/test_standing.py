"""How far a draft has come, as lists say it."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from app.wizard import edits
from app.wizard.choices import Choices
from app.wizard.draft import Draft, draft_for, from_json, to_json
from app.wizard.wizard import Wizard
from backend_client.choices import Difference
from tests.app.wizard.stories import NOW, SIM_NEEDED, agreed, choices, hold, jorun


def written(draft: Draft, answer: Choices) -> Draft:
    """What the journal was given last, after this answer."""
    notes: list[Draft] = []
    wizard = Wizard(draft, journal=notes.append, clock=lambda: NOW)
    wizard.take_choices(answer, wizard.question)
    return notes[-1]


def test_a_whole_draft_is_ready_with_its_price_and_what_it_is_about() -> None:
    draft = agreed(edits.hold_number("M03#1", hold())(edits.pick("M03", 1)(jorun())))
    standing = written(draft, choices()).standing
    assert standing is not None
    assert (standing.missing, standing.price) == (0, "£19.00")
    assert standing.about == ("Skarv 100",)


def test_what_is_missing_is_counted() -> None:
    draft = edits.pick("M03", 1)(jorun())
    standing = written(draft, choices(SIM_NEEDED)).standing
    assert standing is not None
    assert standing.missing == 3  # SIM, number, agreement


def test_a_change_costs_so_much_more_or_less() -> None:
    draft = draft_for("maren", "KF-1", "Edda Marrowby", now=NOW)
    answer = replace(
        choices(),
        difference=Difference(monthly_before=Decimal(20), monthly_after=Decimal("14.00")),
    )
    standing = written(draft, answer).standing
    assert standing is not None
    assert standing.price == "−£6.00"


def test_an_account_alone_costs_nothing() -> None:
    draft = edits.set_only_account(only=True)(jorun())
    standing = written(draft, choices()).standing
    assert standing is not None
    assert (standing.price, standing.about) == ("", ())


def test_as_long_as_nothing_is_answered_the_draft_keeps_what_was_known() -> None:
    known = written(edits.pick("M03", 1)(jorun()), choices())
    again = from_json(to_json(known))
    notes: list[Draft] = []
    wizard = Wizard(again, journal=notes.append, clock=lambda: NOW)
    wizard.apply(edits.set_field("email", "jorun.n@example.com"))
    assert notes[-1].standing == known.standing


def test_the_same_answer_again_is_not_written_again() -> None:
    notes: list[Draft] = []
    wizard = Wizard(edits.pick("M03", 1)(jorun()), journal=notes.append, clock=lambda: NOW)
    wizard.take_choices(choices(), wizard.question)
    wizard.take_choices(choices(), wizard.question)
    assert len(notes) == 1
