"""The PUK of a line's SIM: looked at for a reason, noted by the server, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.deeds.subject import Subject
from app.language import tr
from backend_client import Client

RIGHT = "puk.reveal"
Reason = Literal["locked", "phone", "other"]
REASONS: tuple[Reason, ...] = ("locked", "phone", "other")


@dataclass(frozen=True, slots=True)
class Card:
    """A SIM that works, and the line it works for."""

    iccid: str
    words: str


def card_of(subject: Subject) -> Card | None:
    """The SIM of a line; None where the server names none."""
    named = (each for each in subject.root.realizing_resource if each.name == "SIM")
    iccid = next((each.value or each.id for each in named), "")
    return Card(iccid, subject.words) if iccid else None


def spaced(code: str) -> str:
    """In fours, as it is read out: `4071 5582`."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def reason_words(reason: Reason) -> str:
    """Why somebody looks, as the button says it and the audit trail keeps it."""
    words: dict[Reason, str] = {
        "locked": tr("SIM is locked"),
        "phone": tr("New phone"),
        "other": tr("Caller asks"),
    }
    return words[reason]


class CodeReader:
    """ApiError comes through."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def puk(self, iccid: str, reason: Reason) -> str:
        """The PUK in fours; each call is one line in the server's audit trail."""
        return spaced(self._client.resources.puk(iccid, reason_words(reason)))
