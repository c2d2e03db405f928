"""What a client may write of a message (TMF681)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from backend.rest.parts import (
    Attachment,
    Characteristic,
    Identity,
    Moment,
    Name,
    Part,
    RelatedParty,
    Text,
)

Body = Annotated[str, Field(min_length=1, max_length=100_000)]


class Receiver(Part):
    id: Identity | None = None
    app_user_id: Name | None = None
    email: Name | None = None
    ip: Name | None = None
    name: Name | None = None
    phone_number: Name | None = None
    party: RelatedParty | None = None


class Sender(Part):
    """Taken for politeness: the server writes the operator's own address over it."""

    id: Identity | None = None
    email: Name | None = None
    name: Name | None = None
    phone_number: Name | None = None
    party: RelatedParty | None = None


class CommunicationMessage(Part):
    content: Body
    message_type: Name
    receiver: Annotated[list[Receiver], Field(min_length=1)]
    sender: Sender | None = None
    state: Name | None = None
    subject: Name | None = None
    description: Text | None = None
    log_flag: bool | None = None
    priority: Name | None = None
    scheduled_send_time: Moment | None = None
    attachment: list[Attachment] | None = None
    characteristic: list[Characteristic] | None = None
