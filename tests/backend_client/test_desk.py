"""The extensions, as docs/desk-api.md writes them, and servers that have none."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from backend_client import Client, Rejected, ServerFault, Unreachable
from backend_client.decoding import decoded
from backend_client.desk_records import Account
from tests.backend_client.server import Fault, Reply, Server


def test_a_server_says_what_it_can_before_anyone_has_signed_in(
    server: Server, client: Client
) -> None:
    server.says(
        {
            "version": 1,
            "operator": {"name": "Kestrelfjord Telecom"},
            "demo": True,
            "signIn": {"password": True, "oidc": None},
            "capabilities": ["search", "creation"],
        }
    )
    welcome = client.desk.welcome()
    assert welcome.operator.name == "Kestrelfjord Telecom"
    assert welcome.sign_in.password
    assert welcome.capabilities == {"search", "creation"}
    assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize(
    "reply",
    [
        Reply.of({}, 404),
        Reply.of({}, 405),
        Reply.of({}, 501),
        Reply(200, b"<html>Portal</html>", {"Content-Type": "text/html"}),
        Reply(200, b"[]"),
    ],
)
def test_another_operators_server_has_no_capabilities(
    server: Server, client: Client, reply: Reply
) -> None:
    server.answering = lambda _request: reply
    assert client.desk.welcome().capabilities == frozenset()


def test_a_server_in_trouble_is_not_taken_for_one_without_capabilities(
    server: Server, client: Client
) -> None:
    server.says({}, 500)
    with pytest.raises(ServerFault):
        client.desk.welcome()
    server.says({}, 503)
    with pytest.raises(Unreachable):
        client.desk.welcome()


def test_search_finds_customers_with_their_most_urgent_fact(server: Server, client: Client) -> None:
    hit = {
        "customerId": "KF-0041873-6",
        "name": "Edda Marrowby",
        "address": "14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR",
        "telephone": "07700 900471",
        "moreTelephones": 1,
        "chip": {"text": "Order, Tue 24 Nov", "tone": "info"},
        "lastContact": "2026-11-20T08:51:00+00:00",
    }
    server.says({"total": 5, "hits": [hit, {"customerId": "KF-2", "chip": None}]})
    found = client.desk.search("marr & +44", limit=2)
    assert server.requests[0].raw_query == "q=marr%20%26%20%2B44&limit=2"
    assert (found.total, found.hits[0].more_telephones) == (5, 1)
    assert found.hits[0].chip is not None
    assert found.hits[0].chip.tone == "info"
    assert found.hits[0].last_contact == datetime(2026, 11, 20, 8, 51, tzinfo=UTC)
    assert found.hits[1].chip is None


def test_the_directory_is_read_page_by_page(server: Server, client: Client) -> None:
    server.says({"rows": [{"customerId": "KF-1", "revision": 17}], "next": "abc", "total": 250})
    page = client.desk.directory("xyz")
    assert (page.rows[0].revision, page.next, page.total) == (17, "abc", 250)
    assert server.requests[0].query == (("after", "xyz"), ("limit", "1000"))


def test_a_whole_account_comes_in_one_answer(server: Server, client: Client) -> None:
    server.says(
        {
            "asOf": "2026-11-20T09:00:00Z",
            "customer": {"id": "KF-1", "engagedParty": {"id": "I-1"}},
            "party": {"id": "I-1", "@type": "Individual", "givenName": "Edda"},
            "billingAccounts": [{"id": "B-1", "creditLimit": {"unit": "GBP", "value": 100.50}}],
            "products": [{"id": "P-1", "status": "active"}],
            "orders": [{"id": "O-1", "state": "completed"}],
            "flows": [
                {
                    "orderId": "O-1",
                    "processFlow": {"id": "F-1", "state": "completed"},
                    "taskFlows": [{"id": "T-1", "state": "completed", "isMandatory": True}],
                }
            ],
            "documents": [{"id": "KL-1", "documentType": "LT01"}],
            "messages": [{"id": "M-1", "messageType": "SMS", "receiver": [{"phoneNumber": "0"}]}],
            "places": [{"id": "A-1", "label": "14 Pebblewick Rise", "networks": {"gpon": True}}],
            "facts": {"segment": "RES"},
            "tomorrow": "unknown to today's desk",
        }
    )
    account = client.desk.account("KF-1")
    assert account.customer is not None
    assert account.party is not None
    assert not account.party.is_organization
    assert account.billing_accounts[0].credit_limit is not None
    assert account.billing_accounts[0].credit_limit.value == Decimal("100.50")
    assert account.orders[0].is_final
    assert account.flows[0].task_flows[0].is_mandatory
    assert account.documents[0].document_type == "LT01"
    assert account.places[0].networks["gpon"]
    kept = client.desk.account_document("KF-1")
    assert decoded(kept, Account) == account
    assert server.requests[0].path == "/desk-api/v1/account/KF-1"


def test_choices_are_asked_again_after_a_lost_answer(server: Server, client: Client) -> None:
    server.says(
        {
            "catalogueVersion": "41",
            "offers": [
                {
                    "id": "M03",
                    "name": "Skarv 100",
                    "family": "Mobile",
                    "kind": "line",
                    "monthly": "19.00",
                    "once": "0.00",
                    "numberType": "mobile",
                }
            ],
            "totals": {"monthly": "19.00", "once": "40.00", "firstBill": "2026-12-01"},
        }
    )
    server.faults.append(Fault.DROPPED_AFTER)
    choices = client.desk.choices({"customerId": None, "picks": {"M03": 1}})
    assert choices.offers[0].monthly == Decimal("19.00")
    assert choices.totals.first_bill is not None
    assert server.requests[1].document == {"customerId": None, "picks": {"M03": 1}}


def test_numbers_are_searched_by_what_they_are_like(server: Server, client: Client) -> None:
    number = {
        "id": "07700900477",
        "display": "07700 900477",
        "grade": "silver",
        "once": "40.00",
        "state": "held",
        "holder": "Cosmo P.",
        "heldUntil": "2026-11-20T09:15:00Z",
    }
    server.says({"total": 142, "grades": {"silver": 205}, "numbers": [number]})
    found = client.desk.numbers(type="mobile", how="contains", digits="477", limit=50)
    assert dict(server.requests[0].query) == {
        "type": "mobile",
        "how": "contains",
        "digits": "477",
        "limit": "50",
    }
    assert found.numbers[0].once == Decimal("40.00")
    assert found.grades["silver"] == 205


def test_a_creation_is_put_under_its_command_id(server: Server, client: Client) -> None:
    server.says(
        {"customerId": "KF-1", "accountId": "B-1", "orderId": None, "orderNumber": None}, 201
    )
    created = client.desk.create("0b8f", {"customer": {"id": "KF-1"}, "order": None})
    assert (created.customer_id, created.order_number, created.created) == ("KF-1", None, True)
    assert (server.requests[0].method, server.requests[0].path) == (
        "PUT",
        "/desk-api/v1/creation/0b8f",
    )


def test_a_creation_that_names_no_customer_is_a_server_fault_in_doubt(
    server: Server, client: Client
) -> None:
    server.says({"orderId": "O-1"}, 201)
    with pytest.raises(ServerFault) as caught:
        client.desk.create("0b8f", {})
    assert caught.value.may_have_happened


def test_another_body_under_the_same_command_is_rejected(server: Server, client: Client) -> None:
    server.says({"code": "commandReused", "reason": "This command was used already."}, 422)
    with pytest.raises(Rejected) as caught:
        client.desk.create("0b8f", {})
    assert caught.value.trace.code == "commandReused"


def test_addresses_and_terms(server: Server, client: Client) -> None:
    server.says({"addresses": [{"id": "A-1", "label": "14 Pebblewick Rise", "flat": False}]})
    assert client.desk.addresses("QX4 7TR 14").addresses[0].id == "A-1"
    server.says({"version": "12", "hash": "abc", "text": "Terms."})
    assert client.desk.terms().version == "12"
