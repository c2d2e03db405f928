"""A step that waits for somebody, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.accounts.records import Chip, Fact, Tone
from app.language import tr, trn
from app.orders.times import lasting, until
from app.texts import moment
from backend_client.work import FormField, WorkRow, values_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of the form that a task asks for; `kind` is text, date, choice, boolean or number."""

    name: str
    label: str
    kind: str
    required: bool
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the list and what is known of it; `text` is what a filter looks through."""

    id: str
    row: WorkRow
    state: Chip
    step: str
    reason: str
    about: str
    department: str
    holder: str
    waits: str
    promised: str
    facts: tuple[Fact, ...]
    form: tuple[Entry, ...]
    text: str

    def may(self, action: str) -> bool:
        return action in self.row.actions


def item_of(row: WorkRow, departments: dict[str, str], now: dt.datetime) -> Item:
    """`departments` maps ids to names; `now` is in the person's own time."""
    about = " · ".join(part for part in (row.customer, row.order_number) if part)
    department = departments.get(row.department or "", row.department or "")
    holder = row.assignee.name if row.assignee else ""
    return Item(
        id=row.task_id,
        row=row,
        state=_state(row),
        step=row.step,
        reason=_reason(row),
        about=about,
        department=department,
        holder=holder,
        waits=_briefly(now - row.since) if row.since else "",
        promised=_promised(row, now, _briefly),
        facts=_facts(row, department, now),
        form=tuple(_entry(each) for each in row.form),
        text=" ".join((row.step, row.flow, about, department, holder, row.reason or "")).casefold(),
    )


def matching(items: Sequence[Item], words: str) -> tuple[Item, ...]:
    """Those in which every word that was typed is found."""
    wanted = words.casefold().split()
    return tuple(item for item in items if all(word in item.text for word in wanted))


def ordered(items: Sequence[Item], column: str, *, descending: bool) -> tuple[Item, ...]:
    """By a column; the server's order, the most urgent first, where none is named."""
    keys = {
        "state": lambda item: item.state.text,
        "step": lambda item: item.step.casefold(),
        "about": lambda item: item.about.casefold(),
        "department": lambda item: item.department.casefold(),
        "holder": lambda item: (not item.holder, item.holder.casefold()),
        "waits": lambda item: item.row.since.timestamp() if item.row.since else 0.0,
        "promised": lambda item: item.row.promised.timestamp() if item.row.promised else 1e12,
    }
    if column not in keys:
        return tuple(items)
    # the longest wait is the oldest since
    backwards = descending != (column == "waits")
    return tuple(sorted(items, key=keys[column], reverse=backwards))


def _state(row: WorkRow) -> Chip:
    if row.kind == "danger":
        return Chip(tr("In danger"), "warn")
    if row.kind == "task":
        return Chip(tr("To do"), "info")
    stuck = {
        "refused": Chip(tr("Refused"), "bad"),
        "failed": Chip(tr("No answer"), "bad"),
        "late": Chip(tr("Late"), "warn"),
    }
    return stuck.get(row.outcome or "", Chip(tr("Stuck"), "bad"))


def _reason(row: WorkRow) -> str:
    if row.reason:
        return row.reason
    if row.kind == "danger":
        return tr("The promised time is in danger.")
    if row.kind == "task":
        return tr("Somebody must do this.")
    return tr("It does not go on by itself.")


def _briefly(span: dt.timedelta) -> str:
    """A span for a narrow column: whole days from two days on."""
    if span.days > 1:
        return trn("{count} day", "{count} days", span.days)
    return lasting(span)


def _promised(row: WorkRow, now: dt.datetime, words: Callable[[dt.timedelta], str] = until) -> str:
    if row.promised is None:
        return ""
    left = row.promised - now
    if left < dt.timedelta(0):
        return tr("{time} late", time=words(-left))
    return tr("in {time}", time=words(left))


def _facts(row: WorkRow, department: str, now: dt.datetime) -> tuple[Fact, ...]:
    found = [Fact("flow", tr("Part of"), row.flow)]
    if row.order_number:
        found.append(Fact("order", tr("Order"), row.order_number))
    if row.customer:
        found.append(Fact("customer", tr("Customer"), row.customer, note=row.customer_id or ""))
    if row.who:
        found.append(Fact("who", tr("Done by"), row.who, gap=True))
    found.append(Fact("department", tr("For"), department or "–", gap=not row.who))
    holder = row.assignee.name if row.assignee else tr("nobody yet")
    found.append(Fact("holder", tr("With"), holder))
    if row.since:
        waited = lasting(now - row.since)
        found.append(Fact("since", tr("Since"), moment(row.since, now=now), note=waited, gap=True))
    if row.promised:
        told = _promised(row, now)
        late = row.promised < now
        words = moment(row.promised, now=now)
        tone: Tone = "bad" if late else "plain"
        found.append(Fact("promised", tr("Promised"), words, note=told, tone=tone))
    if row.attempts > 1:
        tries = trn("{count} try", "{count} tries", row.attempts)
        found.append(Fact("attempts", tr("Tried"), tries))
    return tuple(found)


def _entry(field: FormField) -> Entry:
    return Entry(field.name, field.label, field.type, field.required, values_of(field))
