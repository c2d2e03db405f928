"""What is decided about messages: who may be written to, from whom, and when it is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.communication import records, schemas
from backend.communication.addresses import address_of, kind_of
from backend.communication.carriers import Kind, Outgoing
from backend.communication.contents import attached, customer_of, fact, missing, outgoing, owner_of
from backend.customer import rules as customer
from backend.document import rules as document
from backend.jobs import Jobs
from backend.party import rules as party
from backend.rest import documents, events
from backend.rest.errors import Invalid, NotFound, Refused
from backend.rest.resource import (
    Api,
    Audience,
    Context,
    Document,
    Resource,
    Rights,
    Rules,
    StateMachine,
)
from letters import segments

API = Api("communicationManagement", "/tmf-api/communicationManagement/v4", "Communication")
SEND = "communication.send"
MOST_SEGMENTS = 6
"""What a text may cost: parts of 153 characters, or 67 where letters beyond GSM 03.38 occur."""

_SEVERAL = 200
_OWN_FACTS = frozenset({"sentBy", "failureReason"})
_UNSENT = frozenset({"initial"})
_ON_ITS_WAY = frozenset({"initial", "inProgress"})
_STATES = StateMachine(
    "state",
    ("initial",),
    {
        "initial": frozenset({"inProgress", "cancelled"}),
        "inProgress": frozenset({"completed", "failed"}),
    },
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be sent. `address` is an e-mail address or telephone number, empty by post.

    `customer_id` says whose message it is; `to_customer` is False when somebody else gets it.
    `attachments` are ids of documents; `facts` become characteristics, such as orderId.
    """

    kind: Kind
    to: str
    address: str
    content: str
    customer_id: str | None
    subject: str = ""
    attachments: tuple[str, ...] = ()
    facts: Mapping[str, str] | None = None
    send_at: datetime | None = None
    to_customer: bool = True


@dataclass(frozen=True, slots=True)
class House:
    """Who a message comes from: the operator, or one of its resellers."""

    name: str
    email: str
    telephone: str


class Messages:
    """The messages of TMF681, each promised to the job that sends it.

    `houses` are by reseller; the operator's own must be among them.
    """

    def __init__(self, jobs: Jobs, houses: Mapping[str, House]) -> None:
        self._jobs = jobs
        self._houses = houses
        self.resource = Resource(
            api=API,
            name="communicationMessage",
            tmf_type="CommunicationMessage",
            table=records.MESSAGE,
            model=schemas.CommunicationMessage,
            promote=_columns,
            rights=Rights("letter.read", "letter.send", "letter.send", "letter.send"),
            visible=_visible,
            columns={
                "state": records.MESSAGE.c.state,
                "messageType": records.MESSAGE.c.message_type,
                "scheduledSendTime": records.MESSAGE.c.scheduled,
            },
            server_set=frozenset({"sendTime", "sendTimeComplete", "tryTimes"}),
            states=_STATES,
            rules=Rules(
                before_create=self._before_create,
                before_patch=self._before_patch,
                after_create=self._after_create,
                after_patch=self._after_patch,
            ),
            searches={"customerId": lambda value: records.MESSAGE.c.customer_id == value},
            audience=_audience,
            examples=_EXAMPLES,
        )

    def queue(self, context: Context, message: Message) -> Document:
        """Store a message and promise to send it, all in the caller's transaction."""
        facts = dict(message.facts or {})
        if message.customer_id is not None:
            facts["customerId"] = message.customer_id
        address = {Kind.EMAIL: "email", Kind.TEXT: "phoneNumber"}.get(message.kind)
        receiver: Document = {"name": message.to}
        if address is not None and message.address:
            receiver[address] = message.address
        if message.customer_id is not None and message.to_customer:
            receiver["party"] = {"id": message.customer_id, "@referredType": "Customer"}
        wanted: Document = {
            "messageType": message.kind.value,
            "content": message.content,
            "receiver": [receiver],
            "attachment": [{"id": one} for one in message.attachments],
            "characteristic": [fact(name, value) for name, value in facts.items()],
        }
        if message.subject:
            wanted["subject"] = message.subject
        if message.send_at is not None:
            wanted["scheduledSendTime"] = events.timestamp(message.send_at)
        return documents.create(context, self.resource, wanted).document

    def of_customer(
        self, context: Context, customer_id: str, *, limit: int = _SEVERAL
    ) -> list[Document]:
        """A customer's messages, newest first; the caller must have seen the customer."""
        mine = records.MESSAGE.c.customer_id == customer_id
        return records.newest(context.connection, mine, limit=limit)

    def begin(self, context: Context, identity: str) -> tuple[Outgoing, int] | None:
        """Count one more try; what to send, and which try it is.

        None when there is nothing to do: sent, cancelled, gone, or not before a later time.
        """

        def tried(message: Document) -> Document:
            if message["state"] not in _ON_ITS_WAY or _scheduled(message) > context.now:
                return message
            now = events.timestamp(context.now)
            again = {"state": "inProgress", "tryTimes": message["tryTimes"] + 1}
            return {"sendTime": now, **message, **again}

        try:
            before = documents.find(context, self.resource, identity)
        except NotFound:
            return None
        after = documents.rewrite(context, self.resource, identity, tried).document
        if after["tryTimes"] == before["tryTimes"]:
            return None
        return outgoing(context, after), after["tryTimes"]

    def delivered(self, context: Context, identity: str) -> None:
        """It was handed over."""
        self._end(context, identity, {"state": "completed"})

    def failed(self, context: Context, identity: str, reason: str) -> None:
        """It never will be; `reason` is told to the agent."""
        self._end(context, identity, {"state": "failed"}, reason)

    def _end(
        self, context: Context, identity: str, outcome: Document, reason: str | None = None
    ) -> None:
        def ended(message: Document) -> Document:
            facts = [one for one in message["characteristic"] if one["name"] != "failureReason"]
            if reason is not None:
                facts.append(fact("failureReason", reason))
            now = events.timestamp(context.now)
            return {**message, **outcome, "sendTimeComplete": now, "characteristic": facts}

        documents.rewrite(context, self.resource, identity, ended)

    def _before_create(self, context: Context, message: Document) -> Document:
        _keep_own_facts({}, message)
        facts = message.setdefault("characteristic", [])
        facts.append(fact("sentBy", context.caller.name))
        message["tryTimes"] = 0
        message.setdefault("scheduledSendTime", events.timestamp(context.now))
        return self._addressed(context, message)

    def _before_patch(self, context: Context, before: Document, after: Document) -> Document:
        if before["state"] not in _UNSENT:
            raise Refused("It has left already.", "Send a new message.", code="sentAlready")
        if after["state"] not in {"initial", "cancelled"}:
            raise Refused(
                "Only the server sends.", "You may set the state to cancelled.", code="illegalState"
            )
        _keep_own_facts(before, after)
        if customer_of(before) != customer_of(after):
            raise Refused("A message stays with its customer.", code="otherCustomer")
        return self._addressed(context, after)

    def _addressed(self, context: Context, message: Document) -> Document:
        """With sender, receiver and attachments complete and allowed."""
        kind = kind_of(message)
        receiver = address_of(message, kind)
        owner = owner_of(context, message)
        if owner is not None and receiver.get("party", {}).get("@referredType") == "Customer":
            receiver["party"] = {**receiver["party"], **customer.reference(owner)}
        message["receiver"] = [receiver]
        house = self._house(owner)
        message["sender"] = {"name": house.name, "email": house.email}
        if kind is Kind.TEXT:
            message["sender"] = {"name": house.name, "phoneNumber": house.telephone}
        wanted = message.get("attachment", [])
        message["attachment"] = [attached(context, one, owner) for one in wanted]
        if kind is Kind.EMAIL and not message.get("subject"):
            raise missing("subject", "An e-mail needs a subject.")
        if kind is Kind.TEXT and segments(message["content"]) > MOST_SEGMENTS:
            raise missing("content", f"Shorten it: a text has {MOST_SEGMENTS} parts at most.")
        if kind is Kind.LETTER and not wanted:
            raise missing("attachment", "Name the document to print.")
        return message

    def _house(self, owner: Document | None) -> House:
        reseller = party.reseller_of(owner or {})
        return self._houses.get(reseller, self._houses[party.DIRECT])

    def _after_create(self, context: Context, message: Document) -> None:
        self._promise(context, message)

    def _after_patch(self, context: Context, before: Document, after: Document) -> None:
        if after["state"] == "initial" and _scheduled(before) != _scheduled(after):
            self._promise(context, after)

    def _promise(self, context: Context, message: Document) -> None:
        at = _scheduled(message)
        self._jobs.defer(context.connection, SEND, run_at=at, message=message["id"])


def _keep_own_facts(before: Document, after: Document) -> None:
    for name in sorted(_OWN_FACTS):
        if document.characteristic(before, name) != document.characteristic(after, name):
            raise Invalid(f"Only the server sets {name}.", code="protectedAttribute")


def _scheduled(message: Document) -> datetime:
    """Not before this moment."""
    return datetime.fromisoformat(message["scheduledSendTime"])


def _columns(message: Document) -> Mapping[str, Any]:
    return {
        "customer_id": customer_of(message),
        "message_type": message["messageType"],
        "state": message["state"],
        "scheduled": _scheduled(message),
    }


def _visible(caller: Caller) -> sa.ColumnElement[bool] | None:
    if caller.reseller is None:
        return None
    return records.MESSAGE.c.customer_id.in_(customer.of_reseller(caller.reseller))


def _audience(context: Context, message: Document) -> Audience:
    return customer.audience(context, customer_of(message))


_EXAMPLES: Mapping[str, Document] = {
    "create": {
        "messageType": "Email",
        "subject": "Your engineer's visit",
        "content": "Dear Edda Marrowby, the engineer comes on Tuesday between 8 and 12.",
        "sender": {"name": "Kestrelfjord Telecom"},
        "receiver": [
            {
                "name": "Edda Marrowby",
                "email": "edda.marrowby@example.com",
                "party": {"id": "KF-0041873-6", "@referredType": "Customer"},
            }
        ],
    },
    "patch": {"state": "cancelled"},
}
