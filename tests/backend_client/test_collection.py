"""Reading, creating and changing one kind of resource."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend_client import Client, Conflict, Version
from backend_client.customer import Customer
from tests.backend_client.server import Reply, Request, Server

PATH = "/tmf-api/customerManagement/v4/customer"


class Shelf:
    """One customer with a strong ETag, as TMF630 part 1 asks."""

    def __init__(self, etag: str = '"1"') -> None:
        self.etag = etag
        self.name = "Edda Marrowby"

    def __call__(self, request: Request) -> Reply:
        wanted = request.headers.get("if-match", self.etag)
        if wanted != self.etag:
            return Reply.of({"reason": "Somebody was faster."}, 412)
        if request.method == "GET" and request.headers.get("if-none-match") == self.etag:
            return Reply(304, b"", {"ETag": self.etag})
        if request.method == "PATCH":
            self.name = request.document["name"]
            self.etag = '"2"'
        body = {"id": "KF-1", "name": self.name, "loyalty": {"points": 7}}
        return Reply.of(body, ETag=self.etag)


def test_a_version_holds_what_the_record_does_not_know(server: Server, client: Client) -> None:
    server.answering = Shelf()
    version = client.customers.read("KF-1")
    assert version.record.name == "Edda Marrowby"
    assert version.etag == '"1"'
    assert b"loyalty" in version.document
    assert version.as_of is not None
    assert abs(version.as_of - datetime.now(UTC)).days == 0


def test_a_version_still_valid_is_not_sent_again(server: Server, client: Client) -> None:
    server.answering = Shelf()
    version = client.customers.read("KF-1")
    assert client.customers.read("KF-1", known=version) is version


def test_a_change_of_an_old_version_is_a_conflict(server: Server, client: Client) -> None:
    server.answering = Shelf()
    first = client.customers.read("KF-1")
    second = client.customers.change(first, {"name": "Edda Loomis"})
    assert (second.record.name, second.etag) == ("Edda Loomis", '"2"')
    with pytest.raises(Conflict):
        client.customers.change(first, {"name": "Edda Ashgrove"})


def test_a_change_is_a_merge_patch_where_none_deletes(server: Server, client: Client) -> None:
    server.answering = Shelf()
    client.customers.change("KF-1", {"name": "Edda", "statusReason": None})
    request = server.requests[0]
    assert (request.method, request.path) == ("PATCH", f"{PATH}/KF-1")
    assert request.document == {"name": "Edda", "statusReason": None}
    assert request.headers["content-type"] == "application/json"
    assert "if-match" not in request.headers


@pytest.mark.parametrize("etag", ['W/"1"', "no quotes", '"a b"', '"\x7f"'])
def test_an_etag_that_cannot_be_compared_is_not_sent_back(
    server: Server, client: Client, etag: str
) -> None:
    server.answering = Shelf(etag)
    client.customers.change(client.customers.read("KF-1"), {"name": "x"})
    assert "if-match" not in server.requests[-1].headers


@pytest.mark.parametrize("date", ["", "yesterday", "32 Nov 2026"])
def test_a_server_without_a_clock_leaves_the_time_open(
    server: Server, client: Client, date: str
) -> None:
    version = Version(Customer(id="KF-1"), b"")
    assert version.as_of is None
    from backend_client.collection import _time

    assert _time(date) is None


def test_creating_sends_a_record_and_its_key(server: Server, client: Client) -> None:
    server.says({"id": "KF-1", "name": "Edda"}, 201, ETag='"1"')
    made = client.customers.create(Customer(name="Edda", type="Customer"), key="k-1")
    request = server.requests[0]
    assert request.document == {"name": "Edda", "@type": "Customer"}
    assert request.headers["idempotency-key"] == "k-1"
    assert (made.record.id, made.etag) == ("KF-1", '"1"')


@pytest.mark.parametrize("key", ["", "two words", "a\r\nX-Evil: 1", "x" * 256, "ø"])
def test_a_key_that_is_no_header_is_the_callers_mistake(client: Client, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        client.customers.create({}, key=key)


def test_removing_takes_an_empty_answer(server: Server, client: Client) -> None:
    server.answering = lambda _request: Reply(204, b"")
    client.reservations.remove("R-1")
    assert server.requests[0].path == "/tmf-api/resourcePoolManagement/v4/reservation/R-1"


def test_ids_are_opaque(server: Server, client: Client) -> None:
    server.says({"id": "x"})
    client.customers.get("a/b?c#d %+ø")
    assert server.requests[0].path == f"{PATH}/a%2Fb%3Fc%23d%20%25%2B%C3%B8"
