"""TMF667 Document: letters and other papers, and their bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from backend_client.calls import Call
from backend_client.cancel import Cancel
from backend_client.collection import Collection
from backend_client.errors import Rejected, ServerFault, Trace
from backend_client.records import (
    Attachment,
    Characteristic,
    Entity,
    Ref,
    RelatedEntity,
    RelatedParty,
    Time,
    characteristic,
)
from backend_client.transport import Transport

_HASH = "sha256"


class Document(Entity, frozen=True):
    """A letter's `document_type` is its id, such as LT01.

    TMF667 v4 has one `related_entity`; servers that send a list are read by its first.
    """

    name: str | None = None
    description: str | None = None
    document_type: str | None = None
    lifecycle_state: str | None = None
    version: str | None = None
    creation_date: Time | None = None
    last_update: Time | None = None
    related_entity: RelatedEntity | tuple[RelatedEntity, ...] | None = None
    binary_attachment: tuple[Attachment, ...] = ()
    attachment: tuple[Attachment, ...] = ()
    category: tuple[Ref, ...] = ()
    characteristic: tuple[Characteristic, ...] = ()
    document_relationship: tuple[Ref, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()

    @property
    def about(self) -> tuple[RelatedEntity, ...]:
        """What the document belongs to, such as an order."""
        if self.related_entity is None:
            return ()
        if isinstance(self.related_entity, RelatedEntity):
            return (self.related_entity,)
        return self.related_entity


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of an attachment, their SHA-256 in hex, and what the server says they are."""

    data: bytes
    sha256: str
    mime_type: str


class Documents(Collection[Document]):
    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, "/tmf-api/document/v4/document", Document)
        self._transport = transport

    def content(
        self, document: Document, *, number: int = 0, cancel: Cancel | None = None
    ) -> Content:
        """The bytes behind an attachment's `url`, which must be on this very server.

        Where the document has a characteristic "sha256", other bytes end in ServerFault.
        Rejected where there is no such attachment.
        """
        attachments = document.binary_attachment or document.attachment
        url = attachments[number].url if number < len(attachments) else None
        if not url:
            raise Rejected("This document has no file.", trace=Trace(status=404, cause="no url"))
        route = f"{self._route}/{{id}} (file)"
        trace = Trace(method="GET", route=route)
        path = self._transport.place(url)
        if path is None:
            trace = Trace(method="GET", route=route, cause="file on another server")
            raise ServerFault(trace=trace, retry_helps=False)
        cap = self._transport.settings.content_cap
        call = Call(method="GET", path=path, route=route, accept="*/*", size_cap=cap, cancel=cancel)
        answer = self._transport.send(call)
        digest = hashlib.sha256(answer.body).hexdigest()
        told = characteristic(document.characteristic, _HASH) if number == 0 else None
        if isinstance(told, str) and told.strip().lower() != digest:
            raise ServerFault(trace=Trace(method="GET", route=route, cause="other bytes"))
        media = answer.headers.get("content-type") or attachments[number].mime_type or ""
        return Content(answer.body, digest, media.partition(";")[0].strip().lower())
