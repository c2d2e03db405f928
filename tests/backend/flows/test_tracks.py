"""PF18, PF19, PF20: tracks of their own, with tasks by named desks and soft letters."""

from __future__ import annotations

import pytest

from backend.database import Database
from backend.rest.errors import Refused
from tests.backend.flows.alone import MANY_YEARS_A_SECOND, answer, begin, report
from tests.backend.flows.conftest import Operation, now, operate


@pytest.fixture
def quick(operator_database: Database) -> Operation:
    operation = operate(operator_database, scale=MANY_YEARS_A_SECOND)
    operation.flows.open(operator_database, now)
    return operation


def department(operation: Operation, flow: str, step: str) -> str:
    noted = operation.steps(flow)[step]["characteristic"]
    return str(next(one["value"] for one in noted if one["name"] == "department"))


def test_a_death_is_met_with_a_letter_and_what_the_family_wishes(quick: Operation) -> None:
    torvald = quick.customer()
    flow = begin(quick, "PF18", torvald, familyName="Edda Marrowby", relation="Daughter")
    with quick.working():
        answer(quick, flow, "made-quiet", done=True, keeper="Halla Ashgrove")
        answer(
            quick, flow, "wishes", seen="Death certificate", executor="Edda Marrowby",
            wish="The services end",
        )  # fmt: skip
        answer(quick, flow, "services-ended", orderNumber="KO-0093361-9")
        answer(quick, flow, "settled", settlement="Nothing was open")
        quick.until(flow, "completed")
    assert quick.letters(torvald) == ["LT32"]
    assert quick.states(flow)["handed-over"] == "skipped"
    assert [department(quick, flow, step) for step in ("wishes", "settled")] == ["CF", "BC"]


def test_data_is_sent_when_it_is_known_who_asks(quick: Operation) -> None:
    edda = quick.customer()
    told = {"askedOn": "2026-11-02", "askedHow": "By e-mail", "wanted": "On paper"}
    flow = begin(quick, "PF19", edda, **told)
    with quick.working():
        answer(quick, flow, "identity-checked", proof="Passport")
        answer(quick, flow, "collected", where="enclosed, on paper", others=True)
        answer(quick, flow, "read-over", by="Ivo Loomis")
        quick.until(flow, "completed")
    assert quick.letters(edda) == ["LT31"]
    assert quick.states(flow)["refused"] == "skipped"


def test_nothing_is_sent_to_who_can_not_prove_who_he_is(quick: Operation) -> None:
    edda = quick.customer()
    told = {"askedOn": "2026-11-02", "askedHow": "By telephone", "wanted": "On paper"}
    flow = begin(quick, "PF19", edda, **told)
    with quick.working():
        answer(quick, flow, "identity-checked", proof="Nothing that is enough")
        answer(quick, flow, "refused", said="By telephone: send a copy of a passport")
        quick.until(flow, "completed")
    assert quick.letters(edda) == []


def test_copper_is_told_three_times_and_then_looked_after(quick: Operation) -> None:
    edda = quick.customer()
    flow = begin(quick, "PF20", edda, withdrawal="2036-11-30", service="Hearth Line")
    with quick.working():
        answer(quick, flow, "called", answer="Decides soon")
        assert quick.letters(edda) == ["LT33"] * 3
        answer(quick, flow, "looked-after", state="Nobody uses it")
        quick.until(flow, "completed")
    assert quick.states(flow)["visited"] == "skipped"


def test_who_chooses_earlier_hears_no_more_of_it(operation: Operation) -> None:
    edda = operation.customer()
    flow = begin(operation, "PF20", edda, withdrawal="2036-11-30", service="Hearth Line")
    with operation.working():
        operation.until_step(flow, "year-before", "active")
        report(operation, flow, "chosen", choice="Leaves us")
        answer(operation, flow, "choice-checked", orderNumber="KO-0093361-9")
        operation.until(flow, "completed")
    assert operation.letters(edda) == []


def test_a_track_that_was_begun_in_error_is_called_off(operation: Operation) -> None:
    edda = operation.customer()
    flow = begin(operation, "PF18", edda, familyName="Nobody", relation="None")
    with operation.working():
        report(operation, flow, "called-off", reason="The customer is alive")
        operation.until(flow, "completed")
    assert operation.letters(edda) == []


def test_what_a_flow_does_not_ask_for_is_refused(operation: Operation) -> None:
    with pytest.raises(Refused) as refused:
        begin(operation, "PF20", operation.customer(), withdrawal="soon", service="x", colour="red")
    assert refused.value.fields[0].path == "characteristic.withdrawal"
