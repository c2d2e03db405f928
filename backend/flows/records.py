"""The tables of process flows, and their queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, distinct_on, insert

from backend.database import METADATA, all_rows
from backend.rest.tables import document_table

_TIME = sa.DateTime(timezone=True)
_PUBLISHING_LOCK = 7_204_701  # one process at a time publishes definitions

PROCESS_FLOW_SPECIFICATION = document_table(
    "process_flow_specification",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lifecycle_status", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("source", sa.Text, nullable=False, server_default=""),
    sa.Column("own", sa.Boolean, nullable=False, server_default=sa.false()),
)

TASK_FLOW_SPECIFICATION = document_table(
    "task_flow_specification",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lifecycle_status", sa.Text, nullable=False),
)

PROCESS_FLOW = document_table(
    "process_flow",
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id")),
    sa.Column("order_id", sa.Text, sa.ForeignKey("product_order.id")),
    sa.Column(
        "specification_id", sa.Text, sa.ForeignKey("process_flow_specification.id"), nullable=False
    ),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("started", _TIME, nullable=False),
    sa.Column("facts", JSONB, nullable=False, server_default="{}"),
    sa.Column("results", JSONB, nullable=False, server_default="{}"),
    sa.Column("begun", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("cancelling", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("no_return", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("amended", sa.Boolean, nullable=False, server_default=sa.false()),
)

TASK_FLOW = document_table(
    "task_flow",
    sa.Column("process_flow_id", sa.Text, sa.ForeignKey("process_flow.id"), nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    sa.Column("after", JSONB, nullable=False, server_default="[]"),
    sa.Column("outcome", sa.Text, nullable=False, server_default=""),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("faults", sa.Integer, nullable=False, server_default="0"),
    sa.Column("asked", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("turn", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due", _TIME),
    sa.Column("ended", _TIME),
    sa.Column("held", _TIME),
    sa.Column("assignee", sa.Text),
)

PROCESS_FLOW_SPECIFICATION.append_constraint(sa.UniqueConstraint("code", "version"))
TASK_FLOW.append_constraint(sa.UniqueConstraint("process_flow_id", "step"))

EVENT = sa.Table(
    "flow_event",
    METADATA,
    sa.Column("process_flow_id", sa.Text, sa.ForeignKey("process_flow.id"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("arrived", _TIME, nullable=False),
    sa.Column("facts", JSONB, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Flow:
    """A running flow. `facts` stay as they were at its start; `results` grow by its steps."""

    id: str
    customer_id: str | None
    order_id: str | None
    specification_id: str
    state: str
    started: datetime
    facts: Mapping[str, Any]
    results: Mapping[str, Any]
    begun: bool
    cancelling: bool
    no_return: bool
    amended: bool = False
    """Taken back only to begin anew with other items."""


@dataclass(frozen=True, slots=True)
class Task:
    """A step of a running flow.

    Only the job that was promised last may work on it: that of the newest `turn`.
    """

    id: str
    process_flow_id: str
    step: str
    state: str
    position: int
    after: tuple[str, ...]
    outcome: str
    attempts: int
    faults: int
    asked: bool
    turn: int
    due: datetime | None
    ended: datetime | None


_FLOW = [PROCESS_FLOW.c[name] for name in Flow.__dataclass_fields__]
_TASK = [TASK_FLOW.c[name] for name in Task.__dataclass_fields__]

# made once: making these takes longer than running them, and every step does
_IDENTITY = sa.bindparam("identity", type_=sa.Text)
_LOCKED = sa.select(*_FLOW).with_for_update(of=PROCESS_FLOW, key_share=True)
_LOCK_FLOW = _LOCKED.where(PROCESS_FLOW.c.id == _IDENTITY)
_LOCK_FLOW_OF = _LOCKED.where(
    PROCESS_FLOW.c.id
    == sa.select(TASK_FLOW.c.process_flow_id).where(TASK_FLOW.c.id == _IDENTITY).scalar_subquery()
)
_STEPS = sa.select(*_TASK).where(TASK_FLOW.c.process_flow_id == _IDENTITY)
_STEPS = _STEPS.order_by(TASK_FLOW.c.position)
_STEP = sa.select(*_TASK).where(TASK_FLOW.c.id == _IDENTITY)
_BRING = (
    sa.update(PROCESS_FLOW)
    .where(PROCESS_FLOW.c.id == _IDENTITY)
    .values(results=PROCESS_FLOW.c.results.concat(sa.bindparam("brought", type_=JSONB)))
    .returning(*_FLOW)
)


def lock_flow(connection: sa.Connection, identity: str) -> Flow | None:
    """A flow, kept from others until the transaction ends: always before its steps."""
    return _locked(connection, _LOCK_FLOW, identity)


def lock_flow_of(connection: sa.Connection, task: str) -> Flow | None:
    """The same for the flow that a step belongs to, which never changes."""
    return _locked(connection, _LOCK_FLOW_OF, task)


def _locked(connection: sa.Connection, query: sa.Select[Any], identity: str) -> Flow | None:
    row = connection.execute(query, {"identity": identity}).one_or_none()
    return None if row is None else Flow(*row)


def bring(connection: sa.Connection, flow: str, step: str, result: Mapping[str, Any]) -> Flow:
    """Keep what a step brought; the flow as it then is."""
    values = {"identity": flow, "brought": {step: dict(result)}}
    return Flow(*connection.execute(_BRING, values).one())


def tasks(connection: sa.Connection, flow: str) -> list[Task]:
    """The steps of a flow in the order in which people read them."""
    return [_task(row) for row in connection.execute(_STEPS, {"identity": flow})]


def task(connection: sa.Connection, identity: str) -> Task:
    return _task(connection.execute(_STEP, {"identity": identity}).one())


def set_flow(connection: sa.Connection, identity: str, **values: Any) -> None:
    connection.execute(
        sa.update(PROCESS_FLOW).where(PROCESS_FLOW.c.id == identity).values(**values)
    )


def set_task(connection: sa.Connection, identity: str, **values: Any) -> None:
    connection.execute(sa.update(TASK_FLOW).where(TASK_FLOW.c.id == identity).values(**values))


def next_turn(connection: sa.Connection, task: str) -> int:
    """Number the next job of a step; those promised before may no longer work on it."""
    query = sa.update(TASK_FLOW).where(TASK_FLOW.c.id == task).values(turn=TASK_FLOW.c.turn + 1)
    return int(connection.execute(query.returning(TASK_FLOW.c.turn)).scalar_one())


def flows_of_order(connection: sa.Connection, order: str) -> list[str]:
    """The ids of an order's flows, always in the same order."""
    query = sa.select(PROCESS_FLOW.c.id).where(PROCESS_FLOW.c.order_id == order)
    return list(connection.scalars(query.order_by(PROCESS_FLOW.c.id)))


def open_of_order(connection: sa.Connection, order: str) -> list[Flow]:
    """An order's flows that are under way, as they stand; nothing is locked."""
    query = sa.select(*_FLOW).where(
        PROCESS_FLOW.c.order_id == order, PROCESS_FLOW.c.state.in_(("active", "hold"))
    )
    return [Flow(*row) for row in connection.execute(query.order_by(PROCESS_FLOW.c.id))]


def told_before_amended(connection: sa.Connection, order: str, started: datetime) -> int:
    """How many flows of an order had told something before they were taken back to begin anew."""
    told = {"characteristic": [{"name": "told"}]}
    given = sa.exists().where(
        TASK_FLOW.c.process_flow_id == PROCESS_FLOW.c.id,
        TASK_FLOW.c.state == "completed",
        TASK_FLOW.c.document.contains(told),
    )
    query = sa.select(sa.func.count()).where(
        PROCESS_FLOW.c.order_id == order,
        PROCESS_FLOW.c.amended,
        PROCESS_FLOW.c.started < started,
        given,
    )
    return int(connection.scalar(query) or 0)


def open_flows_of_order(connection: sa.Connection, order: str) -> int:
    query = sa.select(sa.func.count()).where(
        PROCESS_FLOW.c.order_id == order, PROCESS_FLOW.c.state.in_(("active", "hold"))
    )
    return int(connection.scalar(query) or 0)


def open_flows_of_products(
    connection: sa.Connection, customer: str, products: Sequence[str]
) -> list[str]:
    """The ids of a customer's open flows that are about one of these products."""
    query = sa.select(PROCESS_FLOW.c.id).where(
        PROCESS_FLOW.c.customer_id == customer,
        PROCESS_FLOW.c.state.in_(("active", "hold")),
        PROCESS_FLOW.c.facts["productIds"].has_any(sa.cast(list(products), ARRAY(sa.Text))),
    )
    return list(connection.scalars(query.order_by(PROCESS_FLOW.c.id)))


def is_under_way(connection: sa.Connection, customer_id: str, code: str) -> bool:
    """Whether a flow of this code is open for the customer; two who ask at once are one."""
    connection.execute(
        sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(customer_id + code)))
    )
    flow, specification = PROCESS_FLOW.c, PROCESS_FLOW_SPECIFICATION.c
    query = sa.select(flow.id).join_from(
        PROCESS_FLOW, PROCESS_FLOW_SPECIFICATION, specification.id == flow.specification_id
    )
    query = query.where(
        flow.customer_id == customer_id,
        specification.code == code,
        flow.state.in_(("active", "hold")),
    )
    return connection.execute(query.limit(1)).first() is not None


def note_event(
    connection: sa.Connection, flow: str, name: str, arrived: datetime, facts: Mapping[str, Any]
) -> None:
    """Remember that something happened outside; the first time counts."""
    values = {"process_flow_id": flow, "name": name, "arrived": arrived, "facts": dict(facts)}
    connection.execute(insert(EVENT).values(**values).on_conflict_do_nothing())


def event(connection: sa.Connection, flow: str, name: str | None) -> Mapping[str, Any] | None:
    """What came with an event; None as long as it has not arrived."""
    query = sa.select(EVENT.c.facts).where(EVENT.c.process_flow_id == flow, EVENT.c.name == name)
    found: Mapping[str, Any] | None = connection.scalar(query)
    return found


def of_orders(
    connection: sa.Connection, orders: Sequence[str]
) -> list[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """For each flow of these orders: the order, the flow's document, and those of its steps."""
    table, steps = PROCESS_FLOW, TASK_FLOW
    query = sa.select(table.c.order_id, table.c.id, table.c.document)
    query = query.where(table.c.order_id.in_(orders)).order_by(table.c.started, table.c.id)
    flows = connection.execute(query).all()
    found: dict[str, list[dict[str, Any]]] = {row.id: [] for row in flows}
    of_flows = sa.select(steps.c.process_flow_id, steps.c.document)
    of_flows = of_flows.where(steps.c.process_flow_id.in_(found)).order_by(steps.c.position)
    for flow, document in connection.execute(of_flows):
        found[flow].append(document)
    return [(row.order_id, row.document, found[row.id]) for row in flows]


def lock_publishing(connection: sa.Connection) -> None:
    """One process at a time publishes; the others then see what it did."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PUBLISHING_LOCK)))


def newest(connection: sa.Connection, code: str) -> tuple[str, int, str] | None:
    """The id, version and source of a flow's version in force."""
    table = PROCESS_FLOW_SPECIFICATION
    query = sa.select(table.c.id, table.c.version, table.c.source).where(table.c.code == code)
    row = connection.execute(query.order_by(table.c.version.desc()).limit(1)).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def newest_ids(connection: sa.Connection) -> dict[str, str]:
    """The id of every flow's version in force, by the flow's code."""
    rows = all_rows(
        connection,
        "SELECT DISTINCT ON (code) code, id FROM process_flow_specification "
        "ORDER BY code, version DESC",
    )
    return dict(rows)


def newest_id(connection: sa.Connection, code: str) -> str | None:
    """The id of a flow's version in force."""
    table = PROCESS_FLOW_SPECIFICATION
    query = sa.select(table.c.id).where(table.c.code == code)
    found: str | None = connection.scalar(query.order_by(table.c.version.desc()).limit(1))
    return found


def source(connection: sa.Connection, specification: str) -> tuple[int, str]:
    """The version and source of one published definition."""
    table = PROCESS_FLOW_SPECIFICATION
    query = sa.select(table.c.version, table.c.source).where(table.c.id == specification)
    row = connection.execute(query).one()
    return row[0], row[1]


def keep_source(
    connection: sa.Connection, specification: str, text: str, *, own: bool = False
) -> None:
    table = PROCESS_FLOW_SPECIFICATION
    kept = sa.update(table).where(table.c.id == specification).values(source=text, own=own)
    connection.execute(kept)


def own_codes(connection: sa.Connection) -> set[str]:
    """The flows whose version in force the operator wrote."""
    table = PROCESS_FLOW_SPECIFICATION
    newest = sa.select(table.c.code, table.c.own).ext(distinct_on(table.c.code))
    rows = connection.execute(newest.order_by(table.c.code, table.c.version.desc()))
    return {row.code for row in rows if row.own}


def _task(row: sa.Row[Any]) -> Task:
    return Task(**{**row._asdict(), "after": tuple(row.after)})
