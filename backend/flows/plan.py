"""What follows in a flow: pure decisions over the states of its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from backend.flows.definition import Step
from backend.flows.references import day_of

NEW, ACTIVE, HOLD, CANCELLED, COMPLETED = "new", "active", "hold", "cancelled", "completed"
"""TMF701's states of a task flow."""

SKIPPED = "skipped"
"""The outcome of a step whose condition was not met: its state is cancelled."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A step in a running flow: what it comes after, and how far it is."""

    after: tuple[str, ...]
    state: str
    outcome: str = ""


Standings = Mapping[str, Standing]


def open_steps(standings: Standings) -> list[str]:
    """The steps that may begin now, in order: all before them has passed."""
    passed = _Passed(standings)
    return [
        step
        for step, standing in standings.items()
        if standing.state == NEW and all(passed(before) for before in standing.after)
    ]


def is_over(standings: Standings) -> bool:
    """Whether nothing is left to do."""
    return all(standing.state in {COMPLETED, CANCELLED} for standing in standings.values())


def to_undo(standings: Standings, steps: Sequence[Step], ended: Sequence[str]) -> list[Step]:
    """The completed steps that can be taken back, the last one first; `ended` is their order."""
    known = {step.id: step for step in steps}
    done = [known[step] for step in ended if step in known and standings[step].state == COMPLETED]
    return [step for step in reversed(done) if step.undo is not None]


def promises(
    steps: Iterable[Step],
    skipped: Iterable[str],
    start: datetime,
    facts: Mapping[str, Any] | None = None,
    most: Mapping[str, timedelta] | None = None,
) -> dict[str, datetime]:
    """By when each step is expected to be done, if all goes as usual.

    `most` is what nine of ten took, where that is known; else it is what the definition says,
    and events cost no time. A wait ends on its day where `facts` know it.
    """
    left_out = set(skipped)
    found: dict[str, datetime] = {}
    for step in steps:
        begin = max((found[before] for before in step.after), default=start)
        usual = _expected(step, most or {})
        day = day_of(step.until, facts or {}, {}) if step.kind == "wait" else None
        if step.id not in left_out and day is not None:
            begin = max(begin, datetime.combine(day, time(), start.tzinfo))
        found[step.id] = begin + (timedelta(0) if step.id in left_out else usual)
    return found


def _expected(step: Step, most: Mapping[str, timedelta]) -> timedelta:
    if step.kind != "wait" and step.id in most:
        return most[step.id]
    said = step.lasts or (None if step.kind == "event" else step.within)
    return said or timedelta(0)


class _Passed:
    """A skipped step is passed when all before it is: it opens nothing earlier than that."""

    def __init__(self, standings: Standings) -> None:
        self._standings = standings
        self._known: dict[str, bool] = {}

    def __call__(self, step: str) -> bool:
        if step not in self._known:
            standing = self._standings[step]
            self._known[step] = standing.state == COMPLETED or (
                standing.state == CANCELLED
                and standing.outcome == SKIPPED
                and all(self(before) for before in standing.after)
            )
        return self._known[step]
