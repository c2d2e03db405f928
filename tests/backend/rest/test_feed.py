"""Events arrive in the order of their commits, none left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from backend.database import Database
from backend.party import rules as party
from backend.rest.events import forget_before
from backend.rest.feed import START, Happened, Position, after, known, newest
from backend.rest.resource import Context
from tests.support.rest import AGENT, RESELLER, STRANGER

EDDA = {"givenName": "Edda", "familyName": "Marrowby"}


def create(connection: sa.Connection, identity: str) -> None:
    context = Context(connection, AGENT, datetime.now(UTC), "test")
    party.create_individual(context, EDDA, identity=identity)


def read(database: Database, position: Position) -> list[Happened]:
    with database.read() as connection:
        return after(connection, position)


def test_a_slow_transaction_is_not_overtaken(database: Database) -> None:
    with database.begin() as slow:
        create(slow, "slow")
        with database.begin() as quick:
            create(quick, "quick")
        assert read(database, START) == []  # the quick one waits: it stands behind
    found = read(database, START)
    assert ["slow" in found[0].body, "quick" in found[1].body] == [True, True]


def test_going_on_from_any_event_misses_nothing(database: Database) -> None:
    for number in range(4):
        with database.begin() as connection:
            create(connection, f"p{number}")
            create(connection, f"q{number}")
    everything = read(database, START)
    assert len(everything) == 8
    for index, event in enumerate(everything):
        assert read(database, event.position) == everything[index + 1 :]
    with database.read() as connection:
        assert newest(connection) == everything[-1].position


def test_a_rolled_back_change_never_happened(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.begin() as connection:
        create(connection, "gone")
        _ = 1 / 0
    assert read(database, START) == []


def test_a_forgotten_event_is_no_place_to_go_on_from(database: Database) -> None:
    with database.begin() as connection:
        create(connection, "old")
    (event,) = read(database, START)
    with database.begin() as connection:
        assert known(connection, event.position)
        assert known(connection, START)
        assert forget_before(connection, datetime.now(UTC) - timedelta(days=1), 10) == 0
        assert forget_before(connection, datetime.now(UTC) + timedelta(days=1), 10) == 1
        assert not known(connection, event.position)


@pytest.mark.parametrize("text", ["", "-", "1", "1-", "-1-2", "1-2-3", "a-b", "1-²", f"{2**63}-1"])
def test_only_what_was_written_is_a_position(text: str) -> None:
    assert Position.parse(text) is None
    assert Position.parse(str(Position(7, 12))) == Position(7, 12)


@pytest.mark.parametrize(
    ("reseller", "agent", "reseller_sees"),
    [(None, True, True), ("R1", True, True), ("R2", True, False), ("", True, False)],
)
def test_events_are_seen_by_whom_they_concern(
    reseller: str | None, *, agent: bool, reseller_sees: bool
) -> None:
    event = Happened(Position(1, 1), "customer.read", reseller, "{}")
    assert event.visible_to(AGENT) is agent
    assert event.visible_to(RESELLER) is reseller_sees
    assert not event.visible_to(STRANGER)
