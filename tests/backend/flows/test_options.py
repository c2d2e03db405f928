"""What can still be done about an order, from the moment it is placed to its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.database import Database
from backend.flows.options import OrderOptions
from backend.rest.errors import NotFound
from backend.rest.resource import Document
from tests.backend.flows.conftest import Bench, mobile
from tests.backend.flows.test_amending import amend, bench_of, without
from tests.backend.flows.test_holding import HOLD, cancel, place


@pytest.fixture
def bench(operator_database: Database) -> Bench:
    return bench_of(operator_database, HOLD)


def options(bench: Bench, order: Document) -> Document:
    with bench.operation.at() as context:
        return OrderOptions(bench.operation.flows.library).of(context, order["id"])


def amendments(found: Document) -> dict[str, Any]:
    return {each["what"]: each for each in found["amend"]}


def possible(found: Document) -> set[str]:
    return {what for what, each in amendments(found).items() if each["possible"]}


def until(bench: Bench, order: Document, step: str, state: str) -> None:
    (flow,) = bench.operation.flow_ids(order)
    while bench.operation.tasks(flow)[step].state != state:
        assert bench.step()


def test_a_new_order_can_be_undone_cancelled_and_changed(bench: Bench) -> None:
    order = place(bench, *mobile("1", extras=("M14",)))
    bench.clock.at += timedelta(seconds=2.6)
    found = options(bench, order)
    assert (found["undoSeconds"], found["undoUntil"]) == (7.4, order["holdUntil"])
    assert found["cancel"] == {
        "possible": True,
        "until": None,
        "untilStep": "eSIM released",
        "text": "Nothing has to be taken back: it ends at once.",
        "fee": "0.00",
    }
    assert possible(found) == {"items", "settings", "day", "contact"}
    may_go = {each["id"]: each["mayGo"] for each in amendments(found)["items"]["items"]}
    assert may_go == {"1": False, "1-sim": True, "1-M14": True}


def test_once_it_has_begun_it_says_what_would_be_taken_back(bench: Bench) -> None:
    order = place(bench)
    until(bench, order, "sim-reserved", "completed")
    found = options(bench, order)
    assert (found["undoSeconds"], found["undoUntil"]) == (None, None)
    assert found["cancel"]["text"] == ("Taken back, the last first: SIM reserved, Number assigned.")


def test_after_the_point_of_no_return_only_the_contact_changes(bench: Bench) -> None:
    order = place(bench)
    until(bench, order, "esim-released", "active")
    found = options(bench, order)
    assert not found["cancel"]["possible"]
    assert "eSIM released" in found["cancel"]["text"]
    assert possible(found) == {"contact"}
    assert amendments(found)["settings"]["untilStep"] == "eSIM released"


def test_what_is_over_can_not_be_changed(bench: Bench) -> None:
    order = place(bench)
    cancel(bench, order)
    found = options(bench, order)
    assert found["cancel"]["text"].endswith("is cancelled.")
    assert (possible(found), found["undoUntil"]) == (set(), None)


def test_what_is_offered_is_what_is_taken(bench: Bench) -> None:
    order = place(bench, *mobile("1", extras=("M14",)))
    amend(bench, order, productOrderItem=without(order, "1-M14"))
    left = amendments(options(bench, order))["items"]["items"]
    assert [each["id"] for each in left] == ["1", "1-sim"]


def test_an_unknown_order_has_none(bench: Bench) -> None:
    with pytest.raises(NotFound):
        options(bench, {"id": "none"})
