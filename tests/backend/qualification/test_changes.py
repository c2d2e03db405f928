"""A change of what a customer has, asked over the real API of the demo operator."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support.backend import RunningBackend

CHOICES = "/desk-api/v1/choices"
EDDA = "KF-0041873-6"


def ask(backend: RunningBackend, path: str = "", user: str = "agent", **question: Any) -> Any:
    answer = backend.call("POST", CHOICES + path, user, json={"customerId": EDDA, **question})
    assert answer.status_code == 200, answer.text
    return answer.json()


def product(answer: dict[str, Any], offer: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in answer["installed"] if each["offer"] == offer)
    return found


def test_products_stand_with_number_place_price_and_term(
    shared_demo: RunningBackend,
) -> None:
    answer = ask(shared_demo)
    line = product(answer, "M03")
    assert (line["number"], line["monthly"], line["status"]) == ("07700 900471", "19.00", "active")
    assert (line["term"], line["termEnds"][:4]) == (24, "2028")
    assert Decimal(line["exitFee"]) > 0
    assert product(answer, "F02")["place"].startswith("14 Pebblewick Rise")
    assert not line["ends"]
    assert (line["mayEnd"], line["mayMove"]) == (True, True)
    assert answer["repair"] is None
    assert {each["change"] for each in answer["difference"]["lines"]} == {"keep"}


def test_a_move_an_end_and_an_addition_come_to_a_new_sum(shared_demo: RunningBackend) -> None:
    now = ask(shared_demo)
    line, kids = product(now, "M03")["productId"], product(now, "C03")["productId"]
    answer = ask(shared_demo, moves={line: "M04"}, ends=[kids], picks={"M15": 1})
    difference = answer["difference"]
    changes = {each["change"]: each for each in difference["lines"] if each["change"] != "keep"}
    assert (changes["move"]["was"], changes["move"]["offer"]) == ("Skarv 100 (100 GB, 5G)", "M04")
    assert (changes["end"]["monthlyBefore"], changes["end"]["monthlyAfter"]) == ("5.00", "0.00")
    rise = Decimal(difference["monthlyAfter"]) - Decimal(difference["monthlyBefore"])
    assert rise == Decimal("27.00") - Decimal("19.00") - Decimal("5.00") + Decimal("6.00")
    assert product(answer, "M03")["movesTo"] == "M04"
    assert product(answer, "C03")["ends"]
    assert answer["missing"] == []
    keys = [key for key in answer["forms"] if key.startswith("p:")]
    assert keys == [f"p:{line}"]


def test_the_next_bill_gives_back_what_was_paid_ahead(shared_demo: RunningBackend) -> None:
    now = ask(shared_demo)
    kids = product(now, "C03")["productId"]
    difference = ask(shared_demo, ends=[kids])["difference"]
    bill = difference["nextBill"]
    left = bill["days"] - 1  # the day it ends is paid for
    credit = (Decimal("5.00") * left / bill["daysOfMonth"]).quantize(Decimal("0.01"))
    assert Decimal(bill["credit"]) == credit
    assert bill["monthAhead"] == difference["monthlyAfter"]
    assert Decimal(bill["total"]["gross"]) == Decimal(bill["monthAhead"]) - credit


def test_a_saving_says_what_it_is_given_for(shared_demo: RunningBackend) -> None:
    now = ask(shared_demo)
    trio = product(now, "X02")["productId"]
    answer = ask(shared_demo, ends=[trio], picks={"X01": 1})
    (saving,) = answer["savings"]
    assert saving["of"] == ["Glimt 500", "Lanternview Plus (72 channels)"]


def test_targets_name_the_difference_and_what_is_lost(shared_demo: RunningBackend) -> None:
    line = product(ask(shared_demo), "T02")["productId"]
    found = {each["id"]: each for each in ask(shared_demo, "/targets", productId=line)["targets"]}
    assert found["T03"]["difference"] == "11.00"
    assert found["T01"]["lost"] == ["Trio saving (fibre + TV + mobile)"]
    assert len(found["T01"]["ends"]) == 1


def test_the_cheapest_package_can_be_taken_as_it_is(shared_demo: RunningBackend) -> None:
    trio = product(ask(shared_demo), "X02")["productId"]
    package = ask(shared_demo, "/repackage", ends=[trio])
    taken = ask(shared_demo, moves=package["moves"], ends=package["ends"], picks=package["picks"])
    assert taken["difference"]["monthlyAfter"] == package["monthlyAfter"]
    assert (taken["missing"], taken["repair"]) == ([], None)


def test_what_is_closed_says_what_opens_it(shared_demo: RunningBackend) -> None:
    found = ask(shared_demo, "/opener", offer="X05")
    assert found["reasons"]
    assert found["opener"] is None or found["opener"]["text"]
    known = ask(shared_demo, "/opener", offer="F04", picks={})
    assert known["offer"] == "F04"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"customerId": None, "ends": ["x"]}, "needsCustomer"),
        ({"customerId": None, "moves": {"x": "M04"}}, "needsCustomer"),
        ({"ends": ["x"]}, "unknownProduct"),
        ({"moves": {"x": "M04"}}, "unknownProduct"),
    ],
)
def test_what_cannot_be_changed_is_refused(
    shared_demo: RunningBackend, question: dict[str, Any], code: str
) -> None:
    answer = shared_demo.call("POST", CHOICES, json={"customerId": EDDA, **question})
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_nobody_moves_to_what_there_is_not(shared_demo: RunningBackend) -> None:
    line = product(ask(shared_demo), "M03")["productId"]
    for question, code in (
        ({"moves": {line: "Z9"}}, "unknownOffer"),
        ({"moves": {line: "M04"}, "ends": [line]}, "endsAndMoves"),
    ):
        answer = shared_demo.call("POST", CHOICES, json={"customerId": EDDA, **question})
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    gone = shared_demo.call(
        "POST", f"{CHOICES}/targets", json={"customerId": EDDA, "productId": "x"}
    )
    assert gone.status_code == 422


def test_every_demo_customer_can_be_changed(shared_demo: RunningBackend) -> None:
    """Whatever he has: nothing is missing before something is asked for."""
    rows = shared_demo.call("GET", "/desk-api/v1/directory?limit=60").json()["rows"]
    for row in rows[::4]:
        answer = ask(shared_demo, customerId=row["customerId"])
        assert (answer["missing"], answer["repair"]) == ([], None), row["name"]
        before = answer["difference"]["monthlyBefore"]
        assert before == answer["difference"]["monthlyAfter"]
