"""What is decided about documents: archived once, served for ever, never changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.customer import rules as customer
from backend.document import records, schemas
from backend.document.papers import Paper, file_name, read_paper
from backend.rest import documents, events
from backend.rest.errors import Field, Invalid, NotFound, Refused
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

API = Api("document", "/tmf-api/document/v4", "Document")
CONTENT_PATH = "/desk-api/v1/document/{id}/content"
PDF = "application/pdf"
_YEARS_OF_PAPERS = 6
_SEVERAL = 200
LETTER = re.compile(r"LT[0-9]+", re.IGNORECASE)
"""What the type of a letter looks like."""
_FACTS = frozenset({"sha256", "letterNumber", "pages", "language", "keptUntil", "sentBy"})
_MAY_CHANGE = frozenset({"description", "category", "lifecycleState", "lastUpdate", "@type"})


@dataclass(frozen=True, slots=True)
class Filing:
    """Something the server itself archives, such as a letter it wrote.

    `about` is TMF's related entity, for example the order. `facts` become characteristics.
    """

    name: str
    document_type: str
    paper: Paper
    customer_id: str | None
    kept_until: date
    version: str = "1"
    about: Document | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a document, and what they are."""

    data: bytes
    sha256: str
    mime_type: str
    file_name: str


def archive(context: Context, filing: Filing) -> Document:
    """Keep the bytes of a filing for good, and store their document."""
    document: Document = {
        "name": filing.name,
        "documentType": filing.document_type,
        "version": filing.version,
        "creationDate": events.timestamp(context.now),
        "relatedParty": [],
        "characteristic": [_fact(name, value) for name, value in filing.facts.items()],
    }
    if filing.customer_id is not None:
        owner = customer.find(context, filing.customer_id)
        document["relatedParty"] = [customer.reference(owner)]
    if filing.about is not None:
        document["relatedEntity"] = filing.about
    return documents.create(context, _filed(filing), document).document


def find(context: Context, identity: str) -> Document:
    """NotFound when there is no such document for this caller."""
    return documents.find(context, DOCUMENT, identity)


def content(context: Context, identity: str) -> Content:
    """The bytes of a document; NotFound when it has none or is not for this caller."""
    document = find(context, identity)
    sha256 = sha256_of(document)
    if sha256 is None:
        raise NotFound("This document has no file.", code="notFound")
    attachment = document["binaryAttachment"][0]
    data = records.bytes_of(context.connection, sha256)
    return Content(data, sha256, attachment["mimeType"], attachment["name"])


def of_customer(context: Context, customer_id: str, *, limit: int = _SEVERAL) -> list[Document]:
    """A customer's documents, newest first; the caller must have seen the customer."""
    mine = records.DOCUMENT.c.customer_id == customer_id
    return records.newest(context.connection, mine, limit=limit)


def of_order(context: Context, order_id: str, *, limit: int = _SEVERAL) -> list[Document]:
    """An order's documents, newest first; the caller must have seen the order."""
    mine = records.DOCUMENT.c.order_id == order_id
    return records.newest(context.connection, mine, limit=limit)


def customer_of(document: Document) -> str | None:
    """The id of the customer whose document it is."""
    parties = document.get("relatedParty", [])
    return next((party["id"] for party in parties if party.get("role") == "customer"), None)


def characteristic(document: Document, name: str) -> Any:
    """The value of a characteristic; None when the document does not carry it."""
    found = (one for one in document.get("characteristic", []) if one["name"] == name)
    return next((one["value"] for one in found), None)


def sha256_of(document: Document) -> str | None:
    """The hash of the archived bytes; None for a document without."""
    return characteristic(document, "sha256") if document.get("binaryAttachment") else None


def _filed(filing: Filing) -> Resource:
    """The resource for the server's own filing: nothing of it came from a client."""

    def keep(context: Context, document: Document) -> Document:
        _keep(context, document, filing.paper, filing.kept_until)
        return document

    return replace(DOCUMENT, rules=Rules(before_create=keep))


def _before_create(context: Context, document: Document) -> Document:
    """A client's document: a customer's paper, never a letter of the operator's own."""
    if LETTER.fullmatch(document.get("documentType", "")):
        raise Refused(
            "Letters are only written by the server.",
            "Leave documentType out, or choose another.",
            code="lettersAreSent",
            fields=(Field("documentType", "This is kept for letters."),),
        )
    for one in document.get("characteristic", []):
        if one["name"] in _FACTS:
            raise Invalid(f"Only the server sets {one['name']}.", code="protectedAttribute")
    document["relatedParty"] = _parties(context, document)
    document["creationDate"] = events.timestamp(context.now)
    document.setdefault("version", "1")
    attachments = document.pop("binaryAttachment", None)
    if attachments:
        kept_until = date(context.now.year + _YEARS_OF_PAPERS, 12, 31)
        document.setdefault("characteristic", []).append(_fact("sentBy", context.caller.name))
        _keep(context, document, read_paper(attachments[0], document["name"]), kept_until)
    return document


def _keep(context: Context, document: Document, paper: Paper, kept_until: date) -> None:
    sha256 = records.keep(context.connection, paper.data, context.now)
    facts = {"sha256": sha256, "keptUntil": kept_until.isoformat()}
    document.setdefault("characteristic", []).extend(_fact(*fact) for fact in facts.items())
    document["binaryAttachment"] = [
        {
            "id": sha256,
            "name": file_name(paper.file_name, paper.mime_type),
            "mimeType": paper.mime_type,
            "url": CONTENT_PATH.replace("{id}", document["id"]),
            "size": {"amount": len(paper.data), "units": "bytes"},
            "@type": "Attachment",
        }
    ]


def _parties(context: Context, document: Document) -> list[Document]:
    """The document's customer must be there; the reference is completed."""
    customer_id = customer_of(document)
    if customer_id is None:
        raise Refused(
            "A document belongs to a customer.",
            "Name the customer in relatedParty with the role customer.",
            code="customerMissing",
            fields=(Field("relatedParty", "A party with the role customer is needed."),),
        )
    try:
        reference = customer.reference(customer.find(context, customer_id))
    except NotFound:
        raise Refused("There is no such customer.", code="danglingReference") from None
    return [
        {**party, **reference} if party.get("role") == "customer" else party
        for party in document["relatedParty"]
    ]


def _before_patch(_context: Context, before: Document, after: Document) -> Document:
    names = sorted(before.keys() | after.keys())
    changed = [name for name in names if before.get(name) != after.get(name)]
    if kept := [name for name in changed if name not in _MAY_CHANGE]:
        raise Refused(
            "What was archived never changes.",
            f"Leave these attributes as they are: {', '.join(kept)}.",
            code="archived",
            fields=tuple(Field(name, "This was archived.") for name in kept),
        )
    return after


def _fact(name: str, value: object) -> Document:
    kind = "integer" if isinstance(value, int) else "string"
    return {"name": name, "valueType": kind, "value": value}


def _columns(document: Document) -> Mapping[str, object]:
    about = document.get("relatedEntity") or {}
    order = about.get("@referredType") == "ProductOrder"
    return {
        "customer_id": customer_of(document),
        "order_id": about["id"] if order else None,
        "document_type": document.get("documentType"),
        "created": datetime.fromisoformat(document["creationDate"]),
        "sha256": sha256_of(document),
    }


def _visible(caller: Caller) -> sa.ColumnElement[bool] | None:
    """A reseller sees its own customers' documents, and those that are nobody's."""
    if caller.reseller is None:
        return None
    customer_id = records.DOCUMENT.c.customer_id
    return sa.or_(customer_id.is_(None), customer_id.in_(customer.of_reseller(caller.reseller)))


def _audience(context: Context, document: Document) -> Audience:
    return customer.audience(context, customer_of(document))


DOCUMENT = Resource(
    api=API,
    name="document",
    tmf_type="Document",
    table=records.DOCUMENT,
    model=schemas.Document,
    promote=_columns,
    rights=Rights("letter.read", "letter.send", "letter.send", "letter.send"),
    visible=_visible,
    columns={
        "documentType": records.DOCUMENT.c.document_type,
        "creationDate": records.DOCUMENT.c.created,
    },
    server_set=frozenset({"creationDate"}),
    states=StateMachine("lifecycleState", ("active",), {"active": frozenset({"retired"})}),
    rules=Rules(before_create=_before_create, before_patch=_before_patch),
    audience=_audience,
    examples={
        "create": {
            "name": "Signed direct-debit mandate",
            "documentType": "mandate",
            "relatedParty": [
                {"id": "KF-0041873-6", "role": "customer", "@referredType": "Customer"}
            ],
            "binaryAttachment": [
                {"mimeType": "application/pdf", "name": "mandate.pdf", "content": "JVBERi0xLjQK"}
            ],
        },
        "patch": {"description": "The customer sent a newer one on 20 November"},
    },
)
