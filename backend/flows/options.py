"""What can still be done about an order that is under way, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.appointment import rules as appointment
from backend.flows import records
from backend.flows.definition import Step
from backend.flows.library import Library
from backend.flows.plan import ACTIVE, COMPLETED, HOLD, NEW
from backend.flows.records import Flow, Task
from backend.ordering import cancelling
from backend.ordering import rules as ordering
from backend.rest import events
from backend.rest.errors import NotFound, Refused
from backend.rest.resource import Context, Document

_NOTHING = "0.00"
_OPEN = frozenset({ACTIVE, HOLD})
_BEING_CANCELLED = frozenset({"assessingCancellation", "pendingCancellation"})


@dataclass(frozen=True, slots=True)
class _Standing:
    """A flow of the order that is under way."""

    flow: Flow
    steps: Sequence[Step]
    tasks: Mapping[str, Task]

    @property
    def passed(self) -> str | None:
        """The step of no return, where it has begun."""
        if not self.flow.no_return:
            return None
        steps = [step for step in self.steps if step.point_of_no_return]
        begun = [step.name for step in steps if self._state(step) in {*_OPEN, COMPLETED}]
        return next(iter(begun), steps[0].name)

    @property
    def ahead(self) -> str | None:
        """The step of no return that comes."""
        steps = [step for step in self.steps if step.point_of_no_return]
        return next((step.name for step in steps if self._state(step) == NEW), None)

    @property
    def goes_back(self) -> list[str]:
        """The names of the steps that are done and can be taken back, the last first."""
        done = [
            (task.ended, task.position, step.name)
            for step in self.steps
            if step.undo is not None
            and (task := self.tasks.get(step.id)) is not None
            and task.state == COMPLETED
            and task.ended is not None
        ]
        return [name for _, _, name in sorted(done, reverse=True)]

    def _state(self, step: Step) -> str:
        task = self.tasks.get(step.id)
        return "" if task is None else task.state


class OrderOptions:
    """Reads an order with its flows, as they stand at one moment."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def of(self, context: Context, order_id: str) -> Document:
        """Undo, cancelling and amending, each with whether and until when. NotFound."""
        order = ordering.find(context, order_id)
        standings = [
            self._standing(context, flow)
            for flow in records.open_of_order(context.connection, order_id)
        ]
        is_open = order["state"] not in ordering.FINAL_STATES
        being_cancelled = order["state"] in _BEING_CANCELLED or cancelling.is_asked(
            context, order_id
        )
        changes = is_open and not being_cancelled
        return {
            **_undo(order, context.now, possible=changes),
            "cancel": _cancel(order, standings, is_open=is_open, being_cancelled=being_cancelled),
            "amend": [
                _visit(context, order, possible=changes),
                *_carried(order, standings, possible=changes),
                {**_line("contact", "Contact for news", possible=changes)},
            ],
        }

    def _standing(self, context: Context, flow: Flow) -> _Standing:
        definition = self._library.version(context.connection, flow.specification_id)
        tasks = {task.step: task for task in records.tasks(context.connection, flow.id)}
        return _Standing(flow, definition.steps, tasks)


def _undo(order: Document, now: datetime, *, possible: bool) -> Document:
    until = order.get("holdUntil") if possible else None
    left = None if until is None else (datetime.fromisoformat(until) - now).total_seconds()
    if left is None or left <= 0:
        return {"undoUntil": None, "undoSeconds": None}
    return {"undoUntil": until, "undoSeconds": round(left, 1)}


def _cancel(
    order: Document, standings: Sequence[_Standing], *, is_open: bool, being_cancelled: bool
) -> Document:
    passed = next((each.passed for each in standings if each.passed), None)
    answer: Document = {"until": None, "untilStep": None, "fee": _NOTHING, "possible": False}
    if not is_open:
        return {**answer, "text": f"{order['orderNumber']} is {order['state']}."}
    if being_cancelled:
        return {**answer, "text": "It is being cancelled: what was done is taken back."}
    if passed is not None:
        return {**answer, "text": f"“{passed}” has begun: order the change that is wanted instead."}
    ahead = next((each.ahead for each in standings if each.ahead), None)
    back = [name for each in standings for name in each.goes_back]
    taken = "Nothing has to be taken back: it ends at once."
    if back:
        taken = f"Taken back, the last first: {', '.join(dict.fromkeys(back))}."
    return {**answer, "possible": True, "untilStep": ahead, "text": taken}


def _carried(order: Document, standings: Sequence[_Standing], *, possible: bool) -> list[Document]:
    """What hangs on the flows: items, settings and the day."""
    left = [
        item
        for item in order["productOrderItem"]
        if item["state"] not in ordering.FINAL_STATES and not item.get("takenOut")
    ]
    closed = {
        item: step
        for each in standings
        if (step := each.passed) is not None
        for item in each.flow.facts.get("itemIds", ())
    }
    free = [item for item in left if item["id"] not in closed]
    ahead = next((each.ahead for each in standings if each.ahead), None)
    passed = next(iter(closed.values()), None)
    relied = {line for item in left for line in ordering.relied_on(item)}
    alone = len(left) == 1
    items = [
        {
            "id": item["id"],
            "name": _name(item),
            "mayGo": item["id"] not in closed | dict.fromkeys(relied) and not alone,
        }
        for item in left
    ]
    goes = possible and any(item["mayGo"] for item in items)
    sets = possible and any(item["action"] == "add" for item in free)
    return [
        {**_line("items", "Items", possible=goes, step=ahead if goes else passed), "items": items},
        _line("settings", "Settings", possible=sets, step=ahead if sets else passed),
        _line("day", "Wanted day", possible=possible and not closed, step=passed or ahead),
    ]


def _visit(context: Context, order: Document, *, possible: bool) -> Document:
    """The engineer's visit, which can be moved until noon of the day before."""
    named = [item["appointment"]["id"] for item in order["productOrderItem"] if _has_visit(item)]
    for identity in named:
        try:
            found = appointment.find(context, identity)
            appointment.require_movable(found, context.now)
        except (NotFound, Refused):
            continue
        until = events.timestamp(appointment.slot_of(found).change_until)
        return _line("visit", "Appointment", possible=possible, until=until)
    return _line("visit", "Appointment", possible=False)


def _has_visit(item: Document) -> bool:
    return bool((item.get("appointment") or {}).get("id"))


def _name(item: Document) -> str:
    offering, product = item.get("productOffering") or {}, item.get("product") or {}
    return str(offering.get("name") or product.get("name") or item["id"])


def _line(
    what: str, label: str, *, possible: bool, until: str | None = None, step: str | None = None
) -> Document:
    return {
        "what": what,
        "label": label,
        "possible": possible,
        "until": until,
        "untilStep": step,
        "items": [],
    }
