"""What to say to a caller who asks where his order is: only what is known."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal

from app.accounts.families import Known
from app.language import tr, trn
from app.orders.purposes import done_words, spoken_of
from app.orders.tasks import Promise, Task
from app.orders.wording import replaced, title_of
from app.texts import long_day, money
from backend_client.ordering import ProductOrder

_HOURS_FROM = 90  # minutes
_DAYS_FROM = 36  # hours


def to_say(
    order: ProductOrder,
    tasks: Sequence[Task],
    prices: tuple[Decimal, Decimal],
    known: Known,
    now: dt.datetime,
) -> str:
    """One to four short sentences, in the words of a person on the telephone."""
    if order.is_final:
        return _ended(order, known, now)
    held = next((task for task in tasks if task.state == "hold"), None)
    if held is not None or order.state == "held":
        return _held(held)
    current = next((task for task in tasks if task.state == "active"), None)
    following = current or next((task for task in tasks if task.state == "new"), None)
    parts = [_opening(tasks, now)]
    if following is not None:
        parts += [_next(following, now)]
    last = next((task for task in reversed(tasks) if task.state != "cancelled"), None)
    parts += [_price(order, last, prices, known, now)]
    return " ".join(part for part in parts if part)


def _opening(tasks: Sequence[Task], now: dt.datetime) -> str:
    promised = [task for task in tasks if task.promise and task.state in {"active", "new"}]
    if any(_is_late(task, now) for task in promised):
        return tr("Your order is later than promised; I am sorry.")
    if promised:
        return tr("Your order is on time.")
    return tr("Your order is being worked on.")


def _is_late(task: Task, now: dt.datetime) -> bool:
    promise = task.promise
    return promise is not None and not promise.whole_day and promise.end < now


def _next(task: Task, now: dt.datetime) -> str:
    when = "" if task.promise is None or _is_late(task, now) else spoken(task.promise, now)
    if task.says:
        return " ".join(part for part in (task.says, _usually(task, when)) if part)
    if not when:
        return tr("The next step is: {step}.", step=task.name)
    return tr("The next step is: {step}, {when}.", step=task.name, when=when)


def _usually(task: Task, when: str) -> str:
    """How long it takes, and until when it is promised at the latest."""
    length = spoken_length(task.usually) if task.usually else ""
    if length and when:
        return tr("It usually takes {length}, and is promised {when}.", length=length, when=when)
    if length:
        return tr("It usually takes {length}.", length=length)
    return tr("This is promised {when}.", when=when) if when else ""


def spoken_length(span: dt.timedelta) -> str:
    """`20 minutes`, `3 hours`, `2 days`: as long as people say it, rounded up."""
    minutes = math.ceil(span.total_seconds() / 60)
    if minutes < _HOURS_FROM:
        return trn("{count} minute", "{count} minutes", max(1, minutes))
    hours = math.ceil(minutes / 60)
    if hours < _DAYS_FROM:
        return trn("{count} hour", "{count} hours", hours)
    return trn("{count} day", "{count} days", math.ceil(hours / 24))


def spoken(promise: Promise, now: dt.datetime) -> str:
    """`on Tuesday 24 November between 08:00 and 12:00`."""
    end = promise.end.astimezone(now.tzinfo)
    last = promise.end.date() if promise.whole_day else end.date()
    if promise.whole_day:
        return tr("on {day}", day=_spoken_day(last, now))
    if promise.start is None:
        if last == now.date():
            return tr("today by {time}", time=f"{end:%H:%M}")
        return tr("on {day} by {time}", day=_spoken_day(last, now), time=f"{end:%H:%M}")
    start = promise.start.astimezone(now.tzinfo)
    words = tr("on {day} between {start} and {end}")
    if last == now.date():
        words = tr("today between {start} and {end}")
    return words.format(day=_spoken_day(last, now), start=f"{start:%H:%M}", end=f"{end:%H:%M}")


def _spoken_day(value: dt.date, now: dt.datetime) -> str:
    return long_day(value) if value.year == now.year else f"{long_day(value)} {value.year}"


def _price(
    order: ProductOrder,
    last: Task | None,
    prices: tuple[Decimal, Decimal],
    known: Known,
    now: dt.datetime,
) -> str:
    """What changes on the bill, and from when if that is promised."""
    before, after = prices
    if replaced(order, known) is None or not before or not after or before == after:
        return ""
    promise = last.promise if last else None
    if promise is None or _is_past(promise, now):
        return tr("When it is done you pay {new} a month instead of {old}.", new=money(after),
                  old=money(before))  # fmt: skip
    day = promise.end.date() if promise.whole_day else promise.end.astimezone(now.tzinfo).date()
    return tr("From {day} you pay {new} a month instead of {old}.", day=f"{_day_and_month(day)}",
              new=money(after), old=money(before))  # fmt: skip


def _is_past(promise: Promise, now: dt.datetime) -> bool:
    return promise.end < now


def _day_and_month(value: dt.date) -> str:
    return long_day(value).partition(" ")[2]


def _held(task: Task | None) -> str:
    if task is None:
        return tr("Your order has to wait. A colleague looks at it; you will hear from us.")
    waits = tr("Your order waits at this step: {step}.", step=task.name)
    return f"{waits} {tr('A colleague looks at it; you will hear from us.')}"


def _ended(order: ProductOrder, known: Known, now: dt.datetime) -> str:
    ended = order.completion_date or order.cancellation_date
    when = _spoken_day(ended.astimezone(now.tzinfo).date(), now) if ended else ""
    if order.state == "completed" and (done := done_words(order, when)):
        return done
    what = spoken_of(order, title_of(order, known))
    words = {
        "completed": (tr("{what} is done."), tr("{what} was done on {day}.")),
        "cancelled": (tr("{what} was cancelled."), tr("{what} was cancelled on {day}.")),
        "partial": (
            tr("{what} is done in part, the rest could not be done."),
            tr("{what} was done in part on {day}, the rest could not be done."),
        ),
    }
    never = (tr("{what} could not be carried out."),) * 2
    short, long = words.get(order.state or "", never)
    return (long if when else short).format(what=what, day=when)
