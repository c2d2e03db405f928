"""The outside as flows call it: every call carries a key and may be made again with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from backend.rest.resource import Document


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a network system.

    `key` is the same for every try: the system does the work once and answers the same.
    """

    system: str
    operation: str
    key: str
    body: Document


@dataclass(frozen=True, slots=True)
class Answered:
    """The work is done."""

    result: Document


@dataclass(frozen=True, slots=True)
class Pending:
    """Accepted and not done yet (TMF640, asynchronous): ask again later with the same key.

    `after` is in the operator's time.
    """

    after: timedelta


@dataclass(frozen=True, slots=True)
class Refusal:
    """The system says no, and would say so again."""

    reason: str


Answer = Answered | Pending | Refusal


class NoAnswer(Exception):  # noqa: N818 - it is not known whether the system did the work
    """Unreachable, too slow, or a fault of the system: worth another try with the same key."""


class NetworkSystems(Protocol):
    """All systems by name. An adapter never blocks longer than its own time-out."""

    def call(self, call: Call) -> Answer:
        """NoAnswer when it is not known what became of it."""
        ...
