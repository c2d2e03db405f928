"""The steps of a flow (TMF701), with what the server tells of them beyond the standard."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.accounts.reading import is_day, moment_of, text_of
from backend_client.desk_records import Flow
from backend_client.process_flow import TaskFlow
from backend_client.records import characteristic

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_NEVER_WERE = frozenset({"skipped", "notNeeded"})
"""Outcomes of cancelled steps that did not apply, or that nobody needs any more."""
_NOTICE = "notice"
_QUIET = {"new", "active", "completed"}


@dataclass(frozen=True, slots=True)
class Promise:
    """When a step is to happen: a day, a moment, or between two moments."""

    start: dt.datetime | None
    end: dt.datetime
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One step. `told` are ids of letters, `documents` the letters that were kept.

    `usually` is how long half of its like took of late; `in_danger`: its promise may not be kept.
    """

    id: str
    name: str
    state: str
    who: str
    began: dt.datetime | None
    ended: dt.datetime | None
    promise: Promise | None
    outcome: str
    reason: str
    attempts: int
    waits_for: str
    no_return: bool
    told: tuple[str, ...]
    documents: tuple[str, ...]
    kind: str
    says: str
    usually: dt.timedelta | None = None
    in_danger: bool = False
    exceptional: bool = False


def tasks_of(flows: Iterable[Flow], order_id: str) -> tuple[Task, ...]:
    """The steps of an order in order; those that do not apply to it are left out.

    A flow that was taken back because the order was changed gives way to the one begun anew.
    """
    own = [flow for flow in flows if flow.order_id == order_id]
    found = [flow for flow in own if not _is_cancelled(flow)] or own
    tasks = (_task(each) for flow in found for each in flow.task_flows)
    return _folded(task for task in tasks if _was_wanted(task))


def _was_wanted(task: Task) -> bool:
    """What happens only when something goes wrong is not told before it does."""
    if task.state == "new" and task.exceptional:
        return False
    return task.state != "cancelled" or task.outcome not in _NEVER_WERE


def _is_cancelled(flow: Flow) -> bool:
    return flow.process_flow is not None and flow.process_flow.state == "cancelled"


def _folded(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """A notice is told beside the step before it, and has a row of its own only if it is stuck.

    Rows must not come and go while one looks: what is a row at the beginning is one at the end.
    """
    rows: list[Task] = []
    for task in tasks:
        before = rows[-1] if rows else None
        if before is not None and _is_quiet_notice(task):
            told = (*before.told, *task.told)
            rows[-1] = replace(before, told=told, documents=(*before.documents, *task.documents))
        else:
            rows.append(task)
    return tuple(rows)


def _is_quiet_notice(task: Task) -> bool:
    return task.kind == _NOTICE and task.state in _QUIET and not task.no_return


def _task(flow: TaskFlow) -> Task:
    facts = flow.characteristic
    specification = flow.task_flow_specification_ref
    named = flow.name or text_of(facts, "name") or (specification.name if specification else "")
    told = characteristic(facts, "told") or characteristic(facts, "letters")
    return Task(
        id=flow.id,
        name=named or flow.task_flow_specification or flow.id,
        state=flow.state or "new",
        who=text_of(facts, "who"),
        began=flow.start_date,
        ended=flow.completion_date,
        promise=_promise(characteristic(facts, "promised")) or _requested(flow),
        outcome=text_of(facts, "outcome"),
        reason=text_of(facts, "reason"),
        attempts=_count(characteristic(facts, "attempts")),
        waits_for=text_of(facts, "waitsFor"),
        no_return=str(characteristic(facts, "pointOfNoReturn")).lower() == "true",
        told=tuple(_letters(told, "letter")),
        documents=tuple(_letters(told, "documentId")),
        kind=text_of(facts, "kind"),
        says=text_of(facts, "says"),
        usually=_length(text_of(facts, "usually")),
        in_danger=str(characteristic(facts, "inDanger")).lower() == "true",
        exceptional=str(characteristic(facts, "exceptional")).lower() == "true",
    )


def _length(text: str) -> dt.timedelta | None:
    """A duration as ISO 8601 has it, `PT1H20M`; None for anything else."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    parts = {name: float(value) for name, value in found.groupdict().items() if value}
    return dt.timedelta(**parts) if parts else None


def _promise(value: Any) -> Promise | None:
    if isinstance(value, Mapping):
        start = moment_of(value.get("startDateTime"))
        end = moment_of(value.get("endDateTime")) or start
        return Promise(start, end) if end else None
    moment = moment_of(value) if value else None
    return Promise(None, moment, is_day(value)) if moment else None


def _requested(flow: TaskFlow) -> Promise | None:
    end = flow.requested_completion_date
    return Promise(flow.requested_start_date, end) if end else None


def _count(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def _letters(told: Any, part: str) -> Iterable[str]:
    """`told` is one letter's id, a list of them, or a list of what was kept of each."""
    for each in told if isinstance(told, list | tuple) else [told]:
        if isinstance(each, Mapping):
            if each.get(part):
                yield str(each[part])
        elif each and part == "letter":
            yield str(each)
