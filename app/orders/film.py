"""The film of an order: its steps in words, with what was promised and told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from app.language import tr, trn
from app.letters.listing import at_of, document_of, fate, outcome, way
from app.letters.names import titled
from app.orders.records import NoReturn, Progress, Step, StepState
from app.orders.tasks import Task
from app.orders.times import brief, times_of
from app.texts import day
from backend_client.communication import CommunicationMessage
from backend_client.desk_records import Account
from backend_client.document import Document

_STATES: Mapping[str, StepState] = {
    "completed": "done",
    "active": "current",
    "new": "open",
    "hold": "warn",
    "cancelled": "open",
}


class Told:
    """What the customer was told at each step, from the letters and how they arrived."""

    def __init__(self, account: Account, order_id: str, now: dt.datetime) -> None:
        self._now = now
        own = [each for each in account.documents if _is_about(each, order_id)]
        self._by_type = {each.document_type or "": each for each in reversed(own)}
        self._by_id = {each.id: each for each in account.documents}
        self._messages: dict[str, list[CommunicationMessage]] = {}
        for message in account.messages:
            self._messages.setdefault(document_of(message), []).append(message)

    def at(self, task: Task) -> tuple[str, str, str]:
        """The letters of a step, what needs a look about them, and how they went."""
        if not task.told and not task.documents:
            return "–", "", tr("nothing to tell") if task.state == "completed" else ""
        found = self._documents(task)
        titles = [titled(each.document_type or "", each.name or "") for each in found]
        sent = {each.document_type for each in found}
        titles += [titled(letter) for letter in task.told if letter not in sent]
        lead, note = self._delivery(found)
        return ", ".join(titles), lead, note

    def _documents(self, task: Task) -> list[Document]:
        kept = [self._by_id[each] for each in task.documents if each in self._by_id]
        if kept or task.state == "new":
            return kept
        return [self._by_type[letter] for letter in task.told if letter in self._by_type]

    def _delivery(self, documents: Sequence[Document]) -> tuple[str, str]:
        messages = [each for one in documents for each in self._messages.get(one.id, [])]
        messages.sort(key=lambda each: fate(each) != "bad")
        bad, good = [], []
        for message in messages:
            words = f"{way(message).lower()} {outcome(message)}"
            if fate(message) == "bad":
                bad.append(words)
            else:
                good.append(f"{words} {self._clock(message)}".strip())
        lead, note = ", ".join(bad), ", ".join(good)
        return lead, f", {note}" if lead and note else note

    def _clock(self, message: CommunicationMessage) -> str:
        return f"{at_of(message).astimezone(self._now.tzinfo):%H:%M}" if _ended(message) else ""


def _ended(message: CommunicationMessage) -> bool:
    return message.state == "completed"


def _is_about(document: Document, order_id: str) -> bool:
    return any(each.id == order_id for each in document.about)


def steps_of(tasks: Sequence[Task], told: Told, now: dt.datetime) -> tuple[Step | NoReturn, ...]:
    """The rows of the film, with the line after which there is no way back."""
    rows: list[Step | NoReturn] = []
    line_drawn = False
    for task in tasks:
        if task.no_return and not line_drawn:
            line_drawn = True
            free = task.state in {"new", "hold"}
            note = tr("Until then it can be cancelled") if free else ""
            rows.append(NoReturn(tr("No way back after this line"), note))
        rows.append(_step(task, told, now))
    return tuple(rows)


def _step(task: Task, told: Told, now: dt.datetime) -> Step:
    when, note = times_of(task, now)
    letters, lead, delivery = told.at(task)
    return Step(
        id=task.id,
        state=step_state(task),
        title=task.name,
        by=_by(task),
        when=when,
        when_note=note,
        brief=brief(task, now),
        told=letters,
        told_note=delivery,
        told_lead=lead,
    )


def step_state(task: Task) -> StepState:
    """Waiting for people is a warning, given up a failure."""
    if task.state == "hold" and task.outcome == "failed":
        return "bad"
    return _STATES.get(task.state, "open")


def _by(task: Task) -> str:
    parts = [task.reason.rstrip(".") if task.state == "hold" and task.reason else task.who]
    if task.attempts > 1:
        parts.append(trn("{count} try", "{count} tries", task.attempts))
    return ", ".join(part for part in parts if part)


def progress_of(tasks: Sequence[Task], now: dt.datetime) -> Progress:
    """The step an order is at; a step that is held comes before one that runs."""
    live = [task for task in tasks if task.state != "cancelled"]
    for state in ("hold", "active", "new"):
        for number, task in enumerate(live, start=1):
            if task.state == state:
                return _progress(task, number, len(live), now)
    return Progress(at=len(live), of=len(live))


def _progress(task: Task, number: int, of: int, now: dt.datetime) -> Progress:
    day_words = hours = ""
    if task.promise is not None and task.state != "hold":
        end = task.promise.end.astimezone(now.tzinfo)
        start = task.promise.start.astimezone(now.tzinfo) if task.promise.start else None
        whole = task.promise.whole_day
        day_words = day(task.promise.end.date() if whole else end.date(), today=now.date())
        if start is not None and start.date() == end.date():
            hours = tr("{start} to {end}", start=f"{start:%H:%M}", end=f"{end:%H:%M}")
        elif not whole:
            hours = tr("by {time}", time=f"{end:%H:%M}")
    reason = task.reason or task.waits_for if task.state == "hold" else ""
    return Progress(task.name, day_words, hours, number, of, reason)
