"""One command makes customer, account and order: whole, once, or not at all."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from backend.access.passwords import Passwords
from tests.backend.creation.conftest import Desk, command, item, person
from tests.support.tmf import assert_conforms

MOBILE = (item("1", "M03", userName="Edda"), item("2", "M11", line="1"))


def test_customer_account_and_order_are_there_at_once(desk: Desk) -> None:
    made = desk.made(command(*MOBILE))
    customer = desk.get(f"/tmf-api/customerManagement/v4/customer/{made['customerId']}")
    account = desk.get(f"/tmf-api/accountManagement/v4/billingAccount/{made['accountId']}")
    order = desk.get(f"/tmf-api/productOrderingManagement/v4/productOrder/{made['orderId']}")
    assert customer["name"] == "Edda Marrowby"
    assert customer["account"][0]["id"] == account["id"]
    assert order["orderNumber"] == made["orderNumber"]
    assert order["state"] == "acknowledged"
    assert order["agreement"][0]["name"] == "Terms 12, voice"
    assert order["channel"][0]["id"] == "CALL"
    assert_conforms(622, "ProductOrder", order)
    (product,) = [
        one
        for one in desk.get(f"/tmf-api/productInventory/v4/product?customerId={made['customerId']}")
        if one["productOffering"]["id"] == "M03"
    ]
    assert product["billingAccount"]["id"] == made["accountId"]
    assert_conforms(637, "Product", product)


def test_only_an_account_can_be_created(desk: Desk) -> None:
    made = desk.made(command())
    assert made["accountId"].startswith("KA-")
    assert made["orderId"] is None
    assert made["orderNumber"] is None


def test_an_existing_customer_orders_on_the_account_there_is(desk: Desk) -> None:
    first = desk.made(command())
    owner = {"id": first["customerId"]}
    second = desk.made(command(*MOBILE, customer=owner, billingAccount=None))
    assert second["customerId"] == first["customerId"]
    assert second["accountId"] == first["accountId"]
    assert second["orderNumber"].startswith("KO-")


def test_a_replay_answers_the_same_and_does_nothing(desk: Desk) -> None:
    body, identity = command(*MOBILE), str(uuid4())
    first = desk.send(body, identity)
    before = desk.rows()
    again = desk.send(body, identity)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.content == first.content
    assert desk.rows() == before


def test_another_body_under_the_same_id_is_refused(desk: Desk) -> None:
    identity = str(uuid4())
    desk.send(command(), identity)
    answer = desk.send(command(customer=person("Torvald")), identity)
    assert answer.status_code == 422
    assert answer.json()["code"] == "commandReused"


def test_twins_that_arrive_together_make_one(desk: Desk) -> None:
    body, identity = command(*MOBILE), str(uuid4())
    before = desk.rows()
    desk.backend.token("agent")
    answers: list[Any] = []
    twins = [
        threading.Thread(target=lambda: answers.append(desk.send(body, identity))) for _ in range(6)
    ]
    for twin in twins:
        twin.start()
    for twin in twins:
        twin.join()
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.content for answer in answers}) == 1
    after = desk.rows()
    assert after["customer"] - before["customer"] == 1
    assert after["product_order"] - before["product_order"] == 1
    assert after["product"] - before["product"] == 2


def test_the_pin_is_kept_only_as_a_hash(desk: Desk) -> None:
    made = desk.made(command(customer=person(pin="471108")))
    query = sa.text("SELECT hash FROM customer_pin WHERE customer_id = :id")
    with desk.backend.database.read() as connection:
        kept = connection.scalar(query, {"id": made["customerId"]})
        everywhere = connection.scalars(
            sa.text(
                "SELECT document::text FROM customer UNION ALL SELECT document::text FROM event"
            )
        )
        assert not [text for text in everywhere if "471108" in text]
    assert str(kept).startswith("$argon2id$")
    assert Passwords().matches(kept, "471108")


def test_held_numbers_become_the_lines_own(desk: Desk) -> None:
    held = desk.hold("07700900471", "07700900473")
    line = item("1", "M03", telephoneNumber="07700900471")
    made = desk.made(command(line, item("2", "M11", line="1"), reservations=[held]))
    numbers = {
        each["id"]: each["state"]
        for each in desk.get("/desk-api/v1/numbers?type=mobile&prefix=0770090047&limit=50")[
            "numbers"
        ]
    }
    assert "07700900471" not in numbers  # in use
    assert numbers["07700900473"] == "available"  # held for nothing, so given back
    order = desk.get(f"/tmf-api/productOrderingManagement/v4/productOrder/{made['orderId']}")
    settings = order["productOrderItem"][0]["product"]["productCharacteristic"]
    assert {"name": "telephoneNumber", "value": "07700900471", "valueType": "string"} in settings


def test_a_number_taken_meanwhile_is_a_conflict_with_the_nearest_free_one(desk: Desk) -> None:
    line = item("1", "M02", telephoneNumber="07700900611")
    desk.made(command(line, item("2", "M11", line="1")))
    before = desk.rows()
    answer = desk.send(command(line, item("2", "M11", line="1")))
    assert answer.status_code == 409
    assert answer.json()["code"] == "numberTaken"
    assert answer.json()["alternative"].startswith("07700900")
    assert desk.rows() == before


def test_the_address_goes_to_the_customer_and_to_what_is_installed(desk: Desk) -> None:
    (place,) = desk.get("/desk-api/v1/address?q=QX4 7TR 14")["addresses"][:1]
    fibre = [item(str(n), code) for n, code in enumerate(("F01", "F07", "F13"), 1)]
    made = desk.made(command(*fibre, addressId=place["id"]))
    order = desk.get(f"/tmf-api/productOrderingManagement/v4/productOrder/{made['orderId']}")
    assert order["productOrderItem"][0]["product"]["place"][0]["id"] == place["id"]
    customer = desk.get(f"/tmf-api/customerManagement/v4/customer/{made['customerId']}")
    noted = {each["name"]: each["value"] for each in customer["characteristic"]}
    assert noted["addressId"] == place["id"]
    assert noted["creditClass"] in "ABCD"
    postal = [one for one in customer["contactMedium"] if one["mediumType"] == "postalAddress"]
    assert postal[0]["characteristic"]["postCode"] == "QX4 7TR"


def test_messages_are_queued_with_the_order(desk: Desk) -> None:
    message = {
        "to": "customer",
        "subject": "Welcome",
        "content": "Good morning.",
        "attachments": [],
    }
    partner = {**message, "to": "reseller"}
    before = desk.rows()
    made = desk.made(command(*MOBILE, messages=[message, partner]))
    assert desk.rows()["communication_message"] - before["communication_message"] == 2
    found = desk.get(
        f"/tmf-api/communicationManagement/v4/communicationMessage?customerId={made['customerId']}"
    )
    receivers = {one["receiver"][0]["email"] for one in found}
    assert "edda.marrowby@example.com" in receivers
    assert len(receivers) == 2


def test_waived_warnings_are_noted_on_the_order(desk: Desk) -> None:
    waived = [{"code": "noEmail", "reason": "She has none"}]
    made = desk.made(command(*MOBILE, waivers=waived))
    order = desk.get(f"/tmf-api/productOrderingManagement/v4/productOrder/{made['orderId']}")
    assert order["note"][0]["text"] == "Went on in spite of noEmail: She has none"


WRONG: list[tuple[str, dict[str, Any], int, str]] = [
    ("no party", {"customer": {"customer": {"name": "Edda"}}}, 400, "customer.party"),
    (
        "no family name",
        {"customer": person() | {"party": {"@type": "Individual", "givenName": "Edda"}}},
        400,
        "customer.party.familyName",
    ),
    ("a PIN of letters", {"customer": person(pin="abcd")}, 400, "customer.pin"),
    ("a stranger", {"customer": {"id": "KF-9999999-0"}}, 422, "customer.id"),
    (
        "an unknown reseller",
        {
            "customer": person()
            | {"customer": {"name": "E", "relatedParty": [{"id": "R9", "role": "reseller"}]}}
        },
        422,
        "customer.customer.relatedParty",
    ),
    ("an unknown address", {"addressId": "A-nowhere"}, 422, "addressId"),
    ("a stranger's account", {"billingAccount": {"id": "KA-0000000-0"}}, 422, "billingAccount"),
    ("picks that differ", {"picks": {"M03": 2, "M11": 1}}, 422, "picks"),
    ("no agreement", {"agreement": None}, 422, "agreement"),
    ("an unlawful price list", {"priceList": "PL-STF-26"}, 422, "order.priceList"),
    ("an unknown attribute", {"colour": "blue"}, 400, "colour"),
    (
        "a message to nobody",
        {"messages": [{"to": "nobody", "subject": "x", "content": "x", "attachments": []}]},
        422,
        "messages.0",
    ),
]


@pytest.mark.parametrize(
    ("change", "status", "path"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG]
)
def test_what_is_refused_leaves_nothing_and_names_the_field(
    desk: Desk, change: dict[str, Any], status: int, path: str
) -> None:
    before = desk.rows()
    answer = desk.send(command(*MOBILE) | change)
    assert answer.status_code == status, answer.text
    paths = [field["path"] for field in answer.json()["fields"]]
    assert any(one.startswith(path) for one in paths), paths
    assert desk.rows() == before


def test_a_broken_rule_is_said_in_the_catalogues_words(desk: Desk) -> None:
    answer = desk.send(command(item("1", "M03")))
    assert answer.status_code == 422
    assert "exactly one SIM" in answer.json()["reason"]
    assert "R59" in answer.json()["message"]
    assert answer.json()["fields"][0]["path"] == "order.productOrderItem.0.productOffering"


def test_an_id_that_is_no_uuid_is_refused(desk: Desk) -> None:
    assert desk.send(command(), "seven").status_code == 400


def test_who_may_not_create_is_refused(desk: Desk) -> None:
    auditor = Desk(desk.backend, "auditor")
    assert auditor.send(command()).status_code == 403


def test_the_terms_carry_the_hash_of_their_text(desk: Desk) -> None:
    terms = desk.get("/desk-api/v1/terms")
    assert (terms["version"], terms["validFrom"]) == ("12", "2026-10-01")
    agreed = command(*MOBILE)
    agreed["agreement"] |= {"termsHash": terms["hash"]}
    made = desk.made(agreed)
    query = sa.text("SELECT of_terms_in_force FROM agreement_given WHERE customer_id = :id")
    with desk.backend.database.read() as connection:
        assert connection.scalar(query, {"id": made["customerId"]}) is True
