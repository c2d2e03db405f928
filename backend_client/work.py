"""Work that people must do about orders: steps that are stuck, tasks, promises in danger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from backend_client.calls import Call, Params, Sender, segment
from backend_client.cancel import Cancel
from backend_client.decoding import decoded, encoded
from backend_client.process_flow import TaskFlow
from backend_client.records import Record, Time

_API = "/desk-api/v1/worklist"
_FLOWS = "/tmf-api/processFlowManagement/v4/processFlow"


class Person(Record, frozen=True):
    """Somebody who may be given work."""

    id: str = ""
    name: str = ""
    team: str | None = None


class FormValue(Record, frozen=True):
    value: str = ""
    label: str | None = None


class FormField(Record, frozen=True):
    """What is asked for when a task is done; `type` is text, date, choice, boolean or number."""

    name: str = ""
    label: str = ""
    type: str = "text"
    required: bool = False
    values: tuple[FormValue, ...] = ()


class WorkRow(Record, frozen=True):
    """A step that waits for somebody.

    `kind` is stuck, task or danger; `outcome` of a stuck one refused, failed or late; `actions`
    are those the caller may do: retry, skip, compensate, assign, complete.
    """

    task_id: str = ""
    flow_id: str = ""
    order_id: str | None = None
    order_number: str | None = None
    customer_id: str | None = None
    customer: str | None = None
    step: str = ""
    flow: str = ""
    kind: str = "stuck"
    outcome: str | None = None
    reason: str | None = None
    who: str | None = None
    department: str | None = None
    assignee: Person | None = None
    since: Time | None = None
    due: Time | None = None
    promised: Time | None = None
    says: str | None = None
    attempts: int = 0
    actions: frozenset[str] = frozenset()
    form: tuple[FormField, ...] = ()


class WorkCounts(Record, frozen=True):
    stuck: int = 0
    tasks: int = 0
    danger: int = 0
    mine: int = 0


class Department(Record, frozen=True):
    """A department with how much waits for it."""

    id: str = ""
    name: str = ""
    count: int = 0


class WorkList(Record, frozen=True):
    """A page of the list, the most urgent first; `next` asks for the one after it."""

    total: int = 0
    counts: WorkCounts = WorkCounts()
    departments: tuple[Department, ...] = ()
    rows: tuple[WorkRow, ...] = ()
    next: str | None = None


class _People(Record, frozen=True):
    people: tuple[Person, ...] = ()


class Work:
    """Asked for by the capability `work`, by those with the right `work.read`."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def listed(
        self,
        view: str = "all",
        *,
        department: str = "",
        mine: bool = False,
        after: str = "",
        limit: int = 200,
        cancel: Cancel | None = None,
    ) -> WorkList:
        """A page of what waits; `view` is stuck, tasks, danger or all."""
        params: Params = (("view", view), ("limit", str(limit)))
        if department:
            params = (*params, ("department", department))
        if mine:
            params = (*params, ("mine", "true"))
        if after:
            params = (*params, ("after", after))
        call = Call(method="GET", path=_API, params=params, cancel=cancel)
        return decoded(self._sender.send(call), WorkList)

    def people(self, *, cancel: Cancel | None = None) -> tuple[Person, ...]:
        """Who may be given work."""
        call = Call(method="GET", path=f"{_API}/people", cancel=cancel)
        return decoded(self._sender.send(call), _People).people

    def assign(self, task_id: str, person: str | None, *, cancel: Cancel | None = None) -> WorkRow:
        """Give a step to a person by id, to "me", or to nobody (None)."""
        call = Call(
            method="POST",
            path=f"{_API}/{segment(task_id)}/assignment",
            route=f"{_API}/{{id}}/assignment",
            body=encoded({"userId": person}),
            keyed=True,  # the same person again changes nothing
            cancel=cancel,
        )
        return decoded(self._sender.send(call), WorkRow)

    def take_back(
        self, task_id: str, reason: str, *, force: bool = False, cancel: Cancel | None = None
    ) -> None:
        """Take back what the step's flow did, the last first, and cancel its items.

        Rejected after the point of no return, unless `force` and the right for it.
        """
        call = Call(
            method="POST",
            path=f"{_API}/{segment(task_id)}/compensation",
            route=f"{_API}/{{id}}/compensation",
            body=encoded({"reason": reason, **({"force": True} if force else {})}),
            key=uuid4().hex,
            cancel=cancel,
        )
        self._sender.send(call)

    def retry(self, row: WorkRow, *, cancel: Cancel | None = None) -> TaskFlow:
        """Try a held step again."""
        return self._patch(row, "active", {}, cancel)

    def skip(self, row: WorkRow, reason: str, *, cancel: Cancel | None = None) -> TaskFlow:
        """Pass over a held step; the reason is kept with it."""
        return self._patch(row, "completed", {"reason": reason}, cancel)

    def complete(
        self, row: WorkRow, given: Mapping[str, Any], *, cancel: Cancel | None = None
    ) -> TaskFlow:
        """A task is done; `given` answers its form. Rejected names the field that is wrong."""
        return self._patch(row, "completed", given, cancel)

    def _patch(
        self, row: WorkRow, state: str, given: Mapping[str, Any], cancel: Cancel | None
    ) -> TaskFlow:
        noted = [{"name": name, "value": value} for name, value in given.items()]
        call = Call(
            method="PATCH",
            path=f"{_FLOWS}/{segment(row.flow_id)}/taskFlow/{segment(row.task_id)}",
            route=f"{_FLOWS}/{{id}}/taskFlow/{{taskId}}",
            body=encoded({"state": state, **({"characteristic": noted} if noted else {})}),
            key=uuid4().hex,
            cancel=cancel,
        )
        return decoded(self._sender.send(call), TaskFlow)


def values_of(form: FormField) -> tuple[tuple[str, str], ...]:
    """The choices of a field: value and label."""
    return tuple((each.value, each.label or each.value) for each in form.values)
