"""What a message holds: whose it is, its archived attachments, and how it leaves the house."""

from __future__ import annotations

from datetime import datetime

from backend.communication.addresses import kind_of
from backend.communication.carriers import Enclosure, Kind, Outgoing, Party
from backend.customer import rules as customer
from backend.document import rules as document
from backend.rest.errors import Field, NotFound, Refused
from backend.rest.resource import Context, Document


def customer_of(message: Document) -> str | None:
    """The id of the customer whose message it is."""
    for receiver in message.get("receiver", []):
        reached = receiver.get("party") or {}
        if reached.get("@referredType") == "Customer":
            return str(reached["id"])
    found: str | None = document.characteristic(message, "customerId")
    return found


def owner_of(context: Context, message: Document) -> Document | None:
    """The customer whose message it is; a reseller may write about its own customers only."""
    customer_id = customer_of(message)
    if customer_id is None:
        if context.caller.reseller is not None:
            raise missing("receiver.0.party", "Name the customer.")
        return None
    try:
        return customer.find(context, customer_id)
    except NotFound:
        raise Refused("There is no such customer.", code="danglingReference") from None


def attached(context: Context, attachment: Document, owner: Document | None) -> Document:
    """The archived document an attachment names; nobody gets another customer's."""
    if "content" in attachment or not attachment.get("id"):
        raise missing("attachment", "Name a document by its id; upload a new paper first.")
    try:
        found = document.find(context, attachment["id"])
    except NotFound:
        raise Refused("There is no such document.", code="danglingReference") from None
    whose = document.customer_of(found)
    if whose is not None and (owner is None or owner["id"] != whose):
        raise Refused("The document belongs to another customer.", code="otherCustomer")
    if not found.get("binaryAttachment"):
        raise Refused("This document has no file.", code="noFile")
    return {**found["binaryAttachment"][0], "id": found["id"], "href": found["href"]}


def outgoing(context: Context, message: Document) -> Outgoing:
    """The message as a carrier takes it, with the archived bytes of its attachments."""
    kind, sender, receiver = kind_of(message), message["sender"], message["receiver"][0]
    address = {Kind.EMAIL: "email", Kind.TEXT: "phoneNumber"}.get(kind, "name")
    files = [document.content(context, one["id"]) for one in message["attachment"]]
    return Outgoing(
        id=message["id"],
        kind=kind,
        sender=Party(sender["name"], sender.get(address, "")),
        receiver=Party(receiver.get("name", ""), receiver.get(address, "")),
        subject=message.get("subject", ""),
        content=message["content"],
        started=datetime.fromisoformat(message["sendTime"]),
        enclosures=tuple(Enclosure(one.file_name, one.mime_type, one.data) for one in files),
    )


def missing(path: str, sentence: str) -> Refused:
    """The refusal of a message that lacks something, and what to do about it."""
    reason = "This message can not be sent."
    return Refused(reason, sentence, code="incomplete", fields=(Field(path, sentence),))


def fact(name: str, value: str) -> Document:
    """A characteristic with a text."""
    return {"name": name, "valueType": "string", "value": value}
