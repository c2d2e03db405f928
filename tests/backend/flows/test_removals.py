"""PF14: first the new line, a day later the old one ends; the number goes where it may."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from backend.flows.simulators.dials import Dial
from backend.numbers import rules as numbers
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, now
from tests.backend.flows.holdings import Holder, holder
from tests.backend.flows.test_families import at, ended

_HOMES = """
    SELECT id, city FROM address WHERE 'gpon' = ANY (networks) AND flat IS NULL ORDER BY id
"""


def homes(operation: Operation) -> tuple[str, str, str]:
    """Three addresses with fibre: two in one town, one in another."""
    with operation.database.read() as connection:
        rows = connection.execute(sa.text(_HOMES)).all()
    first = rows[0]
    near = next(row.id for row in rows[1:] if row.city == first.city)
    return first.id, near, next(row.id for row in rows if row.city != first.city)


@pytest.fixture
def edda(operation: Operation) -> Holder:
    """A customer with fibre and a telephone over it at the first of these addresses."""
    return holder(operation, *at(homes(operation)[0], "F02", "F07", "F14", "V01"))


def moves(edda: Holder, place: str, **more: object) -> tuple[Document, str]:
    items = []
    for number, code in enumerate(("F02", "V01"), 1):
        item = edda.modify(code, product={"place": [{"id": place, "role": "installationAddress"}]})
        items.append({**item, "id": str(number)})
    order, flow = edda.order(*items, category="relocation", **more)
    assert edda.operation.flow(flow)["processFlowSpecification"] == "PF14"
    return order, flow


def number_of(edda: Holder) -> str:
    with edda.operation.at() as context:
        return numbers.of_product(context, edda.products["V01"])[0].value


def foretold(edda: Holder, order: Document) -> list[Document]:
    """What is said of the number before the flow begins."""
    with edda.operation.at() as context:
        told = edda.operation.flows.foresight.of_order(context, edda.operation.order(order))
        numbers_told: list[Document] = told["numbers"]
        return numbers_told


def test_within_the_town_the_number_goes_along(edda: Holder) -> None:
    operation, (_first, near, _far) = edda.operation, homes(edda.operation)
    before = number_of(edda)
    order, flow = moves(edda, near)
    assert foretold(edda, order) == [{"number": before, "stays": True}]
    with operation.working():
        operation.until(flow, "completed")
    assert operation.order(order)["state"] == "completed"
    assert edda.product("F02")["place"][0]["id"] == near
    assert edda.product("V01")["place"][0]["id"] == near
    assert number_of(edda) == before
    assert "LT13" in operation.letters(edda.customer)
    assert operation.heard("access")[-1] == "cease-line"
    assert ended(operation, flow, "old-line-ceased") >= ended(operation, flow, "line-tested")


def test_in_another_town_there_is_a_new_number(edda: Holder) -> None:
    operation, (_first, _near, far) = edda.operation, homes(edda.operation)
    before = number_of(edda)
    order, flow = moves(edda, far)
    assert foretold(edda, order) == [{"number": before, "stays": False}]
    with operation.working():
        operation.until(flow, "completed")
    assert number_of(edda) != before
    with operation.at() as context:
        assert numbers.find(context, [before])[0].state is numbers.State.QUARANTINE


def test_until_the_day_of_the_move_it_can_be_cancelled(edda: Holder) -> None:
    operation, (first, near, _far) = edda.operation, homes(edda.operation)
    day = (now() + timedelta(days=300)).date().isoformat()
    order, flow = moves(edda, near, requestedStartDate=f"{day}T00:00:00Z")
    with operation.working():
        operation.until_step(flow, "moving-day", "active")
        with operation.at() as context:
            operation.flows.engine.cancel_order(context, operation.order(order))
        operation.until(flow, "cancelled")
    assert operation.heard("access")[-1] == "cancel-line"
    assert edda.product("F02")["place"][0]["id"] == first


@pytest.mark.long
def test_a_line_that_can_not_be_had_there_holds_the_move(edda: Holder) -> None:
    operation, (_first, near, _far) = edda.operation, homes(edda.operation)
    operation.flows.simulators.turn("access", "check-line", Dial(timedelta(0), refused=1.0))
    _order, flow = moves(edda, near)
    with operation.working():
        operation.until_step(flow, "line-checked", "hold")
    assert operation.states(flow)["line-checked"] == "refused"
