"""Events in the order of their commits, handed to everyone who listens to this process."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg
import sqlalchemy as sa

from backend.access.caller import Caller
from backend.database import Database
from backend.rest.events import CHANNEL
from backend.rest.tables import EVENT

_LOG = logging.getLogger(__name__)
_PAGE = 500
_BACKLOG = 2_000
_IDLE = 1.0
_SOON = 0.05
_AGAIN = 20
_STARTS_WITHIN = 10.0


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the order of commits; `START` is before every event."""

    transaction: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.transaction}-{self.sequence}"

    @classmethod
    def parse(cls, text: str) -> Position | None:
        """What `str` wrote; None for anything else."""
        transaction, dash, sequence = text.partition("-")
        if not (dash and text.isascii() and transaction.isdigit() and sequence.isdigit()):
            return None
        position = cls(int(transaction), int(sequence))
        return position if max(position.transaction, position.sequence) < 2**63 else None


START = Position(0, 0)


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: where it stands, who may see it, and its TMF body as JSON."""

    position: Position
    read_right: str
    reseller: str | None
    body: str

    def visible_to(self, caller: Caller) -> bool:
        """A reseller sees its own and what belongs to nobody."""
        if self.read_right not in caller.rights:
            return False
        return caller.reseller is None or self.reseller in {None, caller.reseller}


@dataclass(slots=True)
class Subscriber:
    """Someone who listens: a bounded queue on the loop they run on; None ends it."""

    caller: Caller
    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[Happened | None] = field(
        default_factory=lambda: asyncio.Queue(_BACKLOG + 1)
    )

    def offer(self, events: Sequence[Happened]) -> None:
        """Called on the loop. Who falls too far behind is sent away and comes back."""
        for event in events:
            if self.queue.qsize() >= _BACKLOG:
                return self.end()
            self.queue.put_nowait(event)
        return None

    def end(self) -> None:
        if not self.queue.full():
            self.queue.put_nowait(None)


def after(connection: sa.Connection, position: Position) -> list[Happened]:
    """The next events in commit order, at most a page.

    Only transactions older than every running one are read: what commits later always
    stands behind, so nobody who goes on from the last position misses anything.
    """
    oldest_running = sa.text("(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)")
    query = (
        sa.select(
            EVENT.c.transaction,
            EVENT.c.sequence,
            EVENT.c.read_right,
            EVENT.c.reseller,
            sa.cast(EVENT.c.document, sa.Text),
        )
        .where(sa.tuple_(EVENT.c.transaction, EVENT.c.sequence) > _bound(position))
        .where(EVENT.c.transaction < oldest_running)
        .order_by(EVENT.c.transaction, EVENT.c.sequence)
        .limit(_PAGE)
    )
    return [
        Happened(Position(row[0], row[1]), row[2], row[3], row[4])
        for row in connection.execute(query)
    ]


def newest(connection: sa.Connection) -> Position:
    """The position of the last event that may be read now."""
    oldest_running = sa.text("(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)")
    query = (
        sa.select(EVENT.c.transaction, EVENT.c.sequence)
        .where(EVENT.c.transaction < oldest_running)
        .order_by(EVENT.c.transaction.desc(), EVENT.c.sequence.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return Position(row[0], row[1]) if row else START


def known(connection: sa.Connection, position: Position) -> bool:
    """Whether one can go on from here: its event is still kept."""
    query = sa.select(EVENT.c.transaction).where(EVENT.c.sequence == position.sequence)
    return position == START or connection.scalar(query) == position.transaction


def _bound(position: Position) -> sa.Tuple:
    return sa.tuple_(sa.literal(position.transaction), sa.literal(position.sequence))


class EventFeed:
    """Reads new events once per process and hands them to its subscribers.

    A thread with a connection of its own LISTENs while anybody subscribes. `stopping` is set
    when the server ends: then every stream is ended.
    """

    def __init__(self, database: Database, stopping: threading.Event) -> None:
        self._database = database
        self._stopping = stopping
        self._lock = threading.Lock()
        self._subscribers: list[Subscriber] = []
        self._running = False
        self._ready = threading.Event()

    @property
    def listeners(self) -> int:
        """How many listen to this process now."""
        with self._lock:
            return len(self._subscribers)

    def subscribe(self, caller: Caller) -> Subscriber:
        """Start to listen, on the running event loop; what commits from now on arrives."""
        subscriber = Subscriber(caller, asyncio.get_running_loop())
        with self._lock:
            self._subscribers.append(subscriber)
            if not self._running:
                self._running = True
                self._ready.clear()
                threading.Thread(target=self._run, name="event-feed", daemon=True).start()
        return subscriber

    def unsubscribe(self, subscriber: Subscriber) -> None:
        with self._lock:
            self._subscribers.remove(subscriber)

    def wait_until_ready(self) -> None:
        """Block until new events are being read: who catches up after this misses nothing.

        There will be none when the server ends.
        """
        self._ready.wait(_STARTS_WITHIN)

    def _run(self) -> None:
        position: Position | None = None
        while self._wanted():
            try:
                position = self._listen(position)
            except (psycopg.OperationalError, sa.exc.OperationalError) as error:
                _LOG.warning("event feed lost its database: %s", type(error).__name__)
                self._stopping.wait(_IDLE)
        self._end_all()

    def _wanted(self) -> bool:
        """Whether to go on; decided under the lock, so that a new subscriber is not missed."""
        with self._lock:
            if self._subscribers and not self._stopping.is_set():
                return True
            self._running = False
            self._ready.clear()
            return False

    def _listen(self, position: Position | None) -> Position:
        with psycopg.connect(self._database.url, autocommit=True) as listener:
            listener.execute(f"LISTEN {CHANNEL}".encode())
            position = position or self._start()
            self._ready.set()
            tries = 0
            while self._some():
                found = self._hand_out(position)
                position = found or position
                # a commit may be hidden for a moment behind an older running transaction
                tries = 0 if found else max(tries - 1, 0)
                if any(listener.notifies(timeout=_SOON if tries else _IDLE, stop_after=1)):
                    tries = _AGAIN
        return position

    def _some(self) -> bool:
        with self._lock:
            return bool(self._subscribers) and not self._stopping.is_set()

    def _start(self) -> Position:
        """Subscribers catch up by themselves; what is old when the feed starts is not theirs."""
        with self._database.read() as connection:
            return newest(connection)

    def _hand_out(self, position: Position) -> Position | None:
        with self._database.read() as connection:
            events = after(connection, position)
        if not events:
            return None
        with self._lock:
            subscribers = list(self._subscribers)
        for one in subscribers:
            mine = [event for event in events if event.visible_to(one.caller)]
            if mine:
                _tell(one, one.offer, mine)
        return events[-1].position

    def _end_all(self) -> None:
        if not self._stopping.is_set():
            return
        self._ready.set()  # nobody waits for what will not begin any more
        with self._lock:
            subscribers = list(self._subscribers)
        for one in subscribers:
            _tell(one, one.end)


def _tell(subscriber: Subscriber, call: Any, *given: Any) -> None:
    with suppress(RuntimeError):  # its loop may have ended in this moment
        subscriber.loop.call_soon_threadsafe(call, *given)
