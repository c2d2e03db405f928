"""A list of orders that need somebody, without a server; it answers like one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import msgspec

from app.changes import Changes
from app.connection import Connection
from app.session import User
from app.worklist.desk import WorkDesk
from app.workplace import Workplace
from backend_client.process_flow import TaskFlow
from backend_client.work import (
    Department,
    FormField,
    FormValue,
    Person,
    WorkCounts,
    WorkList,
    WorkRow,
)
from ui.background import Background
from ui.page import Surroundings
from ui.theme.theme import Theme

NOW = dt.datetime(2026, 11, 20, 14, 5, tzinfo=dt.UTC)
EVERYTHING = frozenset({"retry", "skip", "compensate", "assign"})
COSMO = Person(id="u2", name="Cosmo Pellwether", team="Norsby evening")
MAREN = Person(id="u1", name="Maren Tindlewick", team="Norsby evening")


def ago(**span: float) -> dt.datetime:
    return NOW - dt.timedelta(**span)


STUCK = WorkRow(
    task_id="T1",
    flow_id="F1",
    order_id="O1",
    order_number="KO-0093317-4",
    customer_id="KF-0041873-6",
    customer="Edda Marrowby",
    step="Line set up in the network",
    flow="New mobile line",
    kind="stuck",
    outcome="failed",
    reason="The HLR did not answer.",
    who="HLR",
    department="PV",
    since=ago(hours=2, minutes=10),
    promised=ago(minutes=40),
    says="We set up your line in the network.",
    attempts=6,
    actions=EVERYTHING,
)
REFUSED = msgspec.structs.replace(
    STUCK,
    task_id="T2",
    flow_id="F2",
    order_number="KO-0093120-8",
    customer_id="KF-0041920-5",
    customer="Torvald Quillfeather",
    step="Line ordered",
    flow="New fibre line",
    outcome="refused",
    reason="The access network refused: no free port at the cabinet.",
    who="Access network",
    assignee=COSMO,
    since=ago(days=1, hours=3),
    promised=NOW + dt.timedelta(days=2),
    attempts=1,
)
TASK = WorkRow(
    task_id="T3",
    flow_id="F3",
    order_id="O3",
    order_number="KO-0093402-1",
    customer_id="KF-0042001-2",
    customer="Sorrel Vantongeren",
    step="New code from the customer",
    flow="Number brought along",
    kind="task",
    who="Porting desk",
    department="PT",
    since=ago(minutes=25),
    due=NOW + dt.timedelta(hours=5),
    promised=NOW + dt.timedelta(hours=5),
    says="We need a new code from your old operator.",
    actions=frozenset({"complete", "assign"}),
    form=(
        FormField(
            name="answer",
            label="What shall happen",
            type="choice",
            required=True,
            values=(FormValue("again", "Ask again"), FormValue("stop", "Give up the number")),
        ),
        FormField(name="pac", label="New code (PAC)", type="text"),
        FormField(name="day", label="Day of the move", type="date"),
        FormField(name="told", label="The customer knows", type="boolean"),
    ),
)
DANGER = msgspec.structs.replace(
    STUCK,
    task_id="T4",
    flow_id="F4",
    order_number="KO-0093288-3",
    customer_id="KF-0041555-0",
    customer="Halla Åsblom",
    step="Engineer visit",
    flow="New fibre line",
    kind="danger",
    outcome=None,
    reason="It usually takes 3 h and has taken 5 h.",
    who="Field dispatch",
    department="FS",
    since=ago(hours=5),
    promised=NOW + dt.timedelta(minutes=35),
    attempts=1,
    actions=frozenset({"assign"}),
)
_KINDS = {"stuck": "stuck", "tasks": "task", "danger": "danger"}


@dataclass
class FakeWork:
    """Answers like the server; `done` tells what was asked of it."""

    rows: list[WorkRow] = field(default_factory=lambda: [STUCK, REFUSED, TASK, DANGER])
    done: list[tuple[object, ...]] = field(default_factory=list)
    fault: Exception | None = None

    def listed(
        self,
        view: str = "all",
        *,
        department: str = "",
        mine: bool = False,
        after: str = "",
        limit: int = 200,
    ) -> WorkList:
        self._fail()
        del after
        rows = [row for row in self.rows if view == "all" or row.kind == _KINDS[view]]
        rows = [row for row in rows if not department or row.department == department]
        rows = [row for row in rows if not mine or row.assignee == MAREN]
        counts = WorkCounts(
            **{
                name: sum(row.kind == kind for row in self.rows)
                for name, kind in (("stuck", "stuck"), ("tasks", "task"), ("danger", "danger"))
            },
            mine=sum(row.assignee == MAREN for row in self.rows),
        )
        departments = (
            Department("PV", "Provisioning fallout", 2),
            Department("PT", "Porting desk", 1),
            Department("FS", "Field dispatch", 1),
        )
        return WorkList(len(rows), counts, departments, tuple(rows[:limit]))

    def people(self) -> tuple[Person, ...]:
        return (MAREN, COSMO)

    def assign(self, task_id: str, person: str | None) -> WorkRow:
        self._fail()
        self.done.append(("assign", task_id, person))
        known = {"me": MAREN, MAREN.id: MAREN, COSMO.id: COSMO}
        return self._replace(task_id, assignee=known[person] if person else None)

    def take_back(self, task_id: str, reason: str) -> None:
        self._end("take_back", task_id, reason)

    def retry(self, row: WorkRow) -> TaskFlow:
        return self._end("retry", row.task_id)

    def skip(self, row: WorkRow, reason: str) -> TaskFlow:
        return self._end("skip", row.task_id, reason)

    def complete(self, row: WorkRow, given: Mapping[str, Any]) -> TaskFlow:
        return self._end("complete", row.task_id, dict(given))

    def _end(self, *what: object) -> TaskFlow:
        self._fail()
        self.done.append(what)
        self.rows = [row for row in self.rows if row.task_id != what[1]]
        return TaskFlow(id=str(what[1]))

    def _replace(self, task_id: str, **changes: Any) -> WorkRow:
        self.rows = [
            msgspec.structs.replace(row, **changes) if row.task_id == task_id else row
            for row in self.rows
        ]
        return next(row for row in self.rows if row.task_id == task_id)

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault


@dataclass
class FakeNotes:
    """A person's preferences, in memory."""

    held: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        return self.held.get(name, default)

    def put(self, name: str, value: Any) -> None:
        self.held[name] = value


def work_desk(
    work: FakeWork, notes: FakeNotes, rights: tuple[str, ...] = ("work.read",)
) -> WorkDesk:
    held: dict[str, Any] = dict.fromkeys(rights, "x")
    user = User(MAREN.id, "supervisor", MAREN.name, "Norsby", frozenset({"supervisor"}), held)
    return WorkDesk(cast("Any", work), notes, lambda: NOW, user, there=True)


def work_surroundings(
    theme: Theme, background: Background, desk: WorkDesk, notes: FakeNotes
) -> Surroundings:
    """What the page asks for, and nothing else."""
    changes = Changes()
    place = SimpleNamespace(
        worklist=desk,
        store=SimpleNamespace(preferences=notes, durable=True),
        changes=changes,
        connection=Connection(changes, lambda: NOW),
        user=SimpleNamespace(id=MAREN.id),
        clock=lambda: NOW,
    )
    return Surroundings(theme, background, cast("Workplace", place))
