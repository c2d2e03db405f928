"""TMF681 Communication: e-mails, texts and letters sent to customers."""

from __future__ import annotations

from backend_client.calls import Sender
from backend_client.collection import Collection
from backend_client.records import (
    Attachment,
    Characteristic,
    Entity,
    Record,
    RelatedParty,
    Time,
)


class Receiver(Record, frozen=True):
    id: str | None = None
    name: str | None = None
    email: str | None = None
    phone_number: str | None = None
    app_user_id: str | None = None
    party: RelatedParty | None = None


class MessageSender(Record, frozen=True):
    id: str | None = None
    name: str | None = None
    email: str | None = None
    phone_number: str | None = None
    party: RelatedParty | None = None


class CommunicationMessage(Entity, frozen=True):
    """`message_type` is SMS, Email and so on; `try_times` counts attempts to send."""

    message_type: str | None = None
    subject: str | None = None
    content: str | None = None
    description: str | None = None
    state: str | None = None
    priority: str | None = None
    log_flag: bool | None = None
    try_times: int | None = None
    scheduled_send_time: Time | None = None
    send_time: Time | None = None
    send_time_complete: Time | None = None
    sender: MessageSender | None = None
    receiver: tuple[Receiver, ...] = ()
    attachment: tuple[Attachment, ...] = ()
    characteristic: tuple[Characteristic, ...] = ()


class CommunicationMessages(Collection[CommunicationMessage]):
    def __init__(self, sender: Sender) -> None:
        path = "/tmf-api/communicationManagement/v4/communicationMessage"
        super().__init__(sender, path, CommunicationMessage)
