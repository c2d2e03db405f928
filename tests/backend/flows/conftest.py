"""An operator whose orders are carried out: shop, letters, flows and a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backend import logs
from backend.access.caller import Caller
from backend.account import rules as account
from backend.catalog.rules import Versions
from backend.communication.rules import SEND, Messages
from backend.customer import rules as customer
from backend.database import Database
from backend.document import rules as document
from backend.flows import records, rules
from backend.flows.actions.all_actions import ACTIONS
from backend.flows.assembly import Flows, Surroundings, build_flows
from backend.flows.engine import FLOW, Clockwork
from backend.flows.progress import ANEW_JOB, BEGIN_JOB, STEP_JOB
from backend.flows.records import Task
from backend.flows.simulators import records as simulated
from backend.flows.simulators.systems import REPORT_JOB
from backend.flows.starting import Subject
from backend.flows.work import Actions, Inside, Outside, Work
from backend.jobs import Jobs
from backend.metrics import Metrics
from backend.notices.rules import Notices
from backend.notices.stationery import read_stationery
from backend.ordering import rules as orders
from backend.ordering.rules import Ordering
from backend.party import rules as party
from backend.qualification.bureau import SimulatedBureau
from backend.qualification.rules import Qualification
from backend.resource_inventory.seeding import seed_sims
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document
from backend.worker import Pace, Worker
from tests.support.waiting import eventually

BRISK = Pace(heartbeat=0.2, silent_for=1.5, poll=0.02, sweep=0.1, pause_after_fault=0.05)
SCALE = 100_000.0  # two hours in 70 ms
RIGHTS = frozenset(
    f"{noun}.{verb}"
    for noun in ("customer", "order")
    for verb in ("read", "create", "update", "amend", "cancel")
) | {"number.gold", "order.retry-step", "order.skip-step", "owner.change"}
RIGHTS |= {f"product.{verb}" for verb in ("suspend", "resume", "cease")}
MAREN = Caller("maren", "Maren Tindlewick", frozenset({"agent"}), RIGHTS, None)


def now() -> datetime:
    return datetime.now(UTC)


def add(identity: str, code: str, *, line: str | None = None, **settings: Any) -> Document:
    """An item that adds one of an offering; it may rely on another item."""
    characteristics = [{"name": name, "value": value} for name, value in settings.items()]
    item: Document = {
        "id": identity,
        "action": "add",
        "productOffering": {"id": code},
        "product": {"productCharacteristic": characteristics},
    }
    if line is not None:
        relation = {"id": line, "relationshipType": "reliesOn"}
        item["productOrderItemRelationship"] = [relation]
    return item


def mobile(line: str = "1", *, sim: str = "M11", extras: tuple[str, ...] = ()) -> list[Document]:
    """A mobile line with its SIM and extras, as items of an order."""
    riding = [(f"{line}-sim", sim), *((f"{line}-{code}", code) for code in extras)]
    return [add(line, "M03"), *(add(item, code, line=line) for item, code in riding)]


@dataclass
class Operation:
    """The operator at work."""

    database: Database
    jobs: Jobs
    flows: Flows
    ordering: Ordering
    clock: Callable[[], datetime]

    @contextmanager
    def at(self, caller: Caller = MAREN) -> Iterator[Context]:
        with self.database.begin() as connection:
            yield Context(connection, caller, self.clock(), "test")

    @contextmanager
    def working(self) -> Iterator[Worker]:
        worker = Worker(self.database, self.jobs, Metrics(), pace=BRISK)
        worker.start()
        try:
            yield worker
        finally:
            worker.stop()

    def customer(self, *, mobile_number: str | None = "07700 900123", **person: Any) -> str:
        """A private customer with one billing account, who can be written to."""
        media: list[Document] = [
            {
                "mediumType": "email",
                "preferred": True,
                "characteristic": {"emailAddress": "edda.marrowby@example.com"},
            },
            {
                "mediumType": "postalAddress",
                "characteristic": {
                    "street1": "14 Pebblewick Rise",
                    "city": "Norsby-on-Tarn",
                    "postCode": "QX4 7TR",
                },
            },
        ]
        if mobile_number:
            characteristic = {"phoneNumber": mobile_number}
            media.append({"mediumType": "phone", "characteristic": characteristic})
        known = {"givenName": "Edda", "familyName": "Marrowby", "birthDate": "1984-03-09T00:00:00Z"}
        with self.at() as context:
            known = {name: value for name, value in {**known, **person}.items() if value}
            born = party.create_individual(context, known)
            noted = {"identitySeen": "passport", "creditClass": "A"}
            made = customer.create(
                context,
                {
                    "name": "Edda Marrowby",
                    "engagedParty": {"id": born["id"]},
                    "contactMedium": media,
                    "characteristic": [
                        {"name": name, "value": value} for name, value in noted.items()
                    ],
                },
            )
            owner = {"id": made["id"], "role": "customer"}
            account.create(context, {"name": "Home", "relatedParty": [owner]})
            return str(made["id"])

    def place(self, customer_id: str, *items: Document, **more: Any) -> Document:
        owner = {"id": customer_id, "role": "customer", "@referredType": "Customer"}
        wanted = {"relatedParty": [owner], "productOrderItem": list(items), **more}
        with self.at() as context:
            return self.ordering.place(context, wanted)

    @property
    def jobs_by_name(self) -> dict[str, Callable[..., None]]:
        engine = self.flows.engine
        return {
            BEGIN_JOB: self.flows.holding.begin,
            ANEW_JOB: self.flows.amendments.go_on,
            STEP_JOB: engine.run_step,
            REPORT_JOB: engine.reported,
            SEND: _carry_nothing,
        }

    def order(self, order: Document) -> Document:
        with self.at() as context:
            return orders.find(context, order["id"])

    def flow_ids(self, order: Document) -> list[str]:
        with self.database.read() as connection:
            return records.flows_of_order(connection, order["id"])

    def flow(self, flow: str) -> Document:
        with self.at() as context:
            return rules.find(context, flow)

    def tasks(self, flow: str) -> dict[str, Task]:
        with self.database.read() as connection:
            return {task.step: task for task in records.tasks(connection, flow)}

    def steps(self, flow: str) -> dict[str, Document]:
        """The steps of a flow as TMF701 shows them, by the id of their definition."""
        query = sa.select(records.TASK_FLOW.c.step, records.TASK_FLOW.c.document)
        query = query.where(records.TASK_FLOW.c.process_flow_id == flow)
        with self.database.read() as connection:
            rows = connection.execute(query.order_by(records.TASK_FLOW.c.position))
            return {row[0]: row[1] for row in rows}

    def states(self, flow: str) -> dict[str, str]:
        return {step: task.outcome or task.state for step, task in self.tasks(flow).items()}

    def letters(self, customer_id: str) -> list[str]:
        """The ids of the letters a customer was given, sorted."""
        with self.at() as context:
            return sorted(one["documentType"] for one in document.of_customer(context, customer_id))

    def heard(self, system: str) -> list[str]:
        """What a network system did, by operation; each key of it once."""
        with self.database.read() as connection:
            return [row.operation for row in simulated.heard(connection, system)]

    def begin(self, text: str, facts: Mapping[str, Any] | None = None) -> str:
        """Publish a definition and begin it, about nobody."""
        with self.at(FLOW) as context:
            definition = self.flows.library.publish(context, text)
            return self.flows.starter.begin(context, definition, Subject(), facts or {})

    def until(self, flow: str, state: str) -> None:
        eventually(lambda: self.flow(flow)["state"] == state)

    def until_step(self, flow: str, step: str, state: str) -> None:
        eventually(lambda: self.tasks(flow)[step].state == state)


def _carry_nothing(message: str) -> None:
    del message


def operate(
    database: Database,
    clockwork: Clockwork | None = None,
    *,
    scale: float = SCALE,
    clock: Callable[[], datetime] = now,
    actions: Actions = ACTIONS,
    hold: timedelta = timedelta(0),
) -> Operation:
    """Join the operator's parts on a database."""
    logs.join_structlog()
    jobs, versions, stationery = Jobs(), Versions(), read_stationery()
    messages = Messages(jobs, stationery.houses())
    # messages are written and not carried: the post is not what is tested here
    jobs.add(SEND, _carry_nothing)
    notices = Notices(messages, stationery)
    letters = frozenset(stationery.templates["en"])

    def place(context: Context, wanted: Document) -> Document:
        return ordering.place(context, wanted)

    around = Surroundings(
        database,
        jobs,
        versions,
        notices,
        letters,
        clock,
        place,
        scale,
        actions,
        over_http=False,
        channels=lambda letter: stationery.templates["en"][letter].channels,
    )
    flows = build_flows(around, clockwork)
    qualification = Qualification(versions, SimulatedBureau())
    ordering = Ordering(qualification, flows.starter.start, in_flight=flows.amendments, hold=hold)
    return Operation(database, jobs, flows, ordering, clock)


@dataclass
class Clock:
    """A time that passes only when a test lets it; jobs without a time carry the real one."""

    at: datetime = datetime(2040, 11, 20, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Bench:
    """Flows without a worker: jobs are done one by one, in an order of the test's choosing."""

    operation: Operation
    clock: Clock
    trace: list[str]

    def waiting(self) -> list[tuple[int, str, dict[str, Any]]]:
        """The jobs that wait, by when they are to be done: number, kind, arguments."""
        query = sa.text(
            "SELECT id, task_name, args, scheduled_at FROM procrastinate_jobs "
            "WHERE status = 'todo' ORDER BY scheduled_at NULLS FIRST, id"
        )
        with self.operation.database.read() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def do(self, job: int) -> None:
        """Take one job from the queue and do it; the time is then at least the job's."""
        query = sa.text("DELETE FROM procrastinate_jobs WHERE id = :job RETURNING *")
        with self.operation.database.begin() as connection:
            row = connection.execute(query, {"job": job}).one()
        self.clock.at = max(self.clock.at, row.scheduled_at or self.clock.at)
        self.operation.jobs_by_name[row.task_name](**row.args)

    def step(self) -> bool:
        """Do the next job; False when none waits."""
        waiting = self.waiting()
        if waiting:
            self.do(waiting[0][0])
        return bool(waiting)

    def run(self) -> None:
        """Do jobs until none is left."""
        while self.step():
            pass

    def flow(self, steps: str, **facts: Any) -> str:
        """Begin a flow of these steps (TOML)."""
        head = 'id = "PF90"\nname = "Trial"\ndescription = "Made up for a test."\n'
        return self.operation.begin(head + steps, facts)


def trial_actions(trace: list[str]) -> Actions:
    """Actions that only leave a trace of what was done."""

    def note(work: Work) -> Document:
        trace.append(work.step.id)
        return {"by": work.step.id}

    def refuse(_work: Work) -> Document:
        raise Refused("No.", "Try something else.", code="no")

    def fail(_work: Work) -> Document:
        raise RuntimeError("a fault of the program")

    def body(work: Work) -> Document:
        return {"step": work.step.id}

    def watch(work: Work) -> Document:
        return {"report": str(work.step.event)}

    def answered(work: Work, answer: Document) -> Document:
        trace.append(work.step.id)
        return answer

    return {
        "trial.note": Inside(note),
        "trial.refuse": Inside(refuse),
        "trial.fail": Inside(fail),
        "trial.provision": Outside("network", "provision", body, answered),
        "trial.remove": Outside("network", "remove", body, answered),
        "trial.watch": Outside("hlr", "watch-attach", watch, lambda _work, answer: answer),
    }


@pytest.fixture
def bench(database: Database) -> Bench:
    clock, trace = Clock(), list[str]()
    operation = operate(database, scale=1.0, clock=clock, actions=trial_actions(trace))
    return Bench(operation, clock, trace)


@pytest.fixture
def operation(operator_database: Database) -> Operation:
    operation = operate(operator_database)
    with operator_database.begin() as connection:
        seed_sims(connection, 30)
    operation.flows.open(operator_database, now)
    return operation
