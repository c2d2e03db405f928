"""The queries behind the work list: steps that somebody must see to, light and in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from backend.flows.records import PROCESS_FLOW, TASK_FLOW

PATIENCE = timedelta(minutes=1)
"""Nothing is in danger for less: people do not look at a clock every second."""

_TIME = sa.DateTime(timezone=True)
_OPEN = ("active", "hold")
_FLOW, _TASK = PROCESS_FLOW.c, TASK_FLOW.c


@dataclass(frozen=True, slots=True)
class Expected:
    """A step of one version of a flow: what it is, and how long it takes in real seconds.

    `usual` half of all times or less, `most` nine of ten, `rest` all that follows it usually.
    None is not known.
    """

    specification: str
    step: str
    kind: str
    department: str
    usual: float | None
    most: float | None
    rest: float


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that is stuck, waits for people, or is in danger of being late."""

    id: str
    state: str
    kind: str
    department: str
    assignee: str | None
    since: datetime
    danger: bool


def specifications_in_use(connection: sa.Connection) -> list[str]:
    """The versions of definitions that open flows have."""
    query = sa.select(_FLOW.specification_id).where(_FLOW.state.in_(_OPEN)).distinct()
    return list(connection.scalars(query))


def open_steps(
    connection: sa.Connection,
    expected: Iterable[Expected],
    now: datetime,
    visible: sa.ColumnElement[bool] | None,
) -> list[OpenStep]:
    """All steps that are held, that people do, or that are in danger; in no order."""
    plan = _plan(expected)
    moment = sa.literal(now, _TIME)
    started = sa.cast(_TASK.document["startDate"].astext, _TIME)
    since = sa.func.coalesce(_TASK.held, started, _TASK.last_update)
    danger = _danger(plan, started, moment)
    query = (
        sa.select(
            _TASK.id, _TASK.state, plan.c.kind, plan.c.department, _TASK.assignee,
            since.label("since"), danger.label("danger"),
        )
        .join(PROCESS_FLOW, _FLOW.id == _TASK.process_flow_id)
        .join(
            plan,
            sa.and_(plan.c.specification == _FLOW.specification_id, plan.c.step == _TASK.step),
        )
        .where(_TASK.state.in_(_OPEN), _FLOW.state.in_(_OPEN))
        .where(sa.or_(_TASK.state == "hold", plan.c.kind == "manual", danger))
    )  # fmt: skip
    if visible is not None:
        query = query.where(visible)
    return [OpenStep(*row) for row in connection.execute(query)]


def in_full(connection: sa.Connection, tasks: Sequence[str]) -> dict[str, Any]:
    """What a row of the list shows of each of these steps."""
    order = sa.table("product_order", sa.column("id"), sa.column("order_number"))
    customer = sa.table("customer", sa.column("id"), sa.column("document", JSONB))
    query = (
        sa.select(
            _TASK.id, _TASK.process_flow_id, _TASK.state, _TASK.step, _TASK.outcome,
            _TASK.attempts, _TASK.due, _TASK.document, _FLOW.order_id, _FLOW.customer_id,
            _FLOW.specification_id, _FLOW.cancelling, _FLOW.no_return, _FLOW.facts,
            order.c.order_number, customer.c.document["name"].astext.label("customer"),
        )
        .join(PROCESS_FLOW, _FLOW.id == _TASK.process_flow_id)
        .outerjoin(order, order.c.id == _FLOW.order_id)
        .outerjoin(customer, customer.c.id == _FLOW.customer_id)
        .where(_TASK.id.in_(tasks))
    )  # fmt: skip
    return {row.id: row for row in connection.execute(query)}


def _plan(expected: Iterable[Expected]) -> sa.TableValuedAlias:
    text = orjson.dumps([asdict(each) for each in expected]).decode()
    given = sa.cast(sa.literal(text, sa.Text), JSONB)
    columns = (
        sa.column("specification", sa.Text), sa.column("step", sa.Text),
        sa.column("kind", sa.Text), sa.column("department", sa.Text),
        sa.column("usual", sa.Double), sa.column("most", sa.Double), sa.column("rest", sa.Double),
    )  # fmt: skip
    made = sa.func.jsonb_to_recordset(given).table_valued(*columns, name="plan")
    return made.render_derived(with_types=True)


def _danger(
    plan: sa.TableValuedAlias, started: sa.ColumnElement[Any], moment: sa.ColumnElement[Any]
) -> sa.ColumnElement[bool]:
    """It takes longer than nine of ten did, is overdue, or what is left no longer fits.

    What waits for an event, of which nothing is known, is in nobody's hands.
    """
    patience = PATIENCE.total_seconds()
    took = sa.extract("epoch", moment - started)
    too_long = sa.and_(plan.c.most.is_not(None), took > sa.func.greatest(plan.c.most, patience))
    overdue = sa.and_(plan.c.kind == "manual", _TASK.due < moment)
    promised = sa.cast(_FLOW.facts["promised"].astext, _TIME)
    left = sa.case(
        (plan.c.kind == "wait", sa.extract("epoch", _TASK.due - moment)),
        else_=sa.func.coalesce(plan.c.usual, 0.0) - took,
    )
    needed = sa.func.greatest(left, 0.0) + plan.c.rest - patience
    will_not_fit = sa.and_(
        sa.or_(plan.c.kind != "event", plan.c.usual.is_not(None)),
        sa.extract("epoch", promised - moment) < needed,
    )
    known = sa.or_(too_long, overdue, will_not_fit)
    return sa.func.coalesce(known, sa.false())
