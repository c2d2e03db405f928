"""How flows are shown (TMF701), and what other nouns may ask about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.customer import rules as customer
from backend.flows import history, records, schemas
from backend.rest import documents
from backend.rest.resource import (
    READ_ONLY,
    Api,
    Audience,
    Context,
    Document,
    Operation,
    Resource,
    Rights,
    StateMachine,
    everybody,
)

API = Api("processFlowManagement", "/tmf-api/processFlowManagement/v4", "ProcessFlow")
RETRY, SKIP = "order.retry-step", "order.skip-step"
COMPENSATE = "order.compensate"
READ_WORK, ASSIGN = "work.read", "work.assign"
_RIGHTS = Rights("customer.read", "order.create", "order.amend", "order.cancel")
_SPECIFICATION_RIGHTS = Rights("catalogue.read", "flow.edit", "flow.edit", "flow.edit")
_FLOW, _TASK = records.PROCESS_FLOW, records.TASK_FLOW
_FLOWS, _TASKS = records.PROCESS_FLOW_SPECIFICATION, records.TASK_FLOW_SPECIFICATION
_ENTITY = {"processFlow": "ProcessFlow", "order": "ProductOrder"}


def find(context: Context, identity: str) -> Document:
    """NotFound when there is no such flow for this caller."""
    return documents.find(context, PROCESS_FLOW, identity)


def of_orders(context: Context, order_ids: Sequence[str]) -> list[Document]:
    """The flows of orders the caller has seen: `orderId`, `processFlow`, `taskFlows`.

    The steps stand in the order of the definition, those that take something back after them.
    """
    return [
        {"orderId": order, "processFlow": flow, "taskFlows": steps}
        for order, flow, steps in records.of_orders(context.connection, order_ids)
    ]


def recount(connection: sa.Connection, now: datetime) -> int:
    """Learn anew how long steps usually take; of how many steps enough is known."""
    return history.recount(connection, now)


def related(document: Document, role: str) -> str | None:
    """The id of the entity that a flow or step has in this role."""
    entities = document.get("relatedEntity") or ()
    return next((str(one["id"]) for one in entities if one.get("role") == role), None)


def reference(identity: str, href: str, role: str, name: str | None = None) -> Document:
    """A related entity: an order or a flow."""
    named = {} if name is None else {"name": name}
    return {
        "id": identity,
        "href": href,
        **named,
        "role": role,
        "@type": "RelatedEntity",
        "@referredType": _ENTITY[role],
    }


def of_flow(flow: str) -> Resource:
    """The steps of one flow, at their official path below it."""
    api = Api(API.name, f"{API.base}/processFlow/{flow}", API.domain)

    def visible(caller: Caller) -> sa.ColumnElement[bool]:
        mine = _TASK.c.process_flow_id == flow
        bound = visible_task(caller)
        return mine if bound is None else sa.and_(mine, bound)

    return replace(TASK_FLOW, api=api, visible=visible)


def _customer_of(document: Document) -> str | None:
    parties = document.get("relatedParty") or ()
    return next((str(one["id"]) for one in parties if one.get("role") == "customer"), None)


def _flow_columns(document: Document) -> Mapping[str, object]:
    return {
        "customer_id": _customer_of(document),
        "order_id": related(document, "order"),
        "specification_id": document["processFlowSpecificationRef"]["id"],
        "state": document["state"],
        "started": datetime.fromisoformat(document["processFlowDate"]),
    }


def _task_columns(document: Document) -> Mapping[str, object]:
    return {
        "process_flow_id": related(document, "processFlow"),
        "step": document["taskFlowSpecification"],
        "state": document["state"],
    }


def _named_columns(document: Document) -> Mapping[str, object]:
    return {"name": document["name"], "lifecycle_status": document["lifecycleStatus"]}


def _specification_columns(document: Document) -> Mapping[str, object]:
    code, _dash, version = document["id"].partition("-")
    return {**_named_columns(document), "code": code, "version": int(version)}


def _visible(caller: Caller) -> sa.ColumnElement[bool] | None:
    if caller.reseller is None:
        return None
    return _FLOW.c.customer_id.in_(customer.of_reseller(caller.reseller))


def visible_task(caller: Caller) -> sa.ColumnElement[bool] | None:
    """Which steps the caller may see; None: all."""
    bound = _visible(caller)
    if bound is None:
        return None
    return _TASK.c.process_flow_id.in_(sa.select(_FLOW.c.id).where(bound))


def _audience(context: Context, document: Document) -> Audience:
    return customer.audience(context, _customer_of(document))


_LIFE = StateMachine("lifecycleStatus", ("Active",), {"Active": frozenset({"Retired"})})

PROCESS_FLOW = Resource(
    api=API,
    name="processFlow",
    tmf_type="ProcessFlow",
    table=_FLOW,
    model=schemas.ProcessFlow,
    promote=_flow_columns,
    rights=_RIGHTS,
    visible=_visible,
    columns={
        "state": _FLOW.c.state,
        "processFlowDate": _FLOW.c.started,
        "processFlowSpecificationRef.id": _FLOW.c.specification_id,
    },
    operations=READ_ONLY | {Operation.CREATE},
    server_set=frozenset({"processFlowDate"}),
    states=StateMachine(
        "state",
        ("active",),
        {
            "active": frozenset({"hold", "cancelled", "completed"}),
            "hold": frozenset({"active", "cancelled"}),
        },
    ),
    audience=_audience,
    searches={
        "customerId": lambda value: _FLOW.c.customer_id == value,
        "orderId": lambda value: _FLOW.c.order_id == value,
    },
    examples={
        "create": {
            "processFlowSpecification": "PF00",
            "relatedEntity": [
                {
                    "id": "4a5f9f0f4d6c4c7c9d1b5c1f0c7c5b11",
                    "role": "order",
                    "@referredType": "ProductOrder",
                }
            ],
            "characteristic": [{"name": "itemIds", "value": ["1"]}],
        }
    },
)

TASK_FLOW = Resource(
    api=Api(API.name, f"{API.base}/processFlow/{{processFlowId}}", API.domain),
    name="taskFlow",
    tmf_type="TaskFlow",
    table=_TASK,
    model=schemas.TaskFlow,
    promote=_task_columns,
    rights=_RIGHTS,
    visible=visible_task,
    columns={"state": _TASK.c.state, "taskFlowSpecification": _TASK.c.step},
    operations=READ_ONLY | {Operation.PATCH},
    states=StateMachine(
        "state",
        ("new", "active", "cancelled"),
        {
            "new": frozenset({"active", "cancelled"}),
            "active": frozenset({"hold", "cancelled", "completed"}),
            "hold": frozenset({"active", "cancelled", "completed"}),
        },
    ),
    audience=_audience,
    examples={
        "patch": {
            "state": "completed",
            "characteristic": [{"name": "reason", "value": "Done by telephone."}],
        }
    },
)

PROCESS_FLOW_SPECIFICATION = Resource(
    api=API,
    name="processFlowSpecification",
    tmf_type="ProcessFlowSpecification",
    table=_FLOWS,
    model=schemas.ProcessFlowSpecification,
    promote=_specification_columns,
    rights=_SPECIFICATION_RIGHTS,
    visible=everybody,
    columns={
        "name": _FLOWS.c.name,
        "lifecycleStatus": _FLOWS.c.lifecycle_status,
        "version": _FLOWS.c.version,
    },
    operations=READ_ONLY,
    states=_LIFE,
)

TASK_FLOW_SPECIFICATION = Resource(
    api=API,
    name="taskFlowSpecification",
    tmf_type="TaskFlowSpecification",
    table=_TASKS,
    model=schemas.TaskFlowSpecification,
    promote=_named_columns,
    rights=_SPECIFICATION_RIGHTS,
    visible=everybody,
    columns={"name": _TASKS.c.name, "lifecycleStatus": _TASKS.c.lifecycle_status},
    operations=READ_ONLY,
    states=_LIFE,
)

READ_FLOWS = replace(PROCESS_FLOW, operations=READ_ONLY)
"""Flows for the common routes: what begins one is decided apart."""
