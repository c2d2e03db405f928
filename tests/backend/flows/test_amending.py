"""An order is changed while it is carried out: what was done is taken back, and begun anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from backend.database import Database
from backend.flows.progress import ANEW_JOB
from backend.inventory import rules as inventory
from backend.resource_inventory.seeding import seed_sims
from backend.rest import documents
from backend.rest.errors import Refused
from backend.rest.resource import Document
from tests.backend.flows.conftest import Bench, Clock, add, mobile, operate
from tests.backend.flows.test_holding import HOLD, begun, cancel, place

TWO_LINES = [*mobile("1", extras=("M14",)), *mobile("2")]


def bench_of(database: Database, hold: timedelta = timedelta(0)) -> Bench:
    clock = Clock()
    operation = operate(database, scale=1.0, clock=clock, hold=hold)
    with database.begin() as connection:
        seed_sims(connection, 30)
    operation.flows.open(database, clock)
    return Bench(operation, clock, [])


@pytest.fixture
def bench(operator_database: Database) -> Bench:
    return bench_of(operator_database)


def amend(bench: Bench, order: Document, **changes: Any) -> Document:
    resource = bench.operation.ordering.resource
    with bench.operation.at() as context:
        return documents.patch(
            context, resource, order["id"], lambda before: {**before, **changes}
        ).document


def without(order: Document, *identities: str) -> list[Document]:
    return [item for item in order["productOrderItem"] if item["id"] not in identities]


def set_to(item: Document, **settings: str) -> Document:
    given = item["product"]["productCharacteristic"]
    others = [each for each in given if each["name"] not in settings]
    new = [{"name": name, "value": value} for name, value in settings.items()]
    return {**item, "product": {**item["product"], "productCharacteristic": [*others, *new]}}


def ids(order: Document) -> list[str]:
    return [item["id"] for item in order["productOrderItem"]]


def open_flows(bench: Bench, order: Document) -> dict[str, list[str]]:
    """The items of each flow that is under way."""
    flows = [bench.operation.flow(flow) for flow in bench.operation.flow_ids(order)]
    return {
        flow["id"]: next(one["value"] for one in flow["characteristic"] if one["name"] == "itemIds")
        for flow in flows
        if flow["state"] in {"active", "hold"}
    }


def status(bench: Bench, item: Document) -> str:
    with bench.operation.at() as context:
        return str(inventory.find(context, item["product"]["id"])["status"])


def test_before_it_begins_an_item_goes_at_once(operator_database: Database) -> None:
    bench = bench_of(operator_database, HOLD)
    order = place(bench, *TWO_LINES)
    after = amend(bench, order, productOrderItem=without(order, "1-M14"))
    assert ids(after) == ["1", "1-sim", "2", "2-sim"]
    assert status(bench, order["productOrderItem"][2]) == "cancelled"
    assert after["orderTotalPrice"] != order["orderTotalPrice"]
    bench.step()
    assert sorted(map(sorted, open_flows(bench, order).values())) == [
        ["1", "1-sim"],
        ["2", "2-sim"],
    ]
    assert begun(bench, order) == {}, "it is still held"


def test_what_was_done_is_taken_back_and_the_rest_begins_anew(bench: Bench) -> None:
    order = place(bench, *TWO_LINES)
    (first,) = [flow for flow, mine in open_flows(bench, order).items() if "1" in mine]
    while bench.operation.tasks(first)["sim-reserved"].state != "completed":
        bench.step()
    after = amend(bench, order, productOrderItem=without(order, "1-M14"))
    assert [item["id"] for item in after["productOrderItem"] if item.get("takenOut")] == ["1-M14"]
    while bench.operation.flow(first)["state"] != "cancelled" or len(open_flows(bench, order)) < 2:
        assert bench.step()
    assert bench.operation.states(first)["undo:sim-reserved"] == "done"
    now = bench.operation.order(order)
    assert ids(now) == ["1", "1-sim", "2", "2-sim"]
    assert status(bench, order["productOrderItem"][2]) == "cancelled"
    assert status(bench, order["productOrderItem"][0]) == "pendingActive"
    assert now["state"] == "inProgress"
    assert ["1", "1-sim"] in open_flows(bench, order).values()
    (anew,) = [flow for flow, mine in open_flows(bench, order).items() if mine == ["1", "1-sim"]]
    while bench.operation.tasks(anew)["sim-reserved"].state != "completed":
        assert bench.step()


def test_another_setting_is_taken_over(bench: Bench) -> None:
    order = place(bench)
    line, sim = order["productOrderItem"]
    after = amend(bench, order, productOrderItem=[set_to(line, userName="Pim Loomis"), sim])
    given = after["productOrderItem"][0]["product"]["productCharacteristic"]
    settings = {each["name"]: each["value"] for each in given}
    assert settings["userName"] == "Pim Loomis"
    assert settings["telephoneNumber"].startswith("07700")
    with bench.operation.at() as context:
        product = inventory.find(context, line["product"]["id"])
        assert {"name": "userName", "value": "Pim Loomis"}.items() <= next(
            each for each in product["productCharacteristic"] if each["name"] == "userName"
        ).items()


def test_an_item_is_added_and_rides_with_its_line(bench: Bench) -> None:
    order = place(bench)
    wanted = [*order["productOrderItem"], add("3", "M14", line="1")]
    after = amend(bench, order, productOrderItem=wanted)
    assert ids(after) == ["1", "1-sim", "3"]
    assert after["productOrderItem"][2]["itemPrice"]
    assert status(bench, after["productOrderItem"][2]) == "created"
    while not bench.operation.flow_ids(order)[1:]:
        bench.step()
    assert list(open_flows(bench, order).values()) == [["1", "1-sim", "3"]]


def test_what_was_told_is_told_again_as_it_is_now(bench: Bench) -> None:
    order = place(bench, *mobile("1", extras=("M14",)))
    (first,) = bench.operation.flow_ids(order)
    while bench.operation.tasks(first)["contract-summary"].state != "completed":
        assert bench.step()
    bench.clock.at += timedelta(minutes=1)
    amend(bench, order, productOrderItem=without(order, "1-M14"))
    while len(bench.operation.letters(order["relatedParty"][0]["id"])) < 2:
        assert bench.step()
    assert bench.operation.letters(order["relatedParty"][0]["id"]) == ["LT02", "LT02"]


def test_only_the_flow_that_is_touched_begins_anew(bench: Bench) -> None:
    order = place(bench, *TWO_LINES)
    (second,) = [flow for flow, mine in open_flows(bench, order).items() if "2" in mine]
    amend(bench, order, productOrderItem=without(order, "1-M14"))
    assert bench.operation.flow(second)["state"] == "active"


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        (("1",), "relies on what is taken out"),
        (("1-sim",), "SIM"),
    ],
)
def test_what_is_left_must_still_be_an_order(
    bench: Bench, gone: tuple[str, ...], sentence: str
) -> None:
    order = place(bench, *TWO_LINES)
    with pytest.raises(Refused) as refused:
        amend(bench, order, productOrderItem=without(order, *gone))
    assert sentence in refused.value.reason
    assert bench.operation.order(order)["productOrderItem"] == order["productOrderItem"]


def test_an_order_is_not_made_another_one(bench: Bench) -> None:
    order = place(bench)
    with pytest.raises(Refused, match="Nothing would be left"):
        amend(bench, order, productOrderItem=mobile("9"))


def past_no_return(bench: Bench) -> Document:
    order = place(bench)
    (flow,) = bench.operation.flow_ids(order)
    while bench.operation.tasks(flow)["esim-released"].state == "new":
        assert bench.step()
    return order


@pytest.mark.parametrize("what", ["items", "day"])
def test_after_the_point_of_no_return_the_step_is_named(bench: Bench, what: str) -> None:
    order = past_no_return(bench)
    line, sim = order["productOrderItem"]
    change: Document = {"requestedCompletionDate": "2040-12-24T00:00:00Z"}
    if what == "items":
        change = {"productOrderItem": [set_to(line, userName="Pim Loomis"), sim]}
    with pytest.raises(Refused, match="eSIM released") as refused:
        amend(bench, order, **change)
    assert refused.value.code == "notAmendable"


def test_whom_to_tell_may_change_to_the_end(bench: Bench) -> None:
    order = past_no_return(bench)
    assert amend(bench, order, notificationContact="07700 900123")["notificationContact"]


def test_an_order_that_changes_may_still_be_cancelled(bench: Bench) -> None:
    order = place(bench, *TWO_LINES)
    (first,) = [flow for flow, mine in open_flows(bench, order).items() if "1" in mine]
    while bench.operation.tasks(first)["sim-reserved"].state != "completed":
        bench.step()
    amend(bench, order, productOrderItem=without(order, "1-M14"))
    cancel(bench, order, "She gave up.")
    bench.run()
    assert bench.operation.order(order)["state"] == "cancelled"
    assert {status(bench, item) for item in order["productOrderItem"]} == {"cancelled"}


def test_two_that_would_begin_it_anew_begin_it_once(bench: Bench) -> None:
    """Who waited for the lock sees what the other one has begun meanwhile."""
    order = place(bench)
    (first,) = bench.operation.flow_ids(order)
    while bench.operation.tasks(first)["sim-reserved"].state != "completed":
        bench.step()
    line, sim = order["productOrderItem"]
    amend(bench, order, productOrderItem=[set_to(line, userName="Pim Loomis"), sim])
    while bench.operation.flow(first)["state"] != "cancelled":
        bench.do(next(job for job, kind, _ in bench.waiting() if kind != ANEW_JOB))
    together = Barrier(2)

    def go_on() -> None:
        together.wait()
        bench.operation.flows.amendments.go_on(order["id"])

    with ThreadPoolExecutor(2) as threads:
        for each in [threads.submit(go_on) for _ in range(2)]:
            each.result()
    assert len(open_flows(bench, order)) == 1
