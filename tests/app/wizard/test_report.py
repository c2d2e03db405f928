"""The validity report: what blocks, what warns, and where to go."""

from __future__ import annotations

from app.wizard import edits
from app.wizard.draft import draft_for
from app.wizard.report import check_draft
from app.wizard.steps import Step
from tests.app.wizard.stories import NOW, SIM_NEEDED, agreed, choices, hold, jorun


def test_a_whole_draft_blocks_nothing() -> None:
    draft = agreed(edits.hold_number("M03#1", hold())(edits.pick("M03", 1)(jorun())))
    report = check_draft(draft, choices(), now=NOW)
    assert report.blockers(draft) == ()
    assert [found.severity for found in report.findings] == ["right"] * 4


def test_a_missing_choice_names_the_rule_and_what_would_serve() -> None:
    draft = edits.pick("M03", 1)(jorun())
    report = check_draft(draft, choices(SIM_NEEDED), now=NOW)
    found = next(each for each in report.errors() if each.rules)
    assert found.rules == ("R59",)
    assert found.text == "Choose from: eSIM profile."
    assert found.step is Step.SERVICE


def test_lines_without_a_number_are_counted() -> None:
    draft = edits.pick("M03", 2)(jorun())
    report = check_draft(draft, choices(lines=2), now=NOW)
    assert "2 numbers are still to be chosen." in [each.title for each in report.errors()]


def test_a_hold_that_ended_blocks_and_says_how_to_go_on() -> None:
    draft = edits.hold_number("M03#1", hold(minutes=-1))(edits.pick("M03", 1)(jorun()))
    found = check_draft(draft, choices(), now=NOW).of(Step.NUMBERS)[0]
    assert (found.title, found.text) == (
        "The hold on 07700 900477 has ended.",
        "Hold it again (H).",
    )


def test_nothing_chosen_offers_the_two_ways_on() -> None:
    found = check_draft(jorun(), None, now=NOW).of(Step.SERVICE)[0]
    assert found.text == "Choose a service, or only create a customer account."


def test_only_an_account_needs_no_service_and_no_agreement() -> None:
    draft = edits.set_only_account(only=True)(jorun(identity=""))
    assert check_draft(draft, None, now=NOW).blockers(draft) == ()


def test_a_warning_is_passed_with_a_reason_only() -> None:
    draft = agreed(edits.hold_number("M03#1", hold())(edits.pick("M03", 1)(jorun(identity=""))))
    report = check_draft(draft, choices(), now=NOW)
    assert [each.code for each in report.blockers(draft)] == ["identity"]
    empty = edits.waive("identity", " ")(draft)
    assert report.blockers(empty)
    waived = edits.waive("identity", "Known to the shop")(draft)
    assert report.blockers(waived) == ()
    assert edits.waive("identity", None)(waived) == draft


def test_an_address_not_in_the_register_warns() -> None:
    draft = edits.set_field("address", "Somewhere 1")(jorun())
    unknown = edits.set_address("", "Somewhere 1")(draft)
    codes = [each.code for each in check_draft(unknown, None, now=NOW).warnings()]
    assert "address" in codes


def test_without_an_answer_of_the_server_the_order_can_still_be_taken() -> None:
    draft = agreed(edits.pick("M03", 1)(jorun()))
    report = check_draft(draft, None, now=NOW)
    assert report.errors() == ()
    assert [each.code for each in report.warnings()] == ["unchecked"]


def test_a_known_customer_is_not_asked_again() -> None:
    draft = draft_for("agent", "KF-0041873-6", "Edda Marrowby", now=NOW)
    assert check_draft(draft, None, now=NOW).of(Step.CUSTOMER) == ()


def test_a_slip_in_the_e_mail_is_a_warning_with_a_fix() -> None:
    (found,) = check_draft(jorun(email="jorun@exmaple.com"), None, now=NOW).of(Step.CUSTOMER)
    assert (found.severity, found.fix) == ("warning", "jorun@example.com")
