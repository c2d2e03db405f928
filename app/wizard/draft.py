"""The draft: everything typed and chosen in the wizard, as one record that does not change."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Literal

import msgspec

from app.wizard.steps import Step

Kind = Literal["new", "add"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the draft; a change makes a new one (`msgspec.structs.replace`)."""


class Hold(Record, frozen=True):
    """A telephone number held for this draft. `once` is its price in pounds, as text."""

    number: str
    display: str
    grade: str = "standard"
    once: str = "0.00"
    reservation: str = ""
    until: dt.datetime | None = None


class Agreement(Record, frozen=True):
    """How and when the customer agreed, and to which text."""

    way: Literal["voice", "email", "paper"] = "voice"
    at: dt.datetime | None = None
    terms_version: str = ""
    terms_hash: str = ""


class Message(Record, frozen=True):
    """An e-mail to be sent when the order has been accepted."""

    to: str
    subject: str = ""
    content: str = ""
    attachments: tuple[str, ...] = ()
    chosen: bool = True


class Draft(Record, frozen=True):
    """What the wizard knows. `id` is also the id of the command, so it is never sent twice."""

    id: str
    owner: str
    created: dt.datetime
    kind: Kind = "new"
    step: Step = Step.CUSTOMER
    field: str = ""  # where on the step the agent stood, so that a reopened draft goes on there
    customer_id: str | None = None
    customer_name: str = ""
    only_account: bool = False
    fields: Mapping[str, str] = msgspec.field(default_factory=dict)
    address_id: str | None = None
    picks: Mapping[str, int] = msgspec.field(default_factory=dict)
    holds: Mapping[str, Hold] = msgspec.field(default_factory=dict)
    settings: Mapping[str, Mapping[str, str]] = msgspec.field(default_factory=dict)
    price_list: str = ""
    waived: Mapping[str, str] = msgspec.field(default_factory=dict)
    agreement: Agreement = msgspec.field(default_factory=Agreement)
    messages: tuple[Message, ...] = ()
    after: Literal["account", "more", "home"] = "account"
    command: str = ""

    @property
    def command_id(self) -> str:
        """The id under which it is sent; another one only after a refusal (`edits.send_anew`)."""
        return self.command or self.id

    @property
    def title(self) -> str:
        """The customer's name as far as it is known, for tabs and lists."""
        if self.customer_name:
            return self.customer_name
        if self.fields.get("partyType") == "organization":
            return self.fields.get("tradingName", "").strip()
        names = (self.fields.get("givenName", ""), self.fields.get("familyName", ""))
        return " ".join(name.strip() for name in names if name.strip())


def new_draft(owner: str, *, now: dt.datetime, fields: Mapping[str, str] | None = None) -> Draft:
    """Open the wizard for a new customer."""
    return Draft(id=str(uuid.uuid4()), owner=owner, created=now, fields=dict(fields or {}))


def draft_for(owner: str, customer_id: str, name: str, *, now: dt.datetime) -> Draft:
    """Open the wizard for more services of an existing customer; it begins at the services."""
    return Draft(
        id=str(uuid.uuid4()),
        owner=owner,
        created=now,
        kind="add",
        step=Step.SERVICE,
        customer_id=customer_id,
        customer_name=name,
    )


def to_json(draft: Draft) -> bytes:
    return msgspec.json.encode(draft)


def from_json(text: bytes) -> Draft:
    """Read a stored draft; drafts of older versions lack fields, which take their defaults."""
    return msgspec.json.decode(text, type=Draft)
