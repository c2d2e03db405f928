"""What leaves the house, and what a carrier of it must be able to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol


class Kind(Enum):
    """The ways a message travels; the value is TMF681's `messageType`."""

    EMAIL = "Email"
    TEXT = "SMS"
    LETTER = "Letter"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Archived bytes that travel with a message."""

    file_name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a message; `address` is an e-mail address or a telephone number (E.164)."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way. Sent again it is equal in every byte; `id` names it for ever.

    `started` is the time of the first attempt.
    """

    id: str
    kind: Kind
    sender: Party
    receiver: Party
    subject: str
    content: str
    started: datetime
    enclosures: tuple[Enclosure, ...]


class Undeliverable(Exception):  # noqa: N818 - what happened, not an error of ours
    """It will never arrive; the text says why, in a sentence for the agent."""


class Delayed(Exception):  # noqa: N818 - what happened, not an error of ours
    """It did not get through this time; the text says why."""


class Carrier(Protocol):
    """Takes messages of one kind out of the house."""

    def carry(self, message: Outgoing) -> None:
        """Hand it over; raises Undeliverable or Delayed. The same id twice is one message."""
