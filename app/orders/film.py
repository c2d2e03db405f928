"""The film of an order: its steps in words, with what was promised and told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from app.language import tr, trn
from app.letters.listing import at_of, document_of, fate, outcome, way
from app.letters.names import titled
from app.orders.records import NoReturn, Progress, Step, StepState
from app.orders.tasks import Promise, Task
from app.texts import day, moment, short_day
from backend_client.communication import CommunicationMessage
from backend_client.desk_records import Account
from backend_client.document import Document

_STATES: Mapping[str, StepState] = {
    "completed": "done",
    "active": "current",
    "new": "open",
    "hold": "warn",
    "cancelled": "bad",
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
    when, note = _times(task, now)
    letters, lead, delivery = told.at(task)
    return Step(
        id=task.id,
        state=step_state(task),
        title=task.name,
        by=_by(task),
        when=when,
        when_note=note,
        brief=_brief(task, now),
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


def _times(task: Task, now: dt.datetime) -> tuple[str, str]:
    promise = task.promise
    if task.state == "completed" and task.ended:
        promised = ""
        if promise is not None:
            promised = tr("promised {day}", day=_past(promise.end, now))
        elif task.began is not None:
            promised = lasting(task.ended - task.began)
        return moment(task.ended, now=now), promised
    if task.state == "cancelled":
        return tr("Not done"), ""
    if task.state == "hold":
        since = moment(task.began, now=now) if task.began else "–"
        return since, tr("waits for {who}", who=task.waits_for) if task.waits_for else ""
    if promise is None:
        if task.began is not None and task.state == "active":
            return tr("since {moment}", moment=moment(task.began, now=now)), ""
        return "–", ""
    begins = promise.start if promise.start is not None else promise.end
    if task.state == "new":
        return promised_words(promise, now), ""
    if promise.end < now:
        return promised_words(promise, now), tr("late")
    if begins > now:
        words = tr("starts in {time}") if promise.start is not None else tr("in {time}")
        return promised_words(promise, now), words.format(time=until(begins - now))
    return promised_words(promise, now), ""


def promised_words(promise: Promise, now: dt.datetime) -> str:
    """`Tue 24 Nov, 08:00–12:00`, `Tue 24 Nov by 12:00` or `Wed 25 Nov`."""
    end = promise.end.astimezone(now.tzinfo)
    if promise.whole_day:
        return day(promise.end.date(), today=now.date())
    last = day(end.date(), today=now.date())
    if promise.start is None:
        return tr("{day} by {time}", day=last, time=f"{end:%H:%M}")
    start = promise.start.astimezone(now.tzinfo)
    if start.date() == end.date():
        return tr("{day}, {start}–{end}", day=last, start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    return tr("{first} to {last}", first=day(start.date(), today=now.date()), last=last)


def _brief(task: Task, now: dt.datetime) -> str:
    """The time of a step where there is little room."""
    if task.state == "completed" and task.ended:
        return moment(task.ended, now=now)
    if task.promise is None or task.state in {"cancelled", "hold"}:
        return ""
    promise = task.promise
    end = promise.end.astimezone(now.tzinfo)
    last = promise.end.date() if promise.whole_day else end.date()
    if promise.start is None:
        return short_day(last, today=now.date())
    start = promise.start.astimezone(now.tzinfo)
    return f"{day(start.date(), today=now.date())} {start:%H}–{end:%H}"


def _past(value: dt.datetime, now: dt.datetime) -> str:
    return short_day(value.astimezone(now.tzinfo).date(), today=now.date())


def until(span: dt.timedelta) -> str:
    """A time to come in its two largest parts: `3 days 22 h`, `2 h 10 min`, `4 min`."""
    minutes = max(0, int(span.total_seconds()) // 60)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        first = trn("{count} day", "{count} days", days)
        return f"{first} {hours} h" if hours else first
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


def lasting(span: dt.timedelta) -> str:
    """How long something took: `1 s`, `4 min`, `2 h 10 min`."""
    seconds = span.total_seconds()
    return f"{max(1, round(seconds))} s" if seconds < 60 else until(span)  # noqa: PLR2004 - a minute


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
