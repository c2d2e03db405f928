"""The work list: steps that are stuck, tasks for people, and promises in danger."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.access.caller import Caller
from backend.flows import history, open_steps
from backend.flows.definition import UNDO, Definition, Question, Step, undoing
from backend.flows.history import Duration
from backend.flows.library import Library
from backend.flows.open_steps import Expected, OpenStep
from backend.flows.rules import ASSIGN, COMPENSATE, RETRY, SKIP, TASK_FLOW, visible_task
from backend.rest import events
from backend.rest.errors import Invalid, NotFound
from backend.rest.resource import Context, Document

MOST_ROWS = 1000
_STUCK, _TASK, _DANGER = "stuck", "task", "danger"
_VIEWS: Mapping[str, frozenset[str]] = {
    "stuck": frozenset({_STUCK}),
    "tasks": frozenset({_TASK}),
    "danger": frozenset({_DANGER}),
    "all": frozenset({_STUCK, _TASK, _DANGER}),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which part of the list is wanted; `after` is where the page before ended."""

    view: str = "all"
    department: str | None = None
    mine: bool = False
    limit: int = 50
    after: str = ""


class WorkList:
    """Looks through all open flows, by the definitions they began with and by their past."""

    def __init__(self, library: Library, departments: Mapping[str, str]) -> None:
        self._library = library
        self._departments = departments

    def page(self, context: Context, wish: Wish) -> Document:
        """A page of what waits, the most urgent first: in danger, then the oldest. Invalid."""
        if wish.view not in _VIEWS:
            raise Invalid(f"Choose one of: {', '.join(_VIEWS)}.", code="unknownView")
        found = self._open(context)
        me = context.caller.user_id
        counts = Counter(_kind(each) for each in found)
        viewed = [
            each
            for each in found
            if _kind(each) in _VIEWS[wish.view] and (not wish.mine or each.assignee == me)
        ]
        by_department = Counter(each.department for each in viewed)
        chosen = sorted(
            (each for each in viewed if wish.department in {None, "", each.department}),
            key=_urgency,
        )
        begin = _position(chosen, wish.after)
        shown = chosen[begin : begin + wish.limit]
        return {
            "total": len(chosen),
            "counts": {
                "stuck": counts[_STUCK],
                "tasks": counts[_TASK],
                "danger": counts[_DANGER],
                "mine": sum(each.assignee == me for each in found),
            },
            "departments": [
                {"id": letters, "name": name, "count": by_department[letters]}
                for letters, name in self._departments.items()
                if by_department[letters]
            ],
            "rows": self._rows(context, shown),
            "next": _mark(shown[-1]) if begin + wish.limit < len(chosen) else None,
        }

    def row(self, context: Context, task: str) -> Document:
        """One step of the list; NotFound when it needs nobody."""
        found = [each for each in self._open(context) if each.id == task]
        if not found:
            raise NotFound("This step needs nobody now.", code="notFound")
        return self._rows(context, found)[0]

    def _open(self, context: Context) -> list[OpenStep]:
        connection = context.connection
        in_use = open_steps.specifications_in_use(connection)
        definitions = {each: self._library.version(connection, each) for each in in_use}
        took = history.durations(connection, {each.code for each in definitions.values()})
        expected = [
            line
            for specification, definition in definitions.items()
            for line in _expected(specification, definition, took)
        ]
        return open_steps.open_steps(
            connection, expected, context.now, visible_task(context.caller)
        )

    def _rows(self, context: Context, shown: Sequence[OpenStep]) -> list[Document]:
        details = open_steps.in_full(context.connection, [each.id for each in shown])
        return [self._row(context, each, details[each.id]) for each in shown if each.id in details]

    def _row(self, context: Context, found: OpenStep, full: Any) -> Document:
        definition = self._library.version(context.connection, full.specification_id)
        step = definition.step(full.step)
        said = {one["name"]: one["value"] for one in full.document.get("characteristic", ())}
        return {
            "taskId": full.id,
            "flowId": full.process_flow_id,
            "orderId": full.order_id,
            "orderNumber": full.order_number,
            "customerId": full.customer_id,
            "customer": full.customer,
            "step": step.name,
            "flow": definition.name,
            "kind": _kind(found),
            "outcome": full.outcome or None,
            "reason": said.get("reason"),
            "who": step.who,
            "department": step.department,
            "assignee": _assignee(full.document),
            "since": events.timestamp(found.since),
            "due": None if full.due is None else events.timestamp(full.due),
            "promised": full.facts.get("promised"),
            "inDanger": found.danger,
            "says": step.says,
            "attempts": full.attempts,
            "actions": sorted(_actions(context.caller, found, full)),
            "form": [_field(asked) for asked in step.form],
        }


def _expected(
    specification: str, definition: Definition, took: Mapping[tuple[str, str], Duration]
) -> Iterable[Expected]:
    """What is known of each step, also of those that take something back."""
    past = {step: found for (code, step), found in took.items() if code == definition.code}
    rest = _rests(definition.steps, past)
    for step in definition.steps:
        usual, most = _usual(step, past), past[step.id].most if step.id in past else step.within
        yield Expected(
            specification,
            step.id,
            step.kind,
            step.department,
            None if usual is None else usual.total_seconds(),
            None if most is None or step.kind in {"wait", "manual"} else most.total_seconds(),
            rest[step.id].total_seconds(),
        )
        if step.undo is not None:
            back = undoing(step)
            yield Expected(
                specification, UNDO + step.id, back.kind, back.department, None, None, 0.0
            )


def _usual(step: Step, past: Mapping[str, Duration]) -> timedelta | None:
    if step.kind == "wait":
        return step.lasts
    if step.id in past:
        return past[step.id].usual
    return None if step.kind == "event" else step.within


def _rests(steps: Sequence[Step], past: Mapping[str, Duration]) -> dict[str, timedelta]:
    """How long the longest way after each step usually takes; what may be skipped costs nothing."""
    rest = {step.id: timedelta(0) for step in steps}
    for step in reversed(steps):
        certain = step.when is None and step.ended_by is None
        own = (_usual(step, past) if certain else None) or timedelta(0)
        for before in step.after:
            rest[before] = max(rest[before], own + rest[step.id])
    return rest


def _kind(found: OpenStep) -> str:
    if found.state == "hold":
        return _STUCK
    return _TASK if found.kind == "manual" else _DANGER


def _urgency(found: OpenStep) -> tuple[bool, datetime, str]:
    return not found.danger, found.since, found.id


def _mark(found: OpenStep) -> str:
    text = f"{int(not found.danger)}|{found.since.isoformat()}|{found.id}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def _position(chosen: Sequence[OpenStep], after: str) -> int:
    """Where the next page begins, also when what ended the one before is gone."""
    if not after:
        return 0
    try:
        calm, since, identity = base64.urlsafe_b64decode(after).decode().split("|")
        last = (bool(int(calm)), datetime.fromisoformat(since), identity)
    except (ValueError, binascii.Error):
        raise Invalid("Take `after` from an answer's `next`.", code="unknownPage") from None
    return sum(_urgency(each) <= last for each in chosen)


def _assignee(document: Document) -> Document | None:
    parties = document.get("relatedParty") or ()
    found = next((one for one in parties if one.get("role") == "assignee"), None)
    return None if found is None else {"id": found["id"], "name": found.get("name", "")}


def _actions(caller: Caller, found: OpenStep, full: Any) -> set[str]:
    """What the caller may do about it now."""
    wanted = {"assign": ASSIGN}
    match _kind(found):
        case "stuck":
            wanted |= {"retry": RETRY, "skip": SKIP}
        case "task":
            wanted["complete"] = TASK_FLOW.rights.update
    if not full.cancelling:
        wanted["compensate"] = COMPENSATE
    return {action for action, right in wanted.items() if right in caller.rights}


def _field(asked: Question) -> Document:
    return {
        "name": asked.name,
        "label": asked.label,
        "type": asked.type,
        "required": asked.required,
        "values": [{"value": value, "label": value} for value in asked.values],
    }
