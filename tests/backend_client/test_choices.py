"""What the wizard asks about a change: read whole, and from a server that knows less."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from backend_client import Client
from backend_client.choices import Choices, OfferCount
from tests.backend_client.server import Server

_BILL = {
    "day": "2026-12-01",
    "start": "2026-11-20",
    "days": 11,
    "daysOfMonth": 30,
    "partMonth": "-1.47",
    "monthAhead": "29.00",
    "once": "0.00",
    "credit": "6.97",
    "total": {"net": "22.94", "vat": "4.59", "gross": "27.53"},
}
_INSTALLED: dict[str, object] = {
    "productId": "a1",
    "offer": "M03",
    "name": "Skarv 100",
    "family": "Mobile",
    "kind": "line",
    "number": "07700 900471",
    "place": None,
    "status": "active",
    "monthly": "19.00",
    "once": "0.00",
    "term": 24,
    "termEnds": "2027-11-20",
    "exitFee": "42.00",
    "ends": True,
    "movesTo": None,
    "mayEnd": True,
    "endReasons": [],
    "mayMove": True,
}


def test_a_change_is_read_with_what_it_does_to_each_product(server: Server, client: Client) -> None:
    server.says(
        {
            "installed": [_INSTALLED],
            "difference": {
                "lines": [
                    {
                        "change": "end",
                        "offer": "M03",
                        "productId": "a1",
                        "name": "Skarv 100",
                        "was": None,
                        "quantity": 1,
                        "monthlyBefore": "19.00",
                        "monthlyAfter": "0.00",
                        "once": "0.00",
                    }
                ],
                "monthlyBefore": "48.00",
                "monthlyAfter": "29.00",
                "once": "0.00",
                "exitFees": "42.00",
                "nextBill": _BILL,
            },
            "repair": {
                "dropped": [
                    {"id": "F04", "name": "Glimt 2500", "quantity": 1, "reasons": []},
                ],
                "added": [],
                "text": "Take out Glimt 2500.",
            },
            "forms": {"M03#1": [{"name": "spendCap", "open": ["25", "50"], "default": "25"}]},
        }
    )
    choices = client.desk.choices({"customerId": "KF-1", "ends": ["a1"]})
    assert choices.installed[0].exit_fee == Decimal("42.00")
    assert choices.installed[0].term_ends == date(2027, 11, 20)
    assert choices.difference is not None
    assert choices.difference.lines[0].monthly_before == Decimal("19.00")
    assert choices.difference.next_bill is not None
    assert choices.difference.next_bill.credit == Decimal("6.97")
    assert choices.repair is not None
    assert choices.repair.dropped[0].id == "F04"
    assert choices.forms["M03#1"][0].open == ("25", "50")


def test_a_server_that_knows_no_changes_leaves_them_empty(server: Server, client: Client) -> None:
    server.says({"offers": []})
    choices = client.desk.choices({"picks": {}})
    assert choices == Choices()
    assert choices.difference is None


def test_what_would_open_an_offer_is_asked_for_that_offer(server: Server, client: Client) -> None:
    server.says(
        {
            "offer": "T02",
            "name": "Lanternview Plus",
            "reasons": [{"rule": "R72", "text": "TV runs over our broadband."}],
            "opener": {
                "text": "Check the customer's identity.",
                "changes": [{"fact": "idok", "value": 1, "text": "Check.", "key": "identity"}],
                "removed": [],
                "brings": [{"id": "F07", "name": "Standard router", "quantity": 1}],
            },
        }
    )
    found = client.desk.opener({"picks": {"M03": 1}}, "T02")
    assert json.loads(server.requests[-1].body) == {"picks": {"M03": 1}, "offer": "T02"}
    assert found.opener is not None
    assert found.opener.changes[0].key == "identity"
    assert found.opener.brings == (OfferCount(id="F07", name="Standard router"),)


def test_where_a_product_may_move_and_what_is_cheaper(server: Server, client: Client) -> None:
    server.says({"targets": [{"id": "M04", "name": "Skarv Unlimited", "difference": "8.00"}]})
    found = client.desk.targets({"customerId": "KF-1"}, "a1")
    assert found.targets[0].difference == Decimal("8.00")
    server.says({"moves": {"a1": "M02"}, "saves": "6.00", "proved": True})
    cheaper = client.desk.repackage({"customerId": "KF-1"})
    assert cheaper is not None
    assert cheaper.moves == {"a1": "M02"}
    server.says(None)
    assert client.desk.repackage({"customerId": "KF-1"}) is None


def test_interest_is_noted_for_an_address(server: Server, client: Client) -> None:
    server.says({"id": "i1", "offer": "F02", "name": "Edda Marrowby", "messageId": "m1"}, 201)
    noted = client.desk.register_interest(
        address_id="A-1", offer="F02", name="Edda Marrowby", email="edda@example.com"
    )
    assert noted.message_id == "m1"
    sent = json.loads(server.requests[-1].body)
    assert sent["addressId"] == "A-1"
    assert sent["customerId"] is None
