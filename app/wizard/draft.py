"""The draft: everything typed and chosen in the wizard, as one record that does not change."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Literal

import msgspec

from app.wizard.steps import Step

Kind = Literal["new", "add"]

INSTALLED = "p:"
"""Before a product's id: the key of its settings, and where the agent stands."""


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


class Standing(Record, frozen=True):
    """How far the draft has come and what it stood on, written with it at each answer.

    Lists show the first three: `price` is what it costs a month in pounds, as text, with its sign
    where it is a change. By the rest the wizard sees what has changed since: prices a month and
    once, of what is chosen, by offer.
    """

    missing: int = 0
    price: str = ""
    about: tuple[str, ...] = ()
    catalogue: str = ""
    facts: Mapping[str, str | int] = msgspec.field(default_factory=dict)
    prices: Mapping[str, tuple[str, str]] = msgspec.field(default_factory=dict)


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
    ends: tuple[str, ...] = ()  # products the customer has that end with this change, by id
    moves: Mapping[str, str] = msgspec.field(default_factory=dict)  # product id: its new offer
    holds: Mapping[str, Hold] = msgspec.field(default_factory=dict)
    settings: Mapping[str, Mapping[str, str]] = msgspec.field(default_factory=dict)
    price_list: str = ""
    waived: Mapping[str, str] = msgspec.field(default_factory=dict)
    agreement: Agreement = msgspec.field(default_factory=Agreement)
    messages: tuple[Message, ...] = ()
    after: Literal["account", "more", "home"] = "account"
    command: str = ""
    standing: Standing | None = None

    @property
    def command_id(self) -> str:
        """The id under which it is sent; another one only after a refusal (`edits.send_anew`)."""
        return self.command or self.id

    @property
    def changes_installed(self) -> bool:
        """Whether something of what the customer has ends, becomes another or is set anew."""
        anew = any(key.startswith(INSTALLED) for key in self.settings)
        return bool(self.ends or self.moves) or anew

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


def draft_for(
    owner: str, customer_id: str, name: str, *, now: dt.datetime, field: str = ""
) -> Draft:
    """Open the wizard to change what a customer has; it begins at the services.

    `field` is where to stand there.
    """
    return Draft(
        id=str(uuid.uuid4()),
        owner=owner,
        created=now,
        kind="add",
        step=Step.SERVICE,
        field=field,
        customer_id=customer_id,
        customer_name=name,
    )


def to_json(draft: Draft) -> bytes:
    return msgspec.json.encode(draft)


def from_json(text: bytes) -> Draft:
    """Read a stored draft; drafts of older versions lack fields, which take their defaults."""
    return msgspec.json.decode(text, type=Draft)
