"""TMF667 over HTTP: papers come in, letters go out, and neither changes."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from backend.rest.resource import Document
from tests.support.post import EDDA, READER, RESELLER, Post
from tests.support.rest import STRANGER, Api
from tests.support.tmf import assert_conforms

PATH = "/tmf-api/document/v4/document"
SCAN = b"%PDF-1.4 a scanned mandate"


def scan(customer_id: str, **more: Any) -> Document:
    return {
        "name": "Signed mandate",
        "documentType": "mandate",
        "relatedParty": [{"id": customer_id, "role": "customer", "@referredType": "Customer"}],
        "binaryAttachment": [
            {"mimeType": "application/pdf", "content": base64.b64encode(SCAN).decode()}
        ],
        **more,
    }


def fact(document: Document, name: str) -> Any:
    return next(one["value"] for one in document["characteristic"] if one["name"] == name)


def test_a_scanned_paper_is_kept_and_served_for_ever(post: Post, desk: Api) -> None:
    edda = post.customer(*EDDA)
    made = desk.made(PATH, scan(edda))
    assert_conforms(667, "Document", made)
    (attachment,) = made["binaryAttachment"]
    assert "content" not in attachment
    assert attachment["size"] == {"amount": len(SCAN), "units": "bytes"}
    assert fact(made, "sha256") == hashlib.sha256(SCAN).hexdigest()
    assert fact(made, "keptUntil") == "2032-12-31"
    assert fact(made, "sentBy") == "Maren Tindlewick"
    served = desk.get(attachment["url"])
    assert served.content == SCAN
    assert served.headers["content-type"] == "application/pdf"
    assert served.headers["etag"] == f'"{hashlib.sha256(SCAN).hexdigest()}"'
    assert "immutable" in served.headers["cache-control"]
    assert 'filename="Signed mandate.pdf"' in served.headers["content-disposition"]


def test_who_has_the_bytes_is_not_sent_them_again(post: Post, desk: Api) -> None:
    made = desk.made(PATH, scan(post.customer(*EDDA)))
    url = made["binaryAttachment"][0]["url"]
    tag = desk.get(url).headers["etag"]
    again = desk.get(url, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert desk.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_hostile_name_stays_within_its_header(post: Post, desk: Api) -> None:
    name = 'Ærø\r\nSet-Cookie: a=b"; filename="x.exe'
    made = desk.made(PATH, scan(post.customer(*EDDA), name=name))
    assert made["name"] == name
    served = desk.get(made["binaryAttachment"][0]["url"])
    assert "set-cookie" not in served.headers
    header = served.headers["content-disposition"]
    assert header.startswith('inline; filename="_r_ Set-Cookie a=b filename= x.exe.pdf"; ')
    assert "UTF-8''%C3%86r%C3%B8%20Set-Cookie" in header


def test_documents_are_listed_by_their_customer(post: Post, desk: Api) -> None:
    edda, torvald = post.customer(*EDDA), post.customer(*EDDA, name="Torvald Ashgrove")
    made = desk.made(PATH, scan(edda))
    desk.made(PATH, scan(torvald))
    found = desk.get(f"{PATH}?relatedParty.id={edda}").json()
    assert [one["id"] for one in found] == [made["id"]]
    assert_conforms(667, "Document", found[0])
    assert (
        desk.get(f"{PATH}?documentType=mandate&sort=-creationDate").headers["x-total-count"] == "2"
    )


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"documentType": "LT01"}, 422, "lettersAreSent"),
        ({"documentType": "lt22"}, 422, "lettersAreSent"),
        ({"relatedParty": []}, 422, "customerMissing"),
        (
            {"relatedParty": [{"id": "KF-9", "role": "customer", "@referredType": "Customer"}]},
            422,
            "danglingReference",
        ),
        ({"binaryAttachment": [{"mimeType": "text/html", "content": ""}]}, 400, "invalidPaper"),
        ({"characteristic": [{"name": "sha256", "value": "00"}]}, 400, "protectedAttribute"),
        ({"creationDate": "2020-01-01T00:00:00Z"}, 400, "protectedAttribute"),
        ({"relatedEntity": {"id": "o1"}}, 400, "invalidBody"),
    ],
)
def test_what_may_not_be_filed_is_refused_in_words(
    post: Post, desk: Api, change: Document, status: int, code: str
) -> None:
    answer = desk.post(PATH, scan(post.customer(*EDDA)) | change)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"] or answer.json()["reason"]


def test_a_document_may_be_described_and_retired_but_not_changed(post: Post, desk: Api) -> None:
    made = desk.made(PATH, scan(post.customer(*EDDA)))
    path = f"{PATH}/{made['id']}"
    described = desk.patch(path, {"description": "The old one", "lifecycleState": "retired"})
    assert described.json()["lifecycleState"] == "retired"
    forbidden: list[Document] = [
        {"name": "Another"},
        {"characteristic": []},
        {"binaryAttachment": None},
    ]
    for change in forbidden:
        refused = desk.patch(path, change)
        assert (refused.status_code, refused.json()["code"]) == (422, "archived")
    assert desk.call("DELETE", path).status_code == 405
    assert desk.patch(path, {"lifecycleState": "active"}).status_code == 422


def test_a_document_without_a_paper_has_no_bytes(post: Post, desk: Api) -> None:
    wanted = scan(post.customer(*EDDA))
    del wanted["binaryAttachment"]
    made = desk.made(PATH, wanted)
    assert_conforms(667, "Document", made)
    assert desk.get(f"/desk-api/v1/document/{made['id']}/content").status_code == 404
    assert desk.get("/desk-api/v1/document/nobody%00/content").status_code == 404


def test_bytes_are_for_those_who_may_read_letters(post: Post, desk: Api) -> None:
    url = desk.made(PATH, scan(post.customer(*EDDA)))["binaryAttachment"][0]["url"]
    assert desk.as_caller(READER).get(url).status_code == 200
    assert desk.as_caller(STRANGER).get(url).status_code == 403
    assert desk.as_caller(RESELLER).get(url).status_code == 404
    assert desk.get(url, headers={"X-Caller": "nobody"}).status_code == 401
    assert desk.as_caller(READER).post(PATH, {}).status_code == 403


def test_an_upload_sent_twice_is_kept_once(post: Post, desk: Api) -> None:
    wanted, key = scan(post.customer(*EDDA)), {"Idempotency-Key": "scan-1"}
    first = desk.post(PATH, wanted, headers=key)
    again = desk.post(PATH, wanted, headers=key)
    assert first.json()["id"] == again.json()["id"]
