"""The messages an agent adds to a creation: at once, or when their letters are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from backend.access.caller import Caller
from backend.communication.rules import House
from backend.creation import records
from backend.creation.paths import within
from backend.creation.schemas import Message
from backend.customer import rules as customer
from backend.database import Database
from backend.jobs import Jobs
from backend.notices.rules import Notices
from backend.ordering import rules as ordering
from backend.ordering.rules import UNDONE
from backend.party import rules as party
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document

SEND = "creation.send"
WAIT = timedelta(seconds=5)
MOST_TRIES = 720
"""An hour: by then a flow has written the order's first letters, or never will."""
_SERVER = Caller("server", "Jackfield", frozenset(), frozenset(), None)


class Correspondence:
    """Sends what the agent wrote. A letter of the order is written by its flow, a moment later."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        notices: Notices,
        houses: Mapping[str, House],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._notices = notices
        self._houses = houses
        self._now = now
        jobs.add(SEND, self.send)

    def accept(
        self,
        context: Context,
        command_id: str,
        messages: Sequence[Message],
        owner: Document,
        order: Document | None,
    ) -> None:
        """Queue messages without letters; keep the others until their letters are there.

        As long as the order may be undone nothing leaves.
        """
        for position, message in enumerate(messages):
            held = (order or {}).get("holdUntil")
            if order is not None and (message.attachments or held):
                records.keep_message(
                    context.connection,
                    command_id=command_id,
                    position=position,
                    customer_id=owner["id"],
                    order_id=order["id"],
                    message=message.model_dump(by_alias=True),
                )
                at = datetime.fromisoformat(held) if held else context.now + WAIT
                self._promise(context, command_id, position, 1, at)
                continue
            with within(f"messages.{position}"):
                self._queue(context, f"{command_id}:{position}", message, owner, order)

    def send(self, command: str, position: int, attempt: int) -> None:
        """The job: send one message as soon as its letters are written, at last without them."""
        with self._database.begin() as connection:
            context = Context(connection, _SERVER, self._now(), command)
            row = records.take_message(connection, command, position)
            if row is None:
                return
            message = Message.model_validate(row.message)
            owner = customer.find(context, row.customer_id)
            order = ordering.find(context, row.order_id)
            if order.get("cancellationReason") == UNDONE:
                records.drop_message(connection, command, position)
                return
            if attempt >= MOST_TRIES:
                message = message.model_copy(update={"attachments": []})
            try:
                self._queue(context, f"{command}:{position}", message, owner, order)
            except Refused as refusal:
                if refusal.code != "noSuchLetter":
                    raise
                self._promise(context, command, position, attempt + 1, context.now + WAIT)
            else:
                records.drop_message(connection, command, position)

    def _promise(
        self, context: Context, command: str, position: int, attempt: int, at: datetime
    ) -> None:
        self._jobs.defer(
            context.connection,
            SEND,
            run_at=at,
            command=command,
            position=position,
            attempt=attempt,
        )

    def _queue(
        self,
        context: Context,
        key: str,
        message: Message,
        owner: Document,
        order: Document | None,
    ) -> None:
        self._notices.email(
            context,
            owner["id"],
            key=f"creation:{key}",
            subject=message.subject,
            content=message.content,
            to=self._receiver(message.to, owner),
            attachments=message.attachments,
            order=order,
        )

    def _receiver(self, to: str, owner: Document) -> tuple[str, str] | None:
        if to == "customer":
            return None
        if to == "reseller":
            house = self._houses.get(party.reseller_of(owner), self._houses[party.DIRECT])
            return house.name, house.email
        return to, to
