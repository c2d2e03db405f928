"""Messages that take a letter along wait until the letter is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backend.creation.correspondence import MOST_TRIES, SEND, Correspondence
from backend.jobs import Jobs
from backend.ordering import rules as ordering
from backend.rest.resource import Context
from tests.backend.creation.conftest import Desk, command, item
from tests.support.backend import RunningBackend

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LINE = (item("1", "M03"), item("2", "M11", line="1"))
MESSAGE = {"to": "customer", "subject": "Yours", "content": "Look.", "attachments": ["LT01"]}


@pytest.fixture
def made(desk: Desk) -> dict[str, Any]:
    """An order whose message waits for its confirmation letter."""
    place = desk.get("/desk-api/v1/address?q=QX4 7TR 14")["addresses"][0]
    return desk.made(command(*LINE, addressId=place["id"], messages=[MESSAGE]))


@pytest.fixture
def correspondence(running: RunningBackend) -> Correspondence:
    parts = running.application.parts
    return Correspondence(
        parts.database, Jobs(), parts.notices, parts.notices.stationery.houses(), lambda: NOW
    )


def waiting(desk: Desk, made: dict[str, Any]) -> list[Any]:
    query = sa.text("SELECT * FROM creation_message WHERE order_id = :id")
    with desk.backend.database.read() as connection:
        return list(connection.execute(query, {"id": made["orderId"]}))


def messages(desk: Desk, made: dict[str, Any]) -> list[dict[str, Any]]:
    path = "/tmf-api/communicationManagement/v4/communicationMessage"
    found: list[dict[str, Any]] = desk.get(f"{path}?customerId={made['customerId']}")
    return [one for one in found if one.get("subject") == "Yours"]


def promised(desk: Desk) -> int:
    query = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name")
    with desk.backend.database.read() as connection:
        return int(connection.scalar(query, {"name": SEND}) or 0)


def test_it_waits_for_its_letter_and_goes_once(
    desk: Desk, made: dict[str, Any], correspondence: Correspondence
) -> None:
    (row,) = waiting(desk, made)
    before = promised(desk)
    correspondence.send(row.command_id, row.position, 1)
    assert messages(desk, made) == []
    assert promised(desk) == before + 1  # it comes back by itself
    parts = desk.backend.application.parts
    with parts.database.begin() as connection:
        caller = parts.access.caller(desk.backend.token("agent"))
        context = Context(connection, caller, NOW + timedelta(seconds=5), "test")
        order = ordering.find(context, made["orderId"])
        parts.notices.letter(
            context, "LT01", made["customerId"], key=f"confirm:{order['id']}", order=order
        )
    for attempt in (2, 3):
        correspondence.send(row.command_id, row.position, attempt)
    (message,) = messages(desk, made)
    assert len(message["attachment"]) == 1
    assert waiting(desk, made) == []


def test_at_last_it_goes_without(
    desk: Desk, made: dict[str, Any], correspondence: Correspondence
) -> None:
    (row,) = waiting(desk, made)
    correspondence.send(row.command_id, row.position, MOST_TRIES)
    (message,) = messages(desk, made)
    assert message.get("attachment", []) == []
    assert waiting(desk, made) == []
