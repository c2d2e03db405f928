"""The outbox: commands to the server, kept on disk until the server has answered for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
import sqlalchemy as sa

from app.store import drafts
from app.store.database import Database
from app.store.desk_tables import COMMAND
from app.store.drafts import DraftState
from app.store.faults import AnotherCommand, AnotherUsers
from app.store.moments import Clock, from_text, to_text, utc_now

_AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
_LEASE = timedelta(minutes=2)


class CommandState(StrEnum):
    """Where a command stands; `unknown` was sent, but nobody can say yet what became of it."""

    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


WAITING = (CommandState.QUEUED, CommandState.SENDING, CommandState.UNKNOWN)


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be done by the server once and only once.

    `id` is minted by the caller and goes to the server as it is: the same id is the same deed.
    `customer` orders commands: those of one customer go out in the order they came in; "" stands
    alone. `answer` is the server's last answer, byte for byte.
    """

    id: str
    owner: str
    kind: str
    payload: bytes
    customer: str = ""
    state: CommandState = CommandState.QUEUED
    attempts: int = 0
    answer: bytes | None = None
    not_before: datetime = _AT_ONCE
    created: datetime | None = None
    changed: datetime | None = None


class Outbox:
    """Keeps commands and says which is next. Sending is somebody else's work."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def add(self, command: Command, *, draft_id: str = "") -> Command:
        """Queue the command; with `draft_id`, the draft is submitted in the same transaction.

        The same command again changes nothing and returns what is stored. Raises AnotherCommand
        where the id is there with other content, AnotherUsers where it is somebody else's.
        """
        now = to_text(self._clock())
        with self._database.write() as connection:
            stored = _one(connection, command.id)
            if stored is not None:
                return _same(stored, command)
            insert = COMMAND.insert().values(_new_columns(command, now)).returning(COMMAND)
            added = _command(connection.execute(insert).one())
            if draft_id:
                drafts.mark(connection, draft_id, command.owner, DraftState.SUBMITTED, now)
        return added

    def claim(self, user: str, *, lease: timedelta = _LEASE) -> Command | None:
        """Take the next command of this user that may go out now; None where there is none.

        No other thread or process is given it until it is settled or the lease runs out; then
        its sender is taken for dead. A command waits while an earlier one of the same customer
        is not settled.
        """
        now = self._clock()
        earlier = COMMAND.alias("earlier")
        blocked = sa.exists().where(
            earlier.c.customer == COMMAND.c.customer,
            earlier.c.customer != "",
            earlier.c.place < COMMAND.c.place,
            earlier.c.state.in_(WAITING),
        )
        following = (
            sa.select(COMMAND.c.place)
            .where(
                COMMAND.c.owner == user,
                _may_go_out(now),
                ~blocked,
            )
            .order_by(COMMAND.c.place)
            .limit(1)
        )
        take = (
            COMMAND.update()
            .where(COMMAND.c.place == following.scalar_subquery())
            .values(
                state=CommandState.SENDING,
                attempts=COMMAND.c.attempts + 1,
                claimed_until=to_text(now + lease),
                changed=to_text(now),
            )
            .returning(COMMAND)
        )
        with self._database.write() as connection:
            row = connection.execute(take).one_or_none()
            return _command(row) if row else None

    def succeeded(self, command_id: str, answer: bytes) -> None:
        """The server has done it; true whatever was thought before, except a former success."""
        self._settle(command_id, CommandState.DONE, answer, WAITING)

    def refused(self, command_id: str, answer: bytes) -> None:
        """The server will never do it; a command that succeeded stays so."""
        self._settle(command_id, CommandState.REFUSED, answer, WAITING)

    def became_unknown(self, command_id: str, answer: bytes = b"") -> None:
        """It was sent and may have been done: it is asked again under the same id, later."""
        self._settle(command_id, CommandState.UNKNOWN, answer, (CommandState.SENDING,))

    def retry_later(self, command_id: str, not_before: datetime, answer: bytes = b"") -> None:
        """Queue it again, under the same id, not to be sent before the moment given."""
        due = to_text(not_before)
        sent = (CommandState.SENDING, CommandState.UNKNOWN)
        self._settle(command_id, CommandState.QUEUED, answer, sent, not_before=due)

    def recover(self, *, alone: bool = False) -> int:
        """Queue again what a dead sender left behind; returns how many.

        With `alone` (no other Jackfield runs on this file) every sender there was is dead, so
        nobody waits for a lease to run out. Sent twice does no harm: the id is the same.
        """
        now = to_text(self._clock())
        left = COMMAND.c.state == CommandState.SENDING
        if not alone:
            left &= COMMAND.c.claimed_until <= now
        queue = COMMAND.update().where(left).values(state=CommandState.QUEUED, changed=now)
        with self._database.write() as connection:
            return connection.execute(queue).rowcount

    def load(self, command_id: str, user: str) -> Command | None:
        """The command with the answer kept for it; raises AnotherUsers."""
        with self._database.read() as connection:
            command = _one(connection, command_id)
        if command is not None and command.owner != user:
            raise AnotherUsers(command_id)
        return command

    def listed(self, user: str, states: Sequence[CommandState] = WAITING) -> tuple[Command, ...]:
        """The user's commands in these states, in the order they came in."""
        query = (
            sa.select(COMMAND)
            .where(COMMAND.c.owner == user, COMMAND.c.state.in_(states))
            .order_by(COMMAND.c.place)
        )
        with self._database.read() as connection:
            return tuple(_command(row) for row in connection.execute(query))

    def forget_before(self, moment: datetime) -> int:
        """Delete commands settled before `moment`; returns how many. What waits always stays."""
        gone = COMMAND.delete().where(
            COMMAND.c.state.not_in(WAITING), COMMAND.c.changed < to_text(moment)
        )
        with self._database.write() as connection:
            return connection.execute(gone).rowcount

    def _settle(
        self,
        command_id: str,
        state: CommandState,
        answer: bytes,
        before: Sequence[CommandState],
        **more: object,
    ) -> None:
        values = {"state": state, "answer": answer, "changed": to_text(self._clock()), **more}
        settle = COMMAND.update().where(COMMAND.c.id == command_id, COMMAND.c.state.in_(before))
        with self._database.write() as connection:
            connection.execute(settle.values(claimed_until=None, **values))


def _may_go_out(now: datetime) -> sa.ColumnElement[bool]:
    due = (COMMAND.c.state == CommandState.QUEUED) & (COMMAND.c.not_before <= to_text(now))
    left = (COMMAND.c.state == CommandState.SENDING) & (COMMAND.c.claimed_until <= to_text(now))
    return due | left


def _one(connection: sa.Connection, command_id: str) -> Command | None:
    row = connection.execute(sa.select(COMMAND).where(COMMAND.c.id == command_id)).one_or_none()
    return _command(row) if row else None


def _same(stored: Command, command: Command) -> Command:
    if stored.owner != command.owner:
        raise AnotherUsers(command.id)
    for part in ("kind", "payload", "customer"):
        if getattr(stored, part) != getattr(command, part):
            raise AnotherCommand(command.id)
    return stored


def _command(row: sa.Row[Any]) -> Command:
    values = row._asdict()
    del values["place"], values["claimed_until"]
    values["state"] = CommandState(row.state)
    for moment in ("not_before", "created", "changed"):
        values[moment] = from_text(values[moment])
    return Command(**values)


def _new_columns(command: Command, now: str) -> dict[str, object]:
    return {
        "id": command.id,
        "owner": command.owner,
        "kind": command.kind,
        "customer": command.customer,
        "payload": command.payload,
        "state": CommandState.QUEUED,
        "attempts": 0,
        "not_before": to_text(command.not_before),
        "created": now,
        "changed": now,
    }
