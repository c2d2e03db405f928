"""Flows and steps as TMF701 writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from backend.appointment import rules as appointment
from backend.flows.definition import Definition, Step
from backend.flows.history import Duration
from backend.flows.rules import API, TASK_FLOW_SPECIFICATION, reference
from backend.rest import events
from backend.rest.resource import Document


def specification_id(code: str, version: int) -> str:
    return f"{code}-{version}"


def step_specification_id(definition: Definition, step: str) -> str:
    return f"{specification_id(definition.code, definition.version)}-{step}"


def flow_specification(definition: Definition) -> Document:
    """A published version of a flow."""
    return {
        "name": definition.name,
        "description": definition.description,
        "version": str(definition.version),
        "lifecycleStatus": "Active",
        "taskFlowSpecification": [_step_reference(definition, step) for step in definition.steps],
    }


def step_specification(definition: Definition, step: Step) -> Document:
    """A step of a published version."""
    facts = {"who": step.who, "says": step.says, "when": step.when}
    return {
        "name": step.name,
        "description": step.says or step.name,
        "version": str(definition.version),
        "lifecycleStatus": "Active",
        "taskFlowSpecificationType": step.kind,
        "taskFlowSpecificationRelationship": [
            {
                "id": step_specification_id(definition, before),
                "name": before,
                "relationshipType": "after",
            }
            for before in step.after
        ],
        "taskFlowSpecificationCharacteristic": [
            {"name": name, "description": text, "valueType": "string"}
            for name, text in facts.items()
            if text is not None
        ],
    }


def flow(definition: Definition, begun: datetime, about: Document) -> Document:
    """A flow that begins; `about` has its parties, entities and characteristics."""
    identity = specification_id(definition.code, definition.version)
    return {
        "processFlowSpecification": definition.code,
        "processFlowSpecificationRef": {
            "id": identity,
            "href": f"{API.base}/processFlowSpecification/{identity}",
            "name": definition.name,
            "@referredType": "ProcessFlowSpecification",
        },
        "processFlowDate": events.timestamp(begun),
        "state": "active",
        **about,
    }


def task(
    definition: Definition, step: Step, flow_id: str, parties: list[Document], promised: datetime
) -> Document:
    """A step that has not begun; steps are done in the definition's version."""
    facts = {
        "kind": step.kind,
        "who": step.who,
        "department": step.department,
        "says": step.says,
        "form": [asdict(asked) for asked in step.form] or None,
        "event": step.event,
        "pointOfNoReturn": step.point_of_no_return or None,
        "exceptional": step.exceptional or None,
        "letters": list(step.told) or None,
    }
    return {
        "taskFlowSpecification": step.id,
        "taskFlowSpecificationRef": _step_reference(definition, step),
        "requestedCompletionDate": events.timestamp(promised),
        "isMandatory": step.when is None,
        "relatedEntity": [reference(flow_id, f"{API.base}/processFlow/{flow_id}", "processFlow")],
        "relatedParty": parties,
        "characteristic": characteristics(facts),
        "state": "new",
    }


def usually(step: Step, past: Duration | None) -> str | None:
    """How long a step usually takes (ISO 8601): half of all times so long or less."""
    if step.kind in {"wait", "event"} and past is None:
        return None
    span = step.within if past is None else past.usual
    return None if span is None else _iso(span)


def task_reference(flow_id: str, identity: str) -> Document:
    return {
        "id": identity,
        "href": task_href(flow_id, identity),
        "@referredType": "TaskFlow",
    }


def task_href(flow_id: str, identity: str) -> str:
    return f"{API.base}/processFlow/{flow_id}/taskFlow/{identity}"


def after(flow_id: str, tasks: Iterable[str]) -> list[Document]:
    """What a step comes after."""
    return [
        {"relationshipType": "after", "taskFlow": task_reference(flow_id, task)} for task in tasks
    ]


def characteristics(facts: Mapping[str, object]) -> list[Document]:
    """Facts as characteristics; those that are None are left out."""
    return [
        {"name": name, "value": value, "valueType": _type(value)}
        for name, value in facts.items()
        if value is not None
    ]


def noted(document: Document, facts: Mapping[str, object]) -> Document:
    """A flow or step with these characteristics changed; None takes one away."""
    kept = [one for one in document.get("characteristic", ()) if one["name"] not in facts]
    return {**document, "characteristic": [*kept, *characteristics(facts)]}


def _step_reference(definition: Definition, step: Step) -> Document:
    identity = step_specification_id(definition, step.id)
    return {
        "id": identity,
        "href": TASK_FLOW_SPECIFICATION.href(identity),
        "name": step.name,
        "@referredType": "TaskFlowSpecification",
    }


def _iso(span: timedelta) -> str:
    seconds = max(1, round(span.total_seconds()))
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    time = "".join(f"{count}{letter}" for count, letter in parts if count)
    return "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "")


def _type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "array" if isinstance(value, list) else "string"


def booked(step: Step, results: Mapping[str, Any]) -> Document:
    """When a step happens that another has booked a time for: `promised`, a TMF period."""
    brought = {} if step.happens is None else results.get(step.happens, {})
    if not brought.keys() >= {"visit.day", "visit.from", "visit.until"}:
        return {}
    return {"promised": appointment.period_of(dict(brought))}
