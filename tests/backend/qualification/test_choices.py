"""What the desk is told may be chosen: exact, priced, with reasons."""

from __future__ import annotations

import random
from typing import Any

import pytest

from backend.qualification.bureau import SimulatedBureau
from tests.support.backend import RunningBackend

JORUN = {"partyType": "individual", "birthDate": "1985-04-02", "identityChecked": True}


def address(backend: RunningBackend, text: str) -> str:
    with backend.database.read() as connection:
        from backend.address import rules

        found: str = rules.complete(connection, text)[0]["id"]
    return found


def ask(backend: RunningBackend, user: str = "agent", **question: Any) -> dict[str, Any]:
    answer = backend.call(
        "POST", "/desk-api/v1/choices", user, json={"prospect": JORUN, **question}
    )
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def codes(answer: dict[str, Any]) -> set[str]:
    return {offer["id"] for offer in answer["offers"]}


def reasons(answer: dict[str, Any], code: str) -> list[str]:
    (found,) = [each for each in answer["hidden"] if each["id"] == code]
    return [reason["rule"] for reason in found["reasons"]]


def test_offers_and_hidden_ones_are_the_whole_catalogue(operator_backend: RunningBackend) -> None:
    answer = ask(operator_backend)
    hidden = {each["id"] for each in answer["hidden"]}
    assert len(codes(answer) | hidden) == 75
    assert codes(answer) & hidden == set()


def test_a_fibre_house_is_offered_fibre_and_why_not_prepaid(
    operator_backend: RunningBackend,
) -> None:
    home = address(operator_backend, "QX4 7TR 14 Pebblewick")
    answer = ask(operator_backend, addressId=home)
    assert {"F02", "T02", "M03"} <= codes(answer)
    assert reasons(answer, "P01") == ["R01"]
    assert answer["facts"]["gpon"] == 1


def test_without_an_address_nothing_fixed_is_promised(operator_backend: RunningBackend) -> None:
    answer = ask(operator_backend)
    assert not {code for code in codes(answer) if code[0] in "FDTL"}
    assert reasons(answer, "F02") == ["R25"]


def test_a_pick_names_what_is_missing_and_what_serves(operator_backend: RunningBackend) -> None:
    answer = ask(operator_backend, picks={"M03": 1})
    (missing,) = answer["missing"]
    assert (missing["rule"], missing["count"], missing["exactly"]) == ("R59", 1, True)
    assert missing["serves"] == ["M10", "M11"]
    line = next(offer for offer in answer["offers"] if offer["id"] == "M03")
    assert (line["picked"], line["most"], line["numberType"]) == (1, 6, "mobile")
    assert {each["name"] for each in line["characteristics"]} >= {"userName", "spendCap"}


def test_the_basket_has_numbers_and_totals(operator_backend: RunningBackend) -> None:
    answer = ask(operator_backend, picks={"M03": 1, "M11": 1}, numbers=["07700900477"])
    assert [item["id"] for item in answer["basket"]] == ["M03", "M11", "number:07700900477"]
    assert answer["totals"]["monthly"] == "19.00"
    assert answer["totals"]["once"] == "40.00"


def test_the_answer_has_the_first_bill_vat_and_the_best_saving(
    operator_backend: RunningBackend,
) -> None:
    home = address(operator_backend, "QX4 7TR 14 Pebblewick")
    trio = {"F02": 1, "F07": 1, "F13": 1, "T02": 1, "S02": 1, "M03": 1, "M11": 1}
    answer = ask(operator_backend, addressId=home, picks={**trio, "X01": 1})
    assert answer["totals"]["monthly"] == answer["totals"]["monthlyAmounts"]["gross"] == "74.00"
    assert [each["id"] for each in answer["savings"]] == ["X01"]
    bill = answer["bill"]
    assert (bill["monthAhead"], bill["once"]) == ("74.00", "60.00")
    assert bill["day"] == answer["totals"]["firstBill"]
    proposal = answer["proposal"]
    assert (proposal["offer"], proposal["instead"], proposal["gains"]) == ("X02", ["X01"], "5.00")


def test_a_saving_within_reach_says_what_opens_it(operator_backend: RunningBackend) -> None:
    home = address(operator_backend, "QX4 7TR 14 Pebblewick")
    answer = ask(operator_backend, addressId=home, picks={"F02": 1, "F07": 1, "F13": 1})
    opens = {each["rule"]: each["serves"] for each in answer["proposal"]["opensWith"]}
    assert opens["R88"] == ["T02", "T03"]


def test_sections_say_their_rule(operator_backend: RunningBackend) -> None:
    home = address(operator_backend, "QX4 7TR 14 Pebblewick")
    answer = ask(operator_backend, addressId=home)
    heads = {(each["family"], each["name"]): each["rule"] for each in answer["sections"]}
    assert heads["TV", "TV package"] == "one at most"
    assert heads["TV", "Main box"] == "exactly one"
    assert heads["Internet", "Router"] == "exactly one"


def test_a_reseller_sells_with_its_own_prices_and_less(operator_backend: RunningBackend) -> None:
    answer = ask(operator_backend, "reseller")
    assert answer["facts"]["channel"] == "RESELLER"
    assert reasons(answer, "X05")
    assert "X05" not in codes(answer)


def test_a_young_customer_is_not_offered_what_the_law_forbids(
    operator_backend: RunningBackend,
) -> None:
    answer = ask(operator_backend, prospect={**JORUN, "birthDate": "2010-01-01"})
    assert answer["facts"]["age"] in {"16-17", "U16"}
    assert "M03" not in codes(answer)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"picks": {"Z99": 1}}, 400),
        ({"addressId": "nowhere"}, 422),
        ({"picks": {"M03": -1}}, 400),
        ({"surprise": 1}, 400),
        ({"customerId": "KF-0000000-0"}, 404),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    operator_backend: RunningBackend, question: dict[str, Any], status: int
) -> None:
    answer = operator_backend.call(
        "POST", "/desk-api/v1/choices", json={"prospect": JORUN, **question}
    )
    assert answer.status_code == status
    assert answer.json()["reason"]


def test_whatever_is_offered_leads_to_a_whole_order(operator_backend: RunningBackend) -> None:
    """Walk at random: after each offered pick the order can still be completed."""
    dice = random.Random(7)  # noqa: S311  # picks offers, keeps no secret
    home = address(operator_backend, "QX4 7TR 14 Pebblewick")
    for _ in range(5):
        picks: dict[str, int] = {}
        for _ in range(8):
            answer = ask(operator_backend, addressId=home, picks=picks)
            open_codes = sorted(o["id"] for o in answer["offers"] if o["offerable"])
            code = dice.choice(open_codes)
            picks[code] = picks.get(code, 0) + 1
        answer = ask(operator_backend, addressId=home, picks=picks)
        assert all(each["serves"] for each in answer["missing"])


def test_the_bureau_always_says_the_same_of_the_same_person() -> None:
    bureau = SimulatedBureau()
    people = [f"Person {number}" for number in range(500)]
    classes = [bureau.credit_class(name, "1985-04-02") for name in people]
    assert classes == [bureau.credit_class(name.upper(), "1985-04-02") for name in people]
    assert set(classes) == set("ABCD")
    assert classes.count("A") > classes.count("D")
