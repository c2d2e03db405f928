"""Notices: written from what is known, archived, sent, and given once."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from typing import Any

import pypdf
import pytest

from backend.document import rules as document
from backend.document.rules import characteristic
from backend.rest.errors import NotFound, Refused
from backend.rest.resource import Document
from letters import Row
from tests.support.post import EDDA, HOME, Post

ORDER: Document = {
    "id": "0f7a",
    "href": "/tmf-api/productOrderingManagement/v4/productOrder/0f7a",
    "orderNumber": "KO-0093317-4",
    "orderDate": "2026-11-17T09:00:00Z",
    "expectedCompletionDate": "2026-11-25T00:00:00Z",
    "productOrderItem": [
        {
            "id": "1",
            "action": "add",
            "quantity": 1,
            "productOffering": {"id": "M03", "name": "Skarv 100 (100 GB, 5G)"},
            "product": {
                "productCharacteristic": [{"name": "telephoneNumber", "value": "07700900477"}]
            },
            "itemTerm": [{"duration": {"amount": 24, "units": "month"}}],
            "itemPrice": [
                {
                    "priceType": "recurring",
                    "price": {
                        "taxIncludedAmount": {"unit": "GBP", "value": "19.00"},
                        "dutyFreeAmount": {"unit": "GBP", "value": "15.83"},
                    },
                }
            ],
        },
        {
            "id": "2",
            "action": "add",
            "quantity": 2,
            "productOffering": {"id": "X09", "name": "Mesh pod"},
            "itemPrice": [{"priceType": "oneTime", "price": {"taxIncludedAmount": {"value": 4.5}}}],
        },
        {"id": "3", "action": "delete", "productOffering": {"id": "M01", "name": "Skarv 5"}},
    ],
}


def words(data: bytes) -> str:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def given(post: Post, letter_id: str, customer_id: str, **more: Any) -> str:
    with post.context() as context:
        more = {"key": "step-1", "order": ORDER, **more}
        return post.notices.letter(context, letter_id, customer_id, **more)


def archived(post: Post, identity: str) -> tuple[Document, bytes]:
    with post.context() as context:
        return document.find(context, identity), document.content(context, identity).data


def messages(post: Post, customer_id: str) -> list[Document]:
    with post.context() as context:
        return post.messages.of_customer(context, customer_id)


def test_an_order_confirmation_is_written_from_the_customer_and_the_order(post: Post) -> None:
    edda = post.customer(*EDDA)
    steps = [Row("Your SIM card is on its way", date(2026, 11, 21))]
    found, data = archived(post, given(post, "LT01", edda, rows={"steps": steps}))
    text = words(data)
    for expected in (
        "Edda Marrowby 14 Pebblewick Rise Norsby-on-Tarn QX4 7TR",
        "KO-0093317-4",
        "Skarv 100 (100 GB, 5G) £19.00 a month",
        "2 × Mesh pod £9.00 once",
        "Together £19.00 a month and £9.00 once",
        "Wednesday 25 November 2026",
        "without a reason until Tuesday 1 December 2026",
        "1 Your SIM card is on its way 21 November 2026",
        f"Customer {edda}",
    ):
        assert expected in text
    assert found["documentType"] == "LT01"
    assert found["relatedEntity"]["id"] == ORDER["id"]
    assert found["relatedEntity"]["name"] == "KO-0093317-4"
    assert found["relatedParty"][0]["id"] == edda
    assert found["version"] == "3"
    assert characteristic(found, "sha256") == hashlib.sha256(data).hexdigest()
    assert characteristic(found, "letterNumber") in text
    assert characteristic(found, "pages") == len(pypdf.PdfReader(BytesIO(data)).pages)
    assert characteristic(found, "keptUntil") == "2032-11-20"
    assert characteristic(found, "language") == "en-GB"


def test_the_e_mail_carries_the_archived_letter(post: Post) -> None:
    edda = post.customer(*EDDA)
    letter = given(post, "LT01", edda)
    (message,) = messages(post, edda)
    assert message["messageType"] == "Email"
    assert message["subject"] == "Your order KO-0093317-4"
    assert message["sender"]["email"] == "service@kestrelfjord.example.com"
    assert message["receiver"][0]["email"] == "edda.marrowby@example.com"
    assert message["receiver"][0]["party"]["id"] == edda
    assert [one["id"] for one in message["attachment"]] == [letter]
    assert characteristic(message, "orderId") == ORDER["id"]
    post.delivery.send(message["id"])
    (sent,) = post.basket.taken
    assert sent.enclosures[0].data == archived(post, letter)[1]


def test_the_same_notice_asked_for_twice_is_given_once(post: Post) -> None:
    edda = post.customer(*EDDA)
    assert given(post, "LT01", edda) == given(post, "LT01", edda)
    assert len(messages(post, edda)) == 1
    assert given(post, "LT01", edda, key="step-2") != given(post, "LT01", edda)


def test_the_same_notice_asked_for_at_the_same_time_is_given_once(post: Post) -> None:
    edda = post.customer(*EDDA)
    with ThreadPoolExecutor(4) as workers:
        asked = [workers.submit(given, post, "LT01", edda) for _ in range(4)]
        assert len({one.result() for one in asked}) == 1
    assert len(messages(post, edda)) == 1


def test_a_notice_that_fails_leaves_nothing_and_may_be_asked_for_again(post: Post) -> None:
    edda = post.customer(*EDDA)
    with post.context() as context:
        with pytest.raises(Refused, match="needs the field sim"):
            post.notices.letter(context, "LT05", edda, key="step-1", order=ORDER)
        assert document.of_customer(context, edda) == []
    sim = {"sim.iccid": "8999001", "sim.pin": "4711"}
    assert "4711" in words(archived(post, given(post, "LT05", edda, fields=sim))[1])


def test_an_appointment_goes_by_e_mail_and_by_text(post: Post) -> None:
    edda = post.customer(*EDDA)
    visit = {
        "visit.day": date(2026, 11, 24),
        "visit.from": "08:00",
        "visit.until": "12:00",
        "visit.place": "14 Pebblewick Rise",
    }
    letter = given(post, "LT09", edda, fields=visit)
    found = {message["messageType"]: message for message in messages(post, edda)}
    assert set(found) == {"Email", "SMS"}
    assert found["SMS"]["receiver"][0]["phoneNumber"] == "+447700900471"
    assert "between 08:00 and 12:00" in found["SMS"]["content"]
    assert {characteristic(one, "documentId") for one in found.values()} == {letter}


def test_a_letter_that_is_only_a_text_is_archived_as_a_page(post: Post) -> None:
    edda = post.customer(*EDDA)
    _found, data = archived(post, given(post, "LT04", edda))
    (message,) = messages(post, edda)
    assert message["messageType"] == "SMS"
    assert message["content"] in words(data)
    assert "Skarv 100" in message["content"]


def test_who_wants_paper_or_has_no_e_mail_gets_it_by_post(post: Post) -> None:
    paper = [{"name": "paperLetters", "value": True}]
    wants = post.customer(*EDDA, characteristic=paper)
    only_address = post.customer({"mediumType": "postalAddress", "characteristic": HOME})
    given(post, "LT01", wants)
    given(post, "LT01", only_address, key="step-2")
    for each in (wants, only_address):
        assert [one["messageType"] for one in messages(post, each)] == ["Letter"]


def test_what_is_only_a_text_reaches_those_without_a_mobile_as_well(post: Post) -> None:
    _address, mail, _mobile = EDDA
    online, at_home = post.customer(mail), post.customer(EDDA[0])
    given(post, "LT04", online)
    given(post, "LT04", at_home, key="step-2")
    (by_mail,), (by_post,) = messages(post, online), messages(post, at_home)
    assert (by_mail["messageType"], by_mail["subject"]) == ("Email", "Service active")
    assert "is working now" in by_mail["content"]
    assert by_post["messageType"] == "Letter"


def test_who_wants_paper_but_has_no_address_gets_an_e_mail(post: Post) -> None:
    paper = [{"name": "paperLetters", "value": True}]
    torvald = post.customer(EDDA[1], characteristic=paper)
    given(post, "LT01", torvald)
    assert messages(post, torvald)[0]["messageType"] == "Email"


def test_a_sealed_letter_never_becomes_an_e_mail(post: Post) -> None:
    online = post.customer(EDDA[1], EDDA[2])
    with pytest.raises(Refused, match="can not reach"):
        given(post, "LT05", online, fields={"sim.iccid": "8999001", "sim.pin": "4711"})


def test_a_customer_nobody_can_reach_is_named_as_the_reason(post: Post) -> None:
    nobody = post.customer()
    with pytest.raises(Refused, match="can not reach"):
        given(post, "LT01", nobody)
    assert messages(post, nobody) == []


def test_large_print_is_printed_large(post: Post) -> None:
    large = post.customer(*EDDA, characteristic=[{"name": "largePrint", "value": "true"}])
    _found, data = archived(post, given(post, "LT01", large))
    sizes: set[float] = set()

    def seen(text: str, _cm: Any, _tm: Any, _font: Any, size: float) -> None:
        if "Thank you for your order" in text:
            sizes.add(size)

    pypdf.PdfReader(BytesIO(data)).pages[0].extract_text(visitor_text=seen)
    assert sizes == {18}


def test_a_resellers_customer_hears_from_the_reseller(post: Post) -> None:
    theirs = post.customer(*EDDA, reseller="R1")
    _found, data = archived(post, given(post, "LT01", theirs))
    assert "Brackenholt Mobile" in words(data)
    assert messages(post, theirs)[0]["sender"]["name"] == "Brackenholt Mobile"


def test_a_hostile_name_is_printed_as_it_is_and_adds_no_header(post: Post) -> None:
    name = "Jens <b Olsen\r\nBcc: all@example.com {order.number} Ærøskov"
    jens = post.customer(*EDDA, name=name)
    shown = "Jens <b Olsen Bcc: all@example.com {order.number} Ærøskov"
    assert shown in words(archived(post, given(post, "LT01", jens))[1])


def test_an_e_mail_to_somebody_else_is_still_the_customers(post: Post) -> None:
    edda = post.customer(*EDDA)
    with post.context() as context:
        made = post.notices.email(
            context,
            edda,
            key="command-1",
            subject="A new order",
            content="Edda Marrowby ordered.",
            to=("Cosmo Loomis", "cosmo@brackenholt.example.com"),
        )
    (message,) = messages(post, edda)
    assert message["id"] == made
    assert "party" not in message["receiver"][0]


def test_an_e_mail_takes_the_orders_letters_along_by_their_type(post: Post) -> None:
    edda = post.customer(*EDDA)
    words_of: dict[str, Any] = {
        "subject": "Your order",
        "content": "Attached.",
        "attachments": ["LT01"],
    }
    with post.context() as context, pytest.raises(Refused, match="no letter LT01 yet"):
        post.notices.email(context, edda, key="end", order=ORDER, **words_of)
    letter = given(post, "LT01", edda)
    with post.context() as context:
        made = post.notices.email(context, edda, key="end", order=ORDER, **words_of)
        by_id = words_of | {"attachments": [letter]}
        assert post.notices.email(context, edda, key="other", **by_id) != made
    for message in messages(post, edda):
        assert [one["id"] for one in message["attachment"]] == [letter]


def test_a_text_needs_a_mobile_number(post: Post) -> None:
    landline = {"mediumType": "phone", "characteristic": {"phoneNumber": "020 7946 0001"}}
    edda = post.customer(landline)
    with post.context() as context, pytest.raises(Refused):
        post.notices.text(context, edda, key="step-1", content="Hello")
    with post.context() as context:
        post.notices.text(context, edda, key="step-1", content="Hello", number="07700 900472")
    assert messages(post, edda)[0]["receiver"][0]["phoneNumber"] == "+447700900472"


def test_there_is_no_letter_of_that_name_or_no_such_customer(post: Post) -> None:
    edda = post.customer(*EDDA)
    with pytest.raises(Refused, match="no letter LT99"):
        given(post, "LT99", edda)
    with pytest.raises(NotFound):
        given(post, "LT01", "KF-9999999-9")
