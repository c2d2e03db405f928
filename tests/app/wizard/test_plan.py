"""What is said right after the press, before the server has told anything."""

from __future__ import annotations

from msgspec.structs import replace

from app.wizard import edits
from app.wizard.aftermath import MOST_STEPS, before_events
from app.wizard.draft import Draft
from app.wizard.plan import Plan, plan_of
from app.wizard.service import Outcome
from tests.app.wizard.stories import choices, hold, jorun

SENT = Outcome("sent", customer_id="KF-0104417-0", order_id="o", order_number="KO-0093342-7")


def ordered(**picks: int) -> Draft:
    draft = jorun()
    for code, count in picks.items():
        draft = edits.pick(code, count)(draft)
    return draft


def test_a_mobile_line_is_made_in_open_steps_after_what_is_done_already() -> None:
    draft = edits.hold_number("M03#1", hold())(ordered(M03=1, M11=1))
    plan = plan_of(draft, choices())
    shown = before_events(SENT, draft, plan)
    marks = [step.mark for step in shown.steps]
    assert marks == ["done"] * 2 + ["open"] * len(plan.steps)
    assert len(marks) <= MOST_STEPS
    assert shown.steps[0].text == "Customer KF-0104417-0 and account"
    assert shown.steps[1].text == "Numbers 07700 900477"
    assert "eSIM released" in {step.text for step in shown.steps}


def test_the_letters_that_will_go_are_named_with_their_way() -> None:
    told = before_events(SENT, jorun(), plan_of(ordered(M03=1, M11=1), choices())).told
    assert [(each.id, each.state) for each in told] == [
        ("LT02", "e-mail to Jorun"),
        ("LT01", "e-mail to Jorun"),
        ("LT04", "text"),
        ("LT03", "e-mail to Jorun"),
    ]
    assert told[0].title == "LT02 Contract summary"


def test_a_server_that_foretells_nothing_is_not_guessed_at() -> None:
    assert plan_of(ordered(M03=1), replace(choices(), plan=None)) == Plan()


def test_an_account_alone_and_unknown_choices_plan_nothing() -> None:
    assert plan_of(edits.set_only_account(only=True)(ordered(M03=1)), choices()) == Plan()
    assert plan_of(ordered(M03=1), None) == Plan()
