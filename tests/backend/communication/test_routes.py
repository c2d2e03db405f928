"""TMF681 over HTTP: agents write, see what became of it, and may take it back in time."""

from __future__ import annotations

from typing import Any

import pytest

from backend.document import rules as document
from backend.document.papers import Paper
from backend.document.rules import Filing
from backend.rest.resource import Document
from tests.support.post import EDDA, READER, RESELLER, START, Post
from tests.support.rest import STRANGER, Api
from tests.support.tmf import assert_conforms

NOBODY: Document = {"id": "KF-9", "@referredType": "Customer"}
MOBILE: list[Document] = [{"phoneNumber": "07700 900471"}]
PATH = "/tmf-api/communicationManagement/v4/communicationMessage"


def to(customer_id: str, **more: Any) -> Document:
    return {
        "messageType": "Email",
        "subject": "Your engineer",
        "content": "Dear Edda Marrowby, the engineer comes on Tuesday.",
        "sender": {"name": "A friend", "email": "friend@example.com"},
        "receiver": [
            {
                "name": "Edda Marrowby",
                "email": "edda.marrowby@example.com",
                "party": {"id": customer_id, "@referredType": "Customer"},
            }
        ],
        **more,
    }


def archived(post: Post, customer_id: str) -> str:
    filing = Filing(
        name="Order confirmation",
        document_type="LT01",
        paper=Paper(b"%PDF-", document.PDF, "LT01"),
        customer_id=customer_id,
        kept_until=START.date(),
    )
    with post.context() as context:
        return str(document.archive(context, filing)["id"])


def fact(message: Document, name: str) -> Any:
    found = (one["value"] for one in message["characteristic"] if one["name"] == name)
    return next(found, None)


def test_an_agents_message_is_promised_and_sent_in_the_operators_name(
    post: Post, desk: Api
) -> None:
    edda = post.customer(*EDDA)
    letter = archived(post, edda)
    made = desk.made(PATH, to(edda, attachment=[{"id": letter}]))
    assert_conforms(681, "CommunicationMessage", made)
    assert (made["state"], made["tryTimes"]) == ("initial", 0)
    assert made["sender"]["email"] == "service@kestrelfjord.example.com"
    assert made["receiver"][0]["party"]["name"] == "Edda Marrowby"
    assert made["attachment"][0]["url"] == f"/desk-api/v1/document/{letter}/content"
    assert fact(made, "sentBy") == "Maren Tindlewick"
    assert [message for message, _at in post.waiting()] == [made["id"]]
    post.delivery.send(made["id"])
    sent = desk.get(f"{PATH}/{made['id']}").json()
    assert_conforms(681, "CommunicationMessage", sent)
    assert (sent["state"], sent["tryTimes"]) == ("completed", 1)
    assert post.basket.taken[0].enclosures[0].data == b"%PDF-"


def test_messages_are_listed_by_customer_and_state(post: Post, desk: Api) -> None:
    edda, torvald = post.customer(*EDDA), post.customer(*EDDA, name="Torvald Ashgrove")
    made = desk.made(PATH, to(edda))
    other = to(torvald, messageType="Letter", attachment=[{"id": archived(post, torvald)}])
    desk.made(PATH, other)
    for query in (f"receiver.party.id={edda}", f"customerId={edda}", "messageType=Email"):
        assert [one["id"] for one in desk.get(f"{PATH}?{query}").json()] == [made["id"]]
    assert desk.get(f"{PATH}?state=initial&sort=-scheduledSendTime").headers["x-total-count"] == "2"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"messageType": "Fax"}, "noAddress"),
        ({"receiver": [{"name": "Edda"}]}, "noAddress"),
        ({"subject": None}, "incomplete"),
        ({"messageType": "Letter"}, "incomplete"),
        ({"attachment": [{"content": "JVBERi0="}]}, "incomplete"),
        ({"attachment": [{"id": "nobody"}]}, "danglingReference"),
        ({"receiver": [{"email": "a@b.example.com", "party": NOBODY}]}, "danglingReference"),
        ({"state": "completed"}, "illegalState"),
        ({"messageType": "SMS", "receiver": MOBILE, "content": "a" * 919}, "incomplete"),
        ({"messageType": "SMS", "receiver": MOBILE, "content": "ł" * 403}, "incomplete"),
    ],
)
def test_what_can_not_be_sent_is_refused_in_words(
    post: Post, desk: Api, change: Document, code: str
) -> None:
    answer = desk.post(PATH, to(post.customer(*EDDA)) | change)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert post.waiting() == []


@pytest.mark.parametrize("name", ["sentBy", "failureReason"])
def test_nobody_writes_what_only_the_server_knows(post: Post, desk: Api, name: str) -> None:
    forged = to(post.customer(*EDDA), characteristic=[{"name": name, "value": "somebody"}])
    assert desk.post(PATH, forged).status_code == 400
    assert desk.post(PATH, to(post.customer(*EDDA)) | {"tryTimes": 9}).status_code == 400


def test_nobody_is_sent_another_customers_letter(post: Post, desk: Api) -> None:
    edda, torvald = post.customer(*EDDA), post.customer(*EDDA, name="Torvald Ashgrove")
    wrong = to(edda, attachment=[{"id": archived(post, torvald)}])
    assert desk.post(PATH, wrong).json()["code"] == "otherCustomer"
    nobodys = to(edda, attachment=[{"id": archived(post, torvald)}])
    nobodys["receiver"] = [{"email": "partner@example.com"}]
    assert desk.post(PATH, nobodys).json()["code"] == "otherCustomer"


def test_a_message_may_be_taken_back_until_it_has_left(post: Post, desk: Api) -> None:
    edda = post.customer(*EDDA)
    first, second = desk.made(PATH, to(edda)), desk.made(PATH, to(edda))
    assert desk.patch(f"{PATH}/{first['id']}", {"state": "cancelled"}).status_code == 200
    post.delivery.send(first["id"])
    assert post.basket.taken == []
    post.delivery.send(second["id"])
    late = desk.patch(f"{PATH}/{second['id']}", {"state": "cancelled"})
    assert late.status_code == 422


def test_a_message_may_be_put_off_and_corrected(post: Post, desk: Api) -> None:
    made = desk.made(PATH, to(post.customer(*EDDA)))
    path = f"{PATH}/{made['id']}"
    put_off = {"scheduledSendTime": "2026-11-21T08:00:00Z", "content": "On Wednesday."}
    assert desk.patch(path, put_off).status_code == 200
    post.delivery.send(made["id"])
    assert post.basket.taken == []
    assert [one for one, _at in post.waiting()] == [made["id"], made["id"]]
    forbidden: list[Document] = [
        {"state": "completed"},
        {"receiver": [{"email": "other@example.com"}]},
        {"characteristic": []},
    ]
    for change in forbidden:
        assert desk.patch(path, change).status_code in {400, 422}


def test_a_reseller_writes_to_its_own_customers_only(post: Post, desk: Api) -> None:
    theirs, others = post.customer(*EDDA, reseller="R1"), post.customer(*EDDA)
    reseller = desk.as_caller(RESELLER)
    made = reseller.made(PATH, to(theirs))
    assert made["sender"]["name"] == "Brackenholt Mobile"
    assert reseller.post(PATH, to(others)).json()["code"] == "danglingReference"
    nobody = to(theirs) | {"receiver": [{"email": "partner@example.com"}]}
    assert reseller.post(PATH, nobody).status_code == 422
    hidden = desk.made(PATH, to(others))
    assert reseller.get(f"{PATH}/{hidden['id']}").status_code == 404
    assert [one["id"] for one in reseller.get(PATH).json()] == [made["id"]]


def test_sending_and_reading_need_their_rights(post: Post, desk: Api) -> None:
    wanted = to(post.customer(*EDDA))
    assert desk.as_caller(READER).get(PATH).status_code == 200
    assert desk.as_caller(READER).post(PATH, wanted).status_code == 403
    assert desk.as_caller(STRANGER).get(PATH).status_code == 403
    assert desk.call("DELETE", f"{PATH}/{desk.made(PATH, wanted)['id']}").status_code == 405
