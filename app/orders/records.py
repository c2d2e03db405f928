"""What the Orders tab shows, ready to be painted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from app.accounts.records import Chip

StepState = Literal["done", "current", "open", "warn", "bad"]


class Lane(StrEnum):
    """Where an order stands in the list."""

    OPEN = "open"
    DONE = "done"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Row:
    """An order in the list."""

    id: str
    lane: Lane
    title: str
    number: str
    state: Chip
    when: str

    def spoken(self) -> str:
        return f"{self.title}, {self.number}, {self.state.text}, {self.when}"

    def can_be_current(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the film; `told_lead` is the part of what was told that needs a look."""

    id: str
    state: StepState
    title: str
    by: str = ""
    when: str = ""
    when_note: str = ""
    brief: str = ""
    told: str = "–"
    told_note: str = ""
    told_lead: str = ""


@dataclass(frozen=True, slots=True)
class NoReturn:
    """The line after which an order cannot be cancelled."""

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """What an order adds (+), ends (-) or changes, with its price."""

    name: str
    price: str
    mark: Literal["+", "-", ""] = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an order is: the step it is at, and when that is promised."""

    title: str = ""
    day: str = ""
    hours: str = ""
    at: int = 0
    of: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Film:
    """One order as its page shows it. `text_to` is the mobile that its sentence may be sent to."""

    id: str
    number: str
    title: str
    state: Chip
    ordered: str
    steps: tuple[Step | NoReturn, ...]
    progress: Progress
    lines: tuple[Line, ...]
    sums: tuple[Line, ...]
    sentence: str
    text_to: str = ""
    is_open: bool = False
    may_cancel: bool = False
    log: tuple[LogLine, ...] = ()


@dataclass(frozen=True, slots=True)
class LogLine:
    """One attempt at a step, or one call to a system: when it was, and what came of it."""

    id: str
    at: dt.datetime
    when: str
    title: str
    outcome: str
    state: StepState = "done"
    by: str = ""
    note: str = ""
