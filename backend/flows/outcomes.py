"""How a step's work may end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from backend.rest.resource import Document


@dataclass(frozen=True, slots=True)
class Done:
    """The step is over; conditions find `result` under the step's id."""

    result: Document = field(default_factory=dict)
    told: tuple[Document, ...] = ()
    """Letters given: `letter` and, where one was kept, `documentId`."""
    outcome: str = "done"
    shown: Document = field(default_factory=dict)
    """What people see of it, as characteristics of the step."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Not yet; looked at again at `until` (None: when somebody or something comes)."""

    until: datetime | None
    waits_for: str


@dataclass(frozen=True, slots=True)
class Held:
    """People must help; `outcome` is refused, failed or late."""

    reason: str
    outcome: str = "refused"


Outcome = Done | Waiting | Held
