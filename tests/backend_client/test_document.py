"""Letters and their bytes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from backend_client import BearerToken, Client, Rejected, ServerFault, Settings
from backend_client.document import Document
from backend_client.records import Attachment
from tests.backend_client.conftest import Clock
from tests.backend_client.server import Reply, Request, Server

PDF = b"%PDF-1.7 a letter"
HASH = hashlib.sha256(PDF).hexdigest()


def library(url: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "KL-1",
        "documentType": "LT01",
        "creationDate": "2026-11-20T09:00:00Z",
        "binaryAttachment": [{"url": url, "mimeType": "application/pdf"}],
        "relatedEntity": {"id": "O-1", "role": "order", "@referredType": "ProductOrder"},
        **more,
    }


def fetch(server: Server, client: Client, letter: dict[str, Any]) -> bytes:
    def answer(request: Request) -> Reply:
        if request.path.endswith("/document/KL-1"):
            return Reply.of(letter)
        return Reply(200, PDF, {"Content-Type": "application/pdf; x=1"})

    server.answering = answer
    content = client.documents.content(client.documents.get("KL-1"))
    assert content.sha256 == HASH
    assert content.mime_type == "application/pdf"
    return content.data


@pytest.mark.parametrize("place", ["/tmf-api/document/v4/document/KL-1/content?v=1", "{}/files/1"])
def test_the_bytes_are_behind_the_attachments_url(
    server: Server, client: Client, place: str
) -> None:
    assert fetch(server, client, library(place.format(server.url))) == PDF
    assert server.requests[1].headers["authorization"] == "Bearer t0"


def test_a_hash_that_the_document_carries_is_checked(server: Server, client: Client) -> None:
    good = [{"name": "sha256", "value": HASH.upper()}]
    assert fetch(server, client, library("/files/1", characteristic=good)) == PDF
    bad = [{"name": "sha256", "value": "0" * 64}]
    with pytest.raises(ServerFault, match="other bytes"):
        fetch(server, client, library("/files/1", characteristic=bad))


@pytest.mark.parametrize("url", ["https://evil.example/1", "//evil.example/1", "file:///etc/x"])
def test_no_token_goes_to_another_server(server: Server, client: Client, url: str) -> None:
    with pytest.raises(ServerFault, match="another server"):
        fetch(server, client, library(url))
    assert len(server.requests) == 1


def test_a_document_without_a_file_is_told(client: Client) -> None:
    with pytest.raises(Rejected) as caught:
        client.documents.content(Document(id="KL-1"))
    assert caught.value.not_found


def test_a_letter_may_be_larger_than_other_answers(
    server: Server, settings: Settings, clock: Clock
) -> None:
    small = replace(settings, size_cap=600, content_cap=5000)
    with Client(server.url, tokens=BearerToken("t0"), settings=small, clock=clock) as client:
        assert fetch(server, client, library("/files/1")) == PDF
        server.answering = lambda _request: Reply(200, PDF * 300)
        letter = Document(id="KL-1", binary_attachment=(Attachment(url="/files/1"),))
        with pytest.raises(ServerFault, match="too large"):
            client.documents.content(letter)


@pytest.mark.parametrize("entity", [None, {"id": "O-1"}, [{"id": "O-1"}]])
def test_what_a_letter_is_about_may_be_one_or_many(
    server: Server, client: Client, entity: object
) -> None:
    server.says(library("/f", relatedEntity=entity))
    about = client.documents.get("KL-1").about
    assert [each.id for each in about] == ([] if entity is None else ["O-1"])
