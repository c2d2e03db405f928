"""PF13: contracts go to another customer when both agree; number, price and SIM stay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.account import rules as account
from backend.customer import rules as customer
from backend.flows.simulators.dials import Dial
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.rest import documents
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, mobile
from tests.backend.flows.holdings import Holder, holder
from tests.backend.flows.test_families import filled_in

AGREED = filled_in(
    giverOn="2026-11-20", giverHow="In a shop", receiverOn="2026-11-20", receiverHow="In a shop"
)


@pytest.fixture
def edda(operation: Operation) -> Holder:
    return holder(operation, *mobile())


def gives(edda: Holder, receiver: str) -> tuple[Document, str]:
    """The order by which her line goes to another customer, and its flow."""
    with edda.operation.at() as context:
        payer = account.of_customer(context, receiver)[0]["id"]
    parties = [
        {"id": edda.customer, "role": "customer", "@referredType": "Customer"},
        {"id": receiver, "role": "newOwner", "@referredType": "Customer"},
    ]
    item = edda.modify("M03")
    order, flow = edda.order(
        item, category="changeOfOwnership", relatedParty=parties, billingAccount={"id": payer}
    )
    assert edda.operation.flow(flow)["processFlowSpecification"] == "PF13"
    return order, flow


def agree(operation: Operation, flow: str) -> None:
    operation.until_step(flow, "both-agreed", "active")
    with operation.at() as context:
        task = operation.tasks(flow)["both-agreed"].id
        operation.flows.people.change(context, flow, task, AGREED)


def test_the_line_goes_over_with_its_number_and_both_are_told(edda: Holder) -> None:
    operation, torvald = edda.operation, edda.operation.customer(givenName="Torvald")
    with operation.at() as context:
        number = numbers.of_product(context, edda.products["M03"])[0].value
    order, flow = gives(edda, torvald)
    with operation.working():
        agree(operation, flow)
        operation.until(flow, "completed")
    assert operation.order(order)["state"] == "completed"
    product = edda.product("M03")
    assert inventory.customer_of(product) == torvald
    with operation.at() as context:
        assert numbers.of_product(context, product["id"])[0].value == number
        assert account.of_customer(context, torvald)[0]["id"] == product["billingAccount"]["id"]
    for person in (edda.customer, torvald):
        assert "LT25" in operation.letters(person)
    assert "LT02" in operation.letters(torvald)
    assert operation.heard("billing")[-1] == "final-bill"


def test_nothing_moves_before_both_agree_and_it_can_be_cancelled_until_then(edda: Holder) -> None:
    operation, torvald = edda.operation, edda.operation.customer()
    order, flow = gives(edda, torvald)
    with operation.working():
        operation.until_step(flow, "both-agreed", "active")
        with operation.at() as context:
            operation.flows.engine.cancel_order(context, operation.order(order))
        operation.until(flow, "cancelled")
    assert inventory.customer_of(edda.product("M03")) == edda.customer
    assert operation.order(order)["state"] == "cancelled"


def test_a_new_owner_who_was_closed_meanwhile_holds_it(edda: Holder) -> None:
    operation, torvald = edda.operation, edda.operation.customer()
    _order, flow = gives(edda, torvald)
    with operation.at() as context:
        documents.rewrite(
            context, customer.CUSTOMER, torvald, lambda before: {**before, "status": "closed"}
        )
    with operation.working():
        operation.until_step(flow, "receiver-checked", "hold")
    assert operation.states(flow)["receiver-checked"] == "refused"


@pytest.mark.long
def test_a_credit_bureau_that_is_silent_is_asked_again(edda: Holder) -> None:
    operation, torvald = edda.operation, edda.operation.customer()
    operation.flows.simulators.turn("credit", "assess", Dial(timedelta(0), unanswered=0.5))
    _order, flow = gives(edda, torvald)
    with operation.working():
        agree(operation, flow)
        operation.until(flow, "completed")
    assert inventory.customer_of(edda.product("M03")) == torvald
