"""When the steps of an order were, are and shall be, in words."""

from __future__ import annotations

import datetime as dt

from app.language import tr, trn
from app.orders.tasks import Promise, Task
from app.texts import day, moment, short_day


def times_of(task: Task, now: dt.datetime) -> tuple[str, str]:
    """When a step was done or is promised, and a note on it."""
    if task.state == "completed" and task.ended:
        return _done(task, task.ended, now)
    if task.state == "cancelled":
        return tr("Not done"), ""
    if task.state == "hold":
        since = moment(task.began, now=now) if task.began else "–"
        return since, tr("waits for {who}", who=task.waits_for) if task.waits_for else ""
    usual = tr("usually {time}", time=lasting(task.usually)) if task.usually else ""
    if task.promise is None:
        if task.began is None or task.state != "active":
            return "–", usual
        return tr("since {moment}", moment=moment(task.began, now=now)), usual
    return promised_words(task.promise, now), _note(task, task.promise, usual, now)


def _note(task: Task, promise: Promise, usual: str, now: dt.datetime) -> str:
    """A visit says when it starts; of anything else it helps more how long it usually takes."""
    if task.state != "active":
        return usual
    coming = _coming(promise, now)
    if promise.end < now or promise.start is not None:
        return coming
    if task.in_danger:
        return tr("may become late")
    return tr("{usual}, {coming}", usual=usual, coming=coming) if usual else coming


def _done(task: Task, ended: dt.datetime, now: dt.datetime) -> tuple[str, str]:
    note = ""
    if task.promise is not None:
        promised = task.promise.end.astimezone(now.tzinfo).date()
        note = tr("promised {day}", day=short_day(promised, today=now.date()))
    elif task.began is not None:
        note = lasting(ended - task.began)
    return moment(ended, now=now), note


def _coming(promise: Promise, now: dt.datetime) -> str:
    if promise.end < now:
        return tr("late")
    if promise.start is None:
        return tr("in {time}", time=until(promise.end - now))
    if promise.start > now:
        return tr("starts in {time}", time=until(promise.start - now))
    return ""


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


def brief(task: Task, now: dt.datetime) -> str:
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


def until(span: dt.timedelta) -> str:
    """A time to come in its two largest parts: `3 days 22 h`, `2 h 10 min`, `4 min`."""
    minutes = max(0, int(span.total_seconds()) // 60)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        first = trn("{count} day", "{count} days", days)
        return f"{first} {hours} h" if hours else first
    if hours and not minutes % 60:
        return f"{hours} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


def lasting(span: dt.timedelta) -> str:
    """How long something took: `1 s`, `4 min`, `2 h 10 min`."""
    seconds = span.total_seconds()
    return f"{max(1, round(seconds))} s" if seconds < 60 else until(span)  # noqa: PLR2004 - a minute
