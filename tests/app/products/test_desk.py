"""The product manager's desk: open, prove, try, propose, decide."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.products import offers, trial
from app.products.desk import NotReadable
from app.products.trial import Trial
from app.products.working import Working
from backend_client.catalogue import Check, Fault
from backend_client.choices import BasketItem, Choices, MissingChoice, Totals
from backend_client.errors import Conflict, Rejected
from tests.app.products.demo import DEMO
from tests.support.product_desk import APPROVER, FakeCatalogue, FakeDrafts, product_desk

DEARER = offers.set_monthly("F03", Decimal(45))


def test_the_copy_goes_on_where_it_was_left() -> None:
    catalogue, drafts = FakeCatalogue(), FakeDrafts()
    desk = product_desk(catalogue, drafts)
    desk.journal.note(desk.open().done(DEARER, "Monthly"))
    desk.journal.write()
    again = product_desk(catalogue, drafts).open()
    assert [each.id for each in again.changes()] == ["F03"]


def test_who_may_only_approve_reads_nothing_that_others_began() -> None:
    desk = product_desk(FakeCatalogue(), rights=(APPROVER,), name="supervisor")
    assert (desk.may_edit, desk.may_approve) == (False, True)
    assert desk.open().changes() == ()


def test_a_proposal_goes_to_a_second_person_and_into_force() -> None:
    catalogue = FakeCatalogue()
    desk = product_desk(catalogue)
    working = desk.open().done(DEARER, "Monthly").with_note("Dearer")
    desk.propose(working)
    (sent,) = catalogue.proposed
    assert (sent.based_on, sent.specifications, sent.prices) == (41, None, None)
    (row,) = desk.proposals()
    assert (row.note, row.waits, row.mine) == ("Dearer", True, True)
    catalogue.seen_by("supervisor")
    second = product_desk(catalogue, rights=(APPROVER,), name="supervisor")
    compared = second.proposal(row.id)
    assert [each.summary() for each in compared.changes] == ["Monthly: £45.00, before £43.00"]
    assert compared.proofs is not None
    assert second.approve(row.id) == 42
    (row,) = second.proposals()
    assert (row.state, row.waits, row.mine) == ("version 42", False, False)
    newest, older = second.versions()
    assert (newest.number, newest.in_force, newest.before) == (42, True, 41)
    assert older.before is None
    assert second.version(42, 41).changes == ()
    assert second.version(41, None).changes == ()


def test_rejected_and_withdrawn_proposals_say_so() -> None:
    catalogue = FakeCatalogue()
    desk = product_desk(catalogue)
    for _ in range(2):
        desk.propose(desk.open().done(DEARER, "Monthly"))
    first, second = (each.id for each in catalogue.proposed)
    desk.reject(first, "Too dear")
    desk.withdraw(second)
    states = {row.id: (row.state, row.tone, row.reason) for row in desk.proposals()}
    assert states[first] == ("rejected", "bad", "Too dear")
    assert states[second][:2] == ("withdrawn", "plain")
    assert next(iter(desk.proposals())).note == "without a note"


def test_a_copy_with_faults_is_neither_tried_nor_proposed() -> None:
    catalogue = FakeCatalogue()
    faults = [{"where": "offer F03", "text": "name is a text that says something", "line": 3}]
    refused = Rejected("The catalogue has faults.")
    refused.told = {"faults": faults}
    catalogue.fault = refused
    desk = product_desk(catalogue)
    working = _opened().done(DEARER, "Monthly")
    for work in (lambda: desk.choices(working, Trial()), lambda: desk.propose(working)):
        with pytest.raises(NotReadable) as refusal:
            work()
        assert "F03 Glimt 1000: Name is a text that says something." in refusal.value.sentence
    catalogue.fault = Rejected("You may not.")
    with pytest.raises(Rejected):
        desk.choices(working, Trial())
    with pytest.raises(Rejected):
        desk.propose(working)


def test_a_copy_of_an_older_version_is_a_conflict() -> None:
    catalogue = FakeCatalogue()
    desk = product_desk(catalogue)
    working = desk.open().done(DEARER, "Monthly")
    catalogue.version = 42
    with pytest.raises(Conflict):
        desk.propose(working)


def test_the_proofs_come_in_words() -> None:
    catalogue = FakeCatalogue(answer=Check(faults=(Fault(where="offer F03", text="no price"),)))
    proofs = product_desk(catalogue).check(_opened())
    assert proofs.verdict == "1 fault"


def test_usual_people_have_a_value_for_every_fact_of_the_catalogue() -> None:
    people = trial.personas(DEMO.context)
    assert len({words for _id, words, _facts in people}) == len(people)
    for _id, _words, facts in people:
        assert facts.keys() == DEMO.context.keys()
        assert all(value in DEMO.context[key] for key, value in facts.items())
    assert trial.personas({"moon": ("full", "new")})[0][2] == {"moon": "full"}
    assert trial.yes_or_no((0, 1))
    assert not trial.yes_or_no(("A", "B"))


def test_the_question_holds_the_facts_and_the_picks() -> None:
    asked = Trial({"gpon": 1}).supposing("gpon", 0).picked("M03", 2)
    assert trial.question(asked) == {"facts": {"gpon": 0}, "picks": {"M03": 2}}
    of_edda = asked.by({}, "KF-0041873-6")
    assert trial.question(of_edda) == {
        "facts": {},
        "picks": {"M03": 2},
        "customerId": "KF-0041873-6",
    }
    assert asked.picked("M03", 0).picks == {}
    assert asked.by({"credit": "D"}).facts == {"credit": "D"}


def test_the_answer_says_what_could_be_chosen_and_which_rule_says_no() -> None:
    desk = product_desk(FakeCatalogue())
    asked = Trial().picked("M03", 1)
    view = desk.choices(_opened(), asked)
    (mobile,) = view.families
    chosen = next(each for each in mobile.offers if each.id == "M03")
    assert (chosen.quantity, chosen.price, chosen.term) == (1, "£19.00", "24 months")
    (no,) = view.refused
    assert no.rules == ("R25",)
    assert no.reason.startswith("R25: No fibre at this address yet")
    assert view.summary == f"{len(mobile.offers)} offers can be chosen"


def test_the_sums_and_what_is_missing_are_told() -> None:
    item = BasketItem(id="M03", name="Skarv 100", quantity=2, monthly=Decimal(38))
    missing = MissingChoice(rule="R59", text="Each line gets a SIM.")
    found = Choices(
        basket=(item,), missing=(missing,), totals=Totals(monthly=Decimal(38), once=Decimal(5))
    )
    view = trial.view_of(found, Trial())
    assert view.basket == (("2 × Skarv 100", "£38.00", "£0.00"),)
    assert (view.missing, view.monthly, view.once) == (
        ("Each line gets a SIM.",),
        "£38.00",
        "£5.00",
    )


def _opened() -> Working:
    return product_desk(FakeCatalogue()).open()
