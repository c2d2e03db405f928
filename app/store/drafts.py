"""Drafts: what an agent is still working on, saved at each change and never lost."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
import sqlalchemy as sa

from app.store.database import Database
from app.store.desk_tables import DRAFT, SNAPSHOT
from app.store.faults import AnotherUsers, StaleDraft
from app.store.moments import Clock, from_text, to_text, utc_now

_SNAPSHOTS_KEPT = 50


class DraftState(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    DISCARDED = "discarded"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work; `payload` is JSON, `step` where the agent was.

    `version` 0 is a draft that was never saved. `save` sets version, created and changed.
    """

    id: str
    owner: str
    kind: str
    title: str
    payload: bytes = b"{}"
    step: str = ""
    state: DraftState = DraftState.OPEN
    version: int = 0
    created: datetime | None = None
    changed: datetime | None = None


class Drafts:
    """Saves and finds drafts. Nobody is ever given another user's."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def save(self, draft: Draft) -> Draft:
        """Write the draft to disk; when this returns, it survives a power cut.

        Returns it with its new version. Raises StaleDraft where the stored version is another
        than the draft's, AnotherUsers where the id is somebody else's, StoreFault.
        """
        with self._database.write() as connection:
            return self._save(connection, draft)

    def load(self, draft_id: str, user: str) -> Draft | None:
        """The draft, in whatever state; None where there is none of this user."""
        with self._database.read() as connection:
            return _one(connection, draft_id, user)

    def open_drafts(self, user: str) -> tuple[Draft, ...]:
        """The user's open drafts, last changed first."""
        query = (
            sa.select(DRAFT)
            .where(DRAFT.c.owner == user, DRAFT.c.state == DraftState.OPEN)
            .order_by(DRAFT.c.changed.desc(), DRAFT.c.id)
        )
        with self._database.read() as connection:
            return tuple(_draft(row) for row in connection.execute(query))

    def back(self, draft_id: str, user: str) -> Draft | None:
        """Return to the version before the last one; None where there is none.

        The version still grows, so that a screen which shows the newer text notices.
        """
        with self._database.write() as connection:
            draft = _one(connection, draft_id, user)
            row = connection.execute(_snapshots(draft_id).limit(1)).one_or_none()
            if draft is None or row is None:
                return None
            connection.execute(
                SNAPSHOT.delete().where(
                    SNAPSHOT.c.draft == draft_id, SNAPSHOT.c.version == row.version
                )
            )
            return self._put(connection, draft, row)

    def discard(self, draft_id: str, user: str) -> None:
        """Take the draft off the list; `load` still finds it until it is forgotten."""
        with self._database.write() as connection:
            mark(connection, draft_id, user, DraftState.DISCARDED, to_text(self._clock()))

    def reopen(self, draft_id: str, user: str) -> None:
        """Put a discarded or submitted draft back on the list."""
        with self._database.write() as connection:
            mark(connection, draft_id, user, DraftState.OPEN, to_text(self._clock()))

    def forget_before(self, moment: datetime) -> int:
        """Delete what was discarded or submitted before `moment`; returns how many drafts."""
        gone = DRAFT.delete().where(
            DRAFT.c.state != DraftState.OPEN, DRAFT.c.changed < to_text(moment)
        )
        with self._database.write() as connection:
            return connection.execute(gone).rowcount

    def _save(self, connection: sa.Connection, draft: Draft) -> Draft:
        stored = _one(connection, draft.id, draft.owner)
        version = stored.version if stored else 0
        if version != draft.version:
            raise StaleDraft(draft.id, version)
        if stored is None:
            now = to_text(self._clock())
            new = msgspec.structs.replace(
                draft, version=1, created=from_text(now), changed=from_text(now)
            )
            connection.execute(DRAFT.insert().values(_columns(new)))
            return new
        if (stored.payload, stored.step) != (draft.payload, draft.step):
            _keep_snapshot(connection, stored)
        return self._put(connection, stored, draft)

    def _put(self, connection: sa.Connection, stored: Draft, content: Any) -> Draft:
        """Write title, step and payload of `content`, and a draft's state, over `stored`."""
        new = msgspec.structs.replace(
            stored,
            title=content.title,
            step=content.step,
            payload=content.payload,
            state=getattr(content, "state", stored.state),
            version=stored.version + 1,
            changed=from_text(to_text(self._clock())),
        )
        connection.execute(DRAFT.update().where(DRAFT.c.id == new.id).values(_columns(new)))
        return new


def mark(connection: sa.Connection, draft_id: str, user: str, state: DraftState, now: str) -> None:
    """Set the draft's state within a transaction of the caller's."""
    if _one(connection, draft_id, user) is None:
        return
    connection.execute(
        DRAFT.update()
        .where(DRAFT.c.id == draft_id)
        .values(state=state, changed=now, version=DRAFT.c.version + 1)
    )


def _one(connection: sa.Connection, draft_id: str, user: str) -> Draft | None:
    row = connection.execute(sa.select(DRAFT).where(DRAFT.c.id == draft_id)).one_or_none()
    if row is None:
        return None
    if row.owner != user:
        raise AnotherUsers(draft_id)
    return _draft(row)


def _keep_snapshot(connection: sa.Connection, draft: Draft) -> None:
    values = {name: getattr(draft, name) for name in ("version", "title", "step", "payload")}
    connection.execute(SNAPSHOT.insert().values(draft=draft.id, **values))
    kept = _snapshots(draft.id).with_only_columns(SNAPSHOT.c.version).limit(_SNAPSHOTS_KEPT)
    connection.execute(
        SNAPSHOT.delete().where(SNAPSHOT.c.draft == draft.id, SNAPSHOT.c.version.not_in(kept))
    )


def _snapshots(draft_id: str) -> sa.Select[Any]:
    return (
        sa.select(SNAPSHOT).where(SNAPSHOT.c.draft == draft_id).order_by(SNAPSHOT.c.version.desc())
    )


def _draft(row: sa.Row[Any]) -> Draft:
    values = row._asdict()
    values["state"] = DraftState(row.state)
    values["created"], values["changed"] = from_text(row.created), from_text(row.changed)
    return Draft(**values)


def _columns(draft: Draft) -> dict[str, object]:
    values = msgspec.structs.asdict(draft)
    for moment in ("created", "changed"):
        values[moment] = to_text(values[moment])
    return values
