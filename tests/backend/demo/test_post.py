"""Letters of the past: there with their bytes, told as they arrived, and never sent again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from backend.access.caller import Caller
from backend.document import rules as document
from backend.rest.resource import Context
from tests.support.backend import RunningBackend
from tests.support.tmf import assert_conforms

EDDA = "KF-0041873-6"
AGENT = Caller("agent", "Maren Tindlewick", frozenset({"agent"}), frozenset(), None)


def letters(backend: RunningBackend, customer_id: str) -> list[dict[str, Any]]:
    with backend.database.read() as connection:
        context = Context(connection, AGENT, dt.datetime.now(dt.UTC), "test")
        return document.of_customer(context, customer_id)


def messages(backend: RunningBackend, **where: str) -> list[dict[str, Any]]:
    query = "SELECT document FROM communication_message"
    if where:
        query += " WHERE customer_id = :customer_id ORDER BY scheduled DESC, id"
    with backend.database.read() as connection:
        return list(connection.scalars(sa.text(query), where))


def test_edda_has_a_letter_for_each_thing_she_was_told(shared_demo: RunningBackend) -> None:
    found = letters(shared_demo, EDDA)
    assert [one["documentType"] for one in found[:3]] == ["LT09", "LT01", "LT02"]
    assert {"LT03", "LT04"} <= {one["documentType"] for one in found}
    dates = [one["creationDate"] for one in found]
    assert dates == sorted(dates, reverse=True)
    assert found[0]["relatedEntity"]["name"] == "KO-0093317-4"


def test_a_letter_is_a_whole_pdf(shared_demo: RunningBackend) -> None:
    newest = letters(shared_demo, EDDA)[0]
    url = newest["binaryAttachment"][0]["url"]
    answer = shared_demo.call("GET", url)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.rstrip().endswith(b"%%EOF")


def test_the_appointments_e_mail_came_back_and_its_text_arrived(
    shared_demo: RunningBackend,
) -> None:
    appointment = letters(shared_demo, EDDA)[0]
    told = [
        one
        for one in messages(shared_demo, customer_id=EDDA)
        if document.characteristic(one, "documentId") == appointment["id"]
    ]
    states = {one["messageType"]: one["state"] for one in told}
    assert states == {"Email": "failed", "SMS": "completed"}
    (email,) = (one for one in told if one["messageType"] == "Email")
    assert document.characteristic(email, "failureReason") == "There is no such mailbox."


def test_every_message_is_over_and_none_is_promised_to_a_job(shared_demo: RunningBackend) -> None:
    assert {one["state"] for one in messages(shared_demo)} == {"completed", "failed"}
    with shared_demo.database.read() as connection:
        promised = connection.scalar(
            sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%send%'")
        )
    assert promised == 0


@pytest.mark.parametrize(
    ("table", "api", "definition"),
    [("document", 667, "Document"), ("communication_message", 681, "CommunicationMessage")],
)
def test_letters_and_messages_keep_to_the_official_contract(
    shared_demo: RunningBackend, table: str, api: int, definition: str
) -> None:
    with shared_demo.database.read() as connection:
        found = list(connection.scalars(sa.text(f"SELECT document FROM {table}")))  # noqa: S608 - our own tables
    assert found
    for one in found:
        assert_conforms(api, definition, one)
