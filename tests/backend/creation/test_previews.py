"""What a command would bring is told by doing it and taking it back."""

from __future__ import annotations

from typing import Any

import requests

from backend.rest.resource import Document
from tests.backend.creation.conftest import Desk, command, item
from tests.support.tmf import assert_conforms

MOBILE = (item("1", "M03", userName="Edda"), item("2", "M11", line="1"))


def preview(desk: Desk, body: Document) -> requests.Response:
    return desk.backend.call("POST", "/desk-api/v1/preview", desk.user, json=body)


def test_it_tells_the_order_its_steps_and_letters_and_keeps_nothing(desk: Desk) -> None:
    before = desk.rows()
    answer = preview(desk, command(*MOBILE))
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    assert_conforms(622, "ProductOrder", told["order"])
    assert [each["productOffering"]["id"] for each in told["order"]["productOrderItem"]] == [
        "M03",
        "M11",
    ]
    assert told["steps"]
    assert {each["way"] for each in told["letters"]} <= {"email", "letter", "text"}
    assert desk.rows() == before


def test_what_it_tells_is_what_the_command_then_does(desk: Desk) -> None:
    body = command(*MOBILE)
    told = preview(desk, body).json()["order"]
    made = desk.get(
        f"/tmf-api/productOrderingManagement/v4/productOrder/{desk.made(body)['orderId']}"
    )
    assert told["orderTotalPrice"] == made["orderTotalPrice"]
    prices = [each["itemPrice"] for each in told["productOrderItem"] if "itemPrice" in each]
    assert prices == [each["itemPrice"] for each in made["productOrderItem"] if "itemPrice" in each]


def test_it_needs_no_agreement_yet(desk: Desk) -> None:
    assert preview(desk, command(*MOBILE, agreement=None)).status_code == 200


def test_it_refuses_what_the_command_would_refuse_in_the_same_words(desk: Desk) -> None:
    body = command(item("1", "M03"))  # a line without its SIM
    refused, told = desk.send(body), preview(desk, body)
    assert refused.status_code == told.status_code == 422
    assert told.json()["reason"] == refused.json()["reason"]


def test_an_account_alone_brings_no_order(desk: Desk) -> None:
    nothing: Document = {"order": None, "steps": [], "letters": [], "numbers": []}
    assert preview(desk, command()).json() == nothing


def test_who_may_not_order_is_told_so(desk: Desk) -> None:
    answer = desk.backend.call("POST", "/desk-api/v1/preview", "auditor", json=command(*MOBILE))
    assert answer.status_code == 403
