"""Lists of any length, from servers of any habit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from backend_client import Client, Page, ServerFault, Where
from backend_client.calls import Answer, Call
from backend_client.collection import Reading
from backend_client.customer import Customer, Customers
from backend_client.decoding import encoded
from backend_client.errors import Trace
from tests.backend_client.server import Reply, Request, Server, pages


def rows(count: int) -> list[dict[str, Any]]:
    return [{"id": f"KF-{number}", "name": "x"} for number in range(count)]


def ids(client: Client, **options: Any) -> list[str]:
    return [each.id for each in client.customers.all(**options)]


def test_a_page_knows_its_place_and_the_whole(server: Server, client: Client) -> None:
    server.answering = pages(rows(7))
    page = client.customers.page(offset=2, limit=3)
    assert [each.id for each in page.records] == ["KF-2", "KF-3", "KF-4"]
    assert (page.offset, page.total) == (2, 7)


@pytest.mark.parametrize("count", [True, False])
@pytest.mark.parametrize("most", [500, 3])
def test_a_whole_list_is_read_whatever_the_server_counts_or_shrinks(
    server: Server, client: Client, *, count: bool, most: int
) -> None:
    server.answering = pages(rows(8), most=most, count=count)
    assert ids(client, limit=4) == [row["id"] for row in rows(8)]


def test_pages_are_fetched_when_they_are_needed(server: Server, client: Client) -> None:
    server.answering = pages(rows(100))
    records = client.customers.all(limit=10)
    assert server.requests == []
    for _ in range(11):
        next(records)
    assert len(server.requests) == 2


def test_a_counted_list_costs_no_request_more(server: Server, client: Client) -> None:
    server.answering = pages(rows(20))
    assert len(ids(client, limit=10)) == 20
    assert len(server.requests) == 2


def test_conditions_sort_and_fields_go_with_every_page(server: Server, client: Client) -> None:
    server.answering = pages(rows(4))
    where = Where().equal("status", "active")
    ids(client, where=where, sort="-name,+id", fields=("name",), limit=2)
    assert server.requests[1].raw_query == (
        "status=active&sort=-name%2C%2Bid&fields=name&offset=2&limit=2"
    )


def test_a_server_that_pages_by_its_own_links_is_followed(server: Server, client: Client) -> None:
    path = "/tmf-api/customerManagement/v4/customer"
    link = f'<{path}?after=0>; rel="first", <https://inside.example{path}?after=a%2Fb>; rel="next"'

    def answer(request: Request) -> Reply:
        if dict(request.query).get("after") == "a/b":
            return Reply.of(rows(4)[2:])
        return Reply.of(rows(2), Link=link)

    server.answering = answer
    assert len(ids(client)) == 4
    assert server.requests[1].path == path


@pytest.mark.parametrize(
    "link",
    [
        '<http://[bad>; rel="next"',
        '</elsewhere?x=1>; rel="next"',
        "<>;rel=next",
        '<a>; rel="next',
        "<" * 99,
    ],
)
def test_links_that_lead_astray_are_passed_over(server: Server, client: Client, link: str) -> None:
    server.answering = lambda request: (
        Reply.of(rows(2), Link=link, X_Total_Count="2") if request else Reply()
    )
    assert len(ids(client)) == 2


def test_a_server_that_ignores_the_offset_does_not_loop(server: Server, client: Client) -> None:
    server.says(rows(3))
    assert len(ids(client)) == 3
    assert len(server.requests) == 2


def test_a_row_that_moves_between_pages_comes_once(server: Server, client: Client) -> None:
    moved = [rows(5)[0:2], rows(5)[1:3], rows(5)[3:5], []]
    server.answering = lambda request: Reply.of(moved[int(dict(request.query)["offset"]) // 2])
    assert ids(client, limit=2) == ["KF-0", "KF-1", "KF-2", "KF-3", "KF-4"]


@pytest.mark.parametrize("total", ["-1", "many", "1e3", "9" * 40])
def test_a_count_that_is_no_number_is_as_if_absent(
    server: Server, client: Client, total: str
) -> None:
    server.says(rows(2), X_Total_Count=total)
    assert client.customers.page().total is None


def test_a_list_that_is_no_list_is_a_server_fault(server: Server, client: Client) -> None:
    server.says({"id": "KF-1"})
    with pytest.raises(ServerFault):
        client.customers.page()


class Memory:
    """A sender with a list in memory, capricious as drawn."""

    def __init__(self, count: int, most: int, *, counts: bool) -> None:
        self.count, self.most, self.counts = count, most, counts

    def send(self, call: Call) -> Answer:
        query = dict(call.params)
        offset = int(query["offset"])
        part = rows(self.count)[offset : offset + min(self.most, int(query["limit"]))]
        headers = {"x-total-count": str(self.count)} if self.counts else {}
        return Answer(status=200, headers=headers, body=encoded(part), trace=Trace())


@examples(max_examples=60)
@given(
    count=st.integers(0, 30), most=st.integers(1, 9), limit=st.integers(1, 12), counts=st.booleans()
)
def test_every_record_comes_exactly_once_in_order(
    count: int, most: int, limit: int, *, counts: bool
) -> None:
    sender = Memory(count, most, counts=counts)
    found = [each.id for each in Customers(sender).all(limit=limit)]
    assert found == [row["id"] for row in rows(count)]


def test_a_page_is_a_plain_record() -> None:
    sender = Memory(3, 3, counts=True)
    page: Page[Customer] = Reading(sender, "/customer", Customer).page()
    assert page.total == 3
