"""PF15: until the notice is over nothing ends; then the line, its number and its boxes do."""

from __future__ import annotations

from datetime import date

import pytest

from backend.numbers import rules as numbers
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, mobile
from tests.backend.flows.holdings import Holder, holder

HOME = ("F02", "F07", "F14", "T01", "S01")


def flows(operation: Operation, order: Document) -> list[str]:
    return operation.flow_ids(order)


@pytest.fixture
def edda(operation: Operation) -> Holder:
    return holder(operation, *mobile())


@pytest.fixture
def no_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.catalog.definitions.Definitions.notice_days", _at_once)


def _at_once(*_offer: object, **_terms: object) -> int:
    return 0


def test_a_line_in_its_term_has_thirty_days_in_which_nothing_happens(
    operation: Operation, edda: Holder
) -> None:
    order = operation.place(edda.customer, edda.end("M03"))
    (flow,) = operation.flow_ids(order)
    last = date.fromisoformat(operation.order(order)["orderDate"][:10])
    with operation.working():
        operation.until_step(flow, "fee-checked", "completed")
    facts = operation.tasks(flow)
    assert facts["disconnected"].state in {"new", "active"}
    del last


@pytest.mark.usefixtures("no_notice")
def test_the_end_frees_the_number_after_its_rest_and_is_told(
    operation: Operation, edda: Holder
) -> None:
    with operation.at() as context:
        (number,) = numbers.of_product(context, edda.products["M03"])
    order = operation.place(edda.customer, edda.end("M03"))
    (flow,) = operation.flow_ids(order)
    with operation.working():
        operation.until(flow, "completed")
    assert operation.order(order)["state"] == "completed"
    assert operation.heard("hlr")[-1] == "remove-line"
    assert operation.heard("billing")[-1] == "close-line"
    with operation.at() as context:
        (resting,) = numbers.find(context, [number.value])
    assert resting.state is numbers.State.QUARANTINE
    assert "LT26" in operation.letters(edda.customer)
    assert operation.states(flow)["label-made"] == "skipped"
