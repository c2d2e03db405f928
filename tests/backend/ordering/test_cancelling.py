"""Cancelling: at once, when the flow has undone its work, or not any more."""

from __future__ import annotations

import pytest

from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import cancelling, rules
from backend.ordering.cancelling import Stop
from backend.rest import documents
from backend.rest.errors import Conflict, Refused
from backend.rest.resource import Document
from tests.backend.ordering.conftest import Shop, add
from tests.support.tmf import assert_conforms

LINE = (add("1", "M03"), add("2", "M11", line="1"))


def cancel(shop: Shop, order: Document, answer: Stop = Stop.AT_ONCE) -> Document:
    resource = cancelling.resource(lambda _context, _order: answer)
    wanted = {"productOrder": {"id": order["id"]}, "cancellationReason": "Changed her mind"}
    with shop.at() as context:
        return documents.create(context, resource, wanted).document


def stored(shop: Shop, order: Document) -> Document:
    with shop.at() as context:
        return rules.find(context, order["id"])


def task_of(shop: Shop, task: Document) -> Document:
    with shop.at() as context:
        return documents.find(context, cancelling.CANCELLATION, task["id"])


@pytest.mark.parametrize("state", [None, "inProgress", "pending"])
def test_an_order_is_cancelled_at_once_where_nothing_was_begun(
    shop: Shop, state: str | None
) -> None:
    order = shop.place(shop.customer(), *LINE)
    if state is not None:
        shop.move(order, state)
    task = cancel(shop, order)
    assert task["state"] == "done"
    assert_conforms(622, "CancelProductOrder", task)
    after = stored(shop, order)
    assert after["state"] == "cancelled"
    assert after["cancellationReason"] == "Changed her mind"
    assert after["cancellationDate"]
    with shop.at() as context:
        line = inventory.find(context, order["productOrderItem"][0]["product"]["id"])
        (number,) = numbers.find(context, [line["realizingResource"][0]["id"]])
    assert line["status"] == "cancelled"
    assert number.state is numbers.State.FREE


def test_items_in_different_states_all_end_cancelled(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE, add("3", "M13", line="1"))
    shop.move(order, "inProgress", "1")
    shop.move(order, "pending", "2")
    cancel(shop, order)
    after = stored(shop, order)
    assert {item["state"] for item in after["productOrderItem"]} == {"cancelled"}
    assert after["state"] == "cancelled"


def test_what_was_done_already_stays_done(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE, add("3", "M13", line="1"))
    shop.move(order, "inProgress")
    shop.move(order, "completed", "1", "2")
    cancel(shop, order)
    assert stored(shop, order)["state"] == "partial"


def test_a_flow_undoes_its_steps_first(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE)
    shop.move(order, "inProgress", "1")
    task = cancel(shop, order, Stop.LATER)
    assert task["state"] == "inProgress"
    assert stored(shop, order)["state"] == "assessingCancellation"
    with pytest.raises(Conflict, match="already"):
        cancel(shop, order)
    with shop.at() as context:
        assert cancelling.finish(context, order["id"])["state"] == "cancelled"
    done = task_of(shop, task)
    assert done["state"] == "done"
    assert done["effectiveCancellationDate"]


def test_a_flow_finds_out_that_it_is_too_late(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE)
    shop.move(order, "inProgress")
    task = cancel(shop, order, Stop.LATER)
    with shop.at() as context:
        assert cancelling.refuse(context, order["id"])["state"] == "inProgress"
    assert task_of(shop, task)["state"] == "terminatedWithError"
    assert cancel(shop, order)["state"] == "done"  # it may be asked again


def test_past_the_point_of_no_return_nothing_changes(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE)
    shop.move(order, "inProgress")
    assert cancel(shop, order, Stop.TOO_LATE)["state"] == "terminatedWithError"
    assert stored(shop, order)["state"] == "inProgress"


def test_what_is_over_or_not_there_can_not_be_cancelled(shop: Shop) -> None:
    done = shop.fulfilled(shop.customer(), *LINE)
    with pytest.raises(Refused, match="completed"):
        cancel(shop, done)
    with pytest.raises(Refused, match="no such order"):
        cancel(shop, {"id": "nothing"})
