"""Orders under way: what can still be done about them, and how it is asked for."""

from __future__ import annotations

from backend_client import Client
from backend_client.ordering import ItemOption
from tests.backend_client.server import Server

ORDERS = "/tmf-api/productOrderingManagement/v4"
OPTIONS = {
    "undoUntil": "2026-11-20T09:12:10+00:00",
    "undoSeconds": 7.4,
    "cancel": {"possible": True, "untilStep": "SIM handed to the post", "text": "…", "fee": "0.00"},
    "amend": [
        {
            "what": "items",
            "label": "What is ordered",
            "possible": True,
            "items": [{"id": "2", "name": "Data SIM", "mayGo": True}],
        }
    ],
}


def test_an_order_says_what_can_still_be_done(server: Server, client: Client) -> None:
    server.says(OPTIONS)
    options = client.orders.options("o 1")
    assert server.requests[-1].path == "/desk-api/v1/order/o%201/options"
    assert (options.undo_seconds, options.cancel.until_step) == (7.4, "SIM handed to the post")
    assert options.amend[0].items == (ItemOption(id="2", name="Data SIM", may_go=True),)


def test_an_order_is_cancelled_with_a_reason_and_a_key(server: Server, client: Client) -> None:
    server.says({"id": "c1", "state": "inProgress"}, 201)
    assert client.order_cancellations.ask("o1", "Changed her mind", key="k1").state == "inProgress"
    request = server.requests[-1]
    assert request.path == f"{ORDERS}/cancelProductOrder"
    assert request.headers["idempotency-key"] == "k1"
    wanted = {"productOrder": {"id": "o1"}, "cancellationReason": "Changed her mind"}
    assert request.document == wanted


def test_an_undo_says_that_it_is_one(server: Server, client: Client) -> None:
    server.says({"id": "c1", "state": "done"}, 201)
    assert client.order_cancellations.undo("o1").state == "done"
    assert server.requests[-1].document["cancellationReason"] == "Undone"


def test_an_order_that_waits_is_begun_at_once(server: Server, client: Client) -> None:
    server.says({"id": "o1", "priority": "0"})
    assert client.orders.begin_now("o1").record.priority == "0"
    assert server.requests[-1].path == f"{ORDERS}/productOrder/o1"
    assert server.requests[-1].document == {"priority": "0"}


def test_what_systems_were_asked_for_an_order_is_read(server: Server, client: Client) -> None:
    call = {"taskId": "t1", "system": "hlr", "operation": "create-profile", "outcome": "answered"}
    server.says({"calls": [{**call, "at": "2026-11-20T09:12:10+00:00", "text": "done"}]})
    (found,) = client.orders.calls("o1")
    assert (found.task_id, found.system, found.text) == ("t1", "hlr", "done")
    assert server.requests[-1].path == "/desk-api/v1/order/o1/calls"
