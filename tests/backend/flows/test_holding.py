"""A new order may be undone for a moment, and until then nothing of it has begun."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from backend.access.caller import Caller
from backend.database import Database
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import cancelling, holding
from backend.ordering.rules import UNDONE
from backend.resource_inventory.seeding import seed_sims
from backend.rest import documents
from backend.rest.patches import Change
from backend.rest.resource import Document
from tests.backend.flows.conftest import MAREN, Bench, Clock, add, mobile, operate

HOLD = timedelta(seconds=10)
MACHINE = replace(MAREN, user_id="billing", name="Billing", roles=frozenset({"system"}))


@pytest.fixture
def bench(operator_database: Database) -> Bench:
    clock = Clock()
    operation = operate(operator_database, scale=1.0, clock=clock, hold=HOLD)
    with operator_database.begin() as connection:
        seed_sims(connection, 3)
    operation.flows.open(operator_database, clock)
    return Bench(operation, clock, [])


def place(
    bench: Bench,
    *items: Document,
    caller: Caller = MAREN,
    reservations: tuple[str, ...] = (),
    **attributes: str,
) -> Document:
    owner = {"id": bench.operation.customer(), "role": "customer", "@referredType": "Customer"}
    wanted = {"relatedParty": [owner], "productOrderItem": list(items or mobile()), **attributes}
    with bench.operation.at(caller) as context:
        return bench.operation.ordering.place(context, wanted, reservations)


def cancel(bench: Bench, order: Document, reason: str = UNDONE) -> Document:
    resource = cancelling.resource(bench.operation.flows.engine.cancel_order)
    wanted = {"productOrder": {"id": order["id"]}, "cancellationReason": reason}
    with bench.operation.at() as context:
        return documents.create(context, resource, wanted).document


def begun(bench: Bench, order: Document) -> dict[str, int]:
    """The steps that somebody has worked on, with how often."""
    return {
        name: task.attempts
        for flow in bench.operation.flow_ids(order)
        for name, task in bench.operation.tasks(flow).items()
        if task.attempts
    }


def test_nothing_begins_before_the_hold_is_over(bench: Bench) -> None:
    order = place(bench)
    assert datetime.fromisoformat(order["holdUntil"]) == bench.clock.at + HOLD
    (flow,) = bench.operation.flow_ids(order)
    assert set(bench.operation.states(flow).values()) <= {"new", "skipped"}
    assert [name for _job, name, _facts in bench.waiting()] == ["flow-begin"]
    bench.step()
    after = bench.operation.order(order)
    assert "holdUntil" not in after
    assert bench.operation.states(flow)["identity-checked"] == "active"


def test_an_undone_order_leaves_nothing(bench: Bench) -> None:
    with bench.operation.at() as context:
        held = numbers.hold(context, "draft-1", ["07700 900477"])
    items = [add("1", "M03", telephoneNumber="07700900477"), *mobile()[1:]]
    order = place(bench, *items, reservations=(held.id,))
    assert cancel(bench, order)["state"] == "done"
    bench.run()
    after = bench.operation.order(order)
    assert (after["state"], after["cancellationReason"]) == ("cancelled", UNDONE)
    assert "holdUntil" not in after
    assert begun(bench, order) == {}
    owner = order["relatedParty"][0]["id"]
    assert bench.operation.letters(owner) == []
    with bench.operation.at() as context:
        (number,) = numbers.find(context, ["07700900477"])
        assert (number.state, number.reservation_id) == (numbers.State.HELD, held.id)
        assert numbers.find_reservation(context, held.id).state == "reserved"
        products = [item["product"]["id"] for item in order["productOrderItem"]]
        statuses = {inventory.find(context, product)["status"] for product in products}
        assert statuses == {"cancelled"}


def test_what_was_held_before_an_undone_order_may_be_ordered_again(bench: Bench) -> None:
    with bench.operation.at() as context:
        held = numbers.hold(context, "draft-1", ["07700 900477"])
    items = [add("1", "M03", telephoneNumber="07700900477"), *mobile()[1:]]
    cancel(bench, place(bench, *items, reservations=(held.id,)))
    again = place(bench, *items, reservations=(held.id,))
    assert again["state"] == "acknowledged"


def test_a_number_that_nobody_had_chosen_is_free_again(bench: Bench) -> None:
    order = place(bench)
    given = order["productOrderItem"][0]["product"]["productCharacteristic"]
    (value,) = [one["value"] for one in given if one["name"] == "telephoneNumber"]
    cancel(bench, order)
    with bench.operation.at() as context:
        assert numbers.find(context, [value])[0].state is numbers.State.FREE


def expedited() -> Change:
    return lambda before: {**before, "priority": "0"}


def test_who_can_not_wait_begins_at_once_and_the_order_begins_only_once(bench: Bench) -> None:
    order = place(bench)
    with bench.operation.at() as context:
        documents.patch(context, bench.operation.ordering.resource, order["id"], expedited())
    waiting = [name for _job, name, _facts in bench.waiting()]
    assert waiting == ["flow-begin", "flow-begin"]
    first, second = (job for job, _name, _facts in bench.waiting())
    bench.do(first)
    bench.clock.at -= timedelta(hours=1)  # whatever the clock says by then
    bench.do(second)
    (flow,) = bench.operation.flow_ids(order)
    assert bench.operation.tasks(flow)["identity-checked"].turn == 1


@pytest.mark.parametrize("caller", [MACHINE, replace(MAREN, roles=frozenset())])
def test_what_no_person_orders_begins_at_once(bench: Bench, caller: Caller) -> None:
    assert "holdUntil" not in place(bench, caller=caller)


def test_what_is_urgent_begins_at_once(bench: Bench) -> None:
    assert "holdUntil" not in place(bench, priority="0")


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ({"sim": {"kind": "esim", "reason": "lost"}}, False),
        ({"sim": {"kind": "esim", "reason": "device"}}, True),
        ({"suspension": {"reason": "fraud"}}, False),
        ({"suspension": {"reason": "seasonal"}}, True),
    ],
)
def test_loss_theft_and_fraud_do_not_wait(bench: Bench, said: Document, *, held: bool) -> None:
    order = {"productOrderItem": [{"id": "1", "action": "modify", **said}]}
    with bench.operation.at() as context:
        assert ("holdUntil" in holding.hold(context, order, HOLD)) == held


def test_an_undo_that_meets_the_beginning_leaves_nothing_either(bench: Bench) -> None:
    orders = [place(bench) for _ in range(4)]
    with ThreadPoolExecutor(2) as threads:
        for order in orders:
            together = Barrier(2)

            def begin(order: Document = order, together: Barrier = together) -> None:
                together.wait()
                bench.operation.flows.holding.begin(order["id"])

            def undo(order: Document = order, together: Barrier = together) -> str:
                together.wait()
                return str(cancel(bench, order)["state"])

            starting, undoing = threads.submit(begin), threads.submit(undo)
            starting.result()
            assert undoing.result() == "done"
    bench.run()
    for order in orders:
        assert bench.operation.order(order)["state"] == "cancelled"
        assert begun(bench, order) == {}
