"""Sends what waits in the outbox, one thread, under its own user only."""

from __future__ import annotations

import datetime as dt
import logging
import random
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from app.changes import Changes, Kind
from app.connection import Connection
from app.session import Session
from app.store.faults import StoreFault
from app.store.outbox import Command, CommandState
from app.store.store import Store
from backend_client import ApiError, Client, Conflict, NotAllowed, Rejected, SignedOut
from backend_client.desk_records import Created

log = logging.getLogger(__name__)

CREATION = "creation"
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 60.0
_SETTLED = (CommandState.DONE, CommandState.REFUSED)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why the server will never do it, as it is kept with the command."""

    sentence: str
    detail: str = ""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a command stands. `created` when it was done, `refusal` when it never will be."""

    command_id: str
    state: CommandState
    created: Created | None = None
    refusal: Refusal | None = None

    @property
    def waiting(self) -> bool:
        return self.created is None and self.refusal is None


def receipt_of(command: Command) -> Receipt:
    """Read what the outbox keeps of a command."""
    created = refusal = None
    if command.answer and command.state is CommandState.DONE:
        created = msgspec.json.decode(command.answer, type=Created)
    if command.answer and command.state is CommandState.REFUSED:
        refusal = msgspec.json.decode(command.answer, type=Refusal)
    return Receipt(command.id, command.state, created=created, refusal=refusal)


class Sender:
    """Takes commands from the outbox in order and brings them to the server.

    What may have happened is asked again under the same id until the server says; only its
    clear no refuses a command. `run` is for a thread of its own; `send_next` sends one.
    """

    def __init__(
        self,
        client: Client,
        store: Store,
        session: Session,
        connection: Connection,
        changes: Changes,
        *,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._client = client
        self._store = store
        self._session = session
        self._connection = connection
        self._changes = changes
        self._clock = clock
        self._stop = threading.Event()
        self._sending = threading.Lock()

    def submit(self, command: Command, *, draft_id: str = "") -> Receipt:
        """Put a command on disk, try to send it now, and say where it stands."""
        self._store.outbox.add(command, draft_id=draft_id)
        self._changes.announce(Kind.OUTBOX, command.id)
        if self._may_send:
            self.send_next()
        return self.receipt(command.id)

    def receipt(self, command_id: str) -> Receipt:
        command = self._store.outbox.load(command_id, self._session.user.id)
        if command is None:
            raise KeyError(command_id)
        return receipt_of(command)

    def waiting(self) -> int:
        """How many commands of this user wait to be sent."""
        return len(self._store.outbox.listed(self._session.user.id))

    def settled_since(self, moment: dt.datetime) -> tuple[int, int]:
        """How many commands of this user were done, and how many refused, since then."""
        found = self._store.outbox.listed(self._session.user.id, _SETTLED)
        states = [each.state for each in found if each.changed and each.changed >= moment]
        return states.count(CommandState.DONE), states.count(CommandState.REFUSED)

    @property
    def _may_send(self) -> bool:
        return self._connection.online and not self._session.expired

    def send_next(self) -> bool:
        """Send the next command that may go out; False where there is none."""
        with self._sending:
            command = self._store.outbox.claim(self._session.user.id)
            if command is None:
                return False
            self._send(command)
        self._changes.announce(Kind.OUTBOX, command.id)
        return True

    def run(self) -> None:
        """Send until `stop`; waits while the line or the sign-in is gone.

        Only one desk runs on this store (the start sees to it), so whatever is being sent when
        it begins was left behind by a dead one.
        """
        with suppress(StoreFault):
            self._store.outbox.recover(alone=True)
        seen = 0
        while not self._stop.is_set():
            if not self._may_send or not self._sent_one():
                seen = self._connection.wait(FIRST_PAUSE, since=seen)

    def stop(self) -> None:
        self._stop.set()
        self._connection.try_now()

    def _sent_one(self) -> bool:
        try:
            return self.send_next()
        except StoreFault as fault:
            log.info("outbox: %s", fault)  # the disk may have room again at the next try
            return False

    def _send(self, command: Command) -> None:
        outbox = self._store.outbox
        try:
            created = self._client.desk.create(command.id, msgspec.json.decode(command.payload))
        except SignedOut:
            self._session.ended()
            outbox.retry_later(command.id, self._clock())
        except (Rejected, NotAllowed, Conflict) as error:
            log.info("command refused: %s", error.log_line)
            outbox.refused(command.id, msgspec.json.encode(_refusal(error)))
        except ApiError as error:
            log.info("command waits: %s", error.log_line)
            outbox.retry_later(command.id, self._next_try(command, error))
        else:
            self._connection.answered()
            outbox.succeeded(command.id, msgspec.json.encode(created))

    def _next_try(self, command: Command, error: ApiError) -> dt.datetime:
        """When to try again: as the server asks, else doubling pauses with full jitter."""
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(command.attempts, 10))
        pause = random.uniform(FIRST_PAUSE / 2, longest)  # noqa: S311  # spreads load, no secret
        later = self._clock() + dt.timedelta(seconds=pause)
        return max(later, error.retry_at) if error.retry_at else later


def _refusal(error: ApiError) -> Refusal:
    fields = dict(error.fields) if isinstance(error, Rejected) else {}
    return Refusal(
        sentence=error.reason,
        detail=error.detail,
        fields=fields,
        conflict=isinstance(error, Conflict),
    )
