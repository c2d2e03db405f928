"""How flows begin: with an order that was accepted, or because somebody asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from backend.catalog.rules import Versions
from backend.customer import rules as customer
from backend.flows import choosing, conditions, forms, history, papers, plan, records
from backend.flows.definition import Definition
from backend.flows.facts import facts_of, owner_of, place_of, without_order
from backend.flows.history import Duration
from backend.flows.library import Library
from backend.flows.progress import BEGIN_JOB, Progress
from backend.flows.rules import PROCESS_FLOW, reference, related
from backend.flows.undoing import new_task
from backend.ordering import rules as ordering
from backend.rest import documents, events
from backend.rest.documents import New, Stored
from backend.rest.errors import Conflict, Field, Forbidden, NotFound, Refused
from backend.rest.resource import Context, Document, opaque_id


@dataclass(frozen=True, slots=True)
class Subject:
    """What a flow is about."""

    customer: Document | None = None
    order: Document | None = None
    item_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beginning:
    """A flow to begin. `facts` are what its conditions may ask about."""

    definition: Definition
    subject: Subject
    facts: Mapping[str, Any]


class Starter:
    """Begins flows in the caller's transaction; their first jobs run once it is committed."""

    def __init__(self, progress: Progress, library: Library, versions: Versions) -> None:
        self._progress = progress
        self._library = library
        self._versions = versions

    def start(
        self, context: Context, order: Document, item_ids: Collection[str] | None = None
    ) -> None:
        """Begin the flows that carry an accepted order out, one for each line and service.

        `item_ids` are the items that no flow carries yet; None: all. The flows of an order that
        is held stand ready until its hold is over.
        """
        definitions = self._versions.current(context.connection)

        @cache
        def in_force(code: str) -> Definition | None:
            return self._library.in_force(context.connection, code)

        items = order["productOrderItem"]
        wanted = [item for item in items if item_ids is None or item["id"] in item_ids]
        shares = choosing.shares(definitions, in_force, {**order, "productOrderItem": wanted})
        parts = [(share.definition, share.items) for share in shares]
        flows = self._write(context, self._beginnings(context, order, parts))
        if (until := order.get("holdUntil")) is None:
            self._advance(context, flows)
        else:
            at = datetime.fromisoformat(until)
            self._progress.jobs.defer(context.connection, BEGIN_JOB, run_at=at, order=order["id"])

    def trigger(self, context: Context, wanted: Document) -> Stored:
        """Begin the flow that a client asks for: for a customer, or over items of an order.

        With an order `itemIds` names items that no flow carries out, else it is all of them.
        Without one the flow's own right is needed, and its facts come as characteristics.
        Refused when there is no such flow, customer, order or item; Conflict when the same is
        under way already.
        """
        definition = self._library.in_force(
            context.connection, str(wanted.get("processFlowSpecification"))
        )
        if definition is None:
            raise Refused("There is no such process flow.", code="danglingReference")
        if definition.right is not None and related(wanted, "order") is None:
            identity = self._begin_alone(context, definition, wanted)
            return documents.read(context.connection, PROCESS_FLOW, context.caller, identity)
        order = _order(context, related(wanted, "order"))
        given = {one["name"]: one["value"] for one in wanted.get("characteristic", ())}
        items = _items(order, given.get("itemIds"))
        _require_idle(context, order["id"], [item["id"] for item in items])
        flows = self._begin_all(context, self._beginnings(context, order, [(definition, items)]))
        return documents.read(context.connection, PROCESS_FLOW, context.caller, flows[0])

    def begin(
        self, context: Context, definition: Definition, subject: Subject, facts: Mapping[str, Any]
    ) -> str:
        """Begin one flow; its id. `facts` are what its conditions may ask about."""
        return self._begin_all(context, [Beginning(definition, subject, facts)])[0]

    def _begin_alone(self, context: Context, definition: Definition, wanted: Document) -> str:
        """A flow about a customer, which carries no order out."""
        if definition.right not in context.caller.rights:
            raise Forbidden("You may not do this.", "Ask someone who has the right to.")
        owner = _customer(context, wanted)
        told = {one["name"]: one["value"] for one in wanted.get("characteristic", ())}
        forms.require(definition.asks, told)
        if unknown := sorted(told.keys() - {asked.name for asked in definition.asks}):
            raise Refused(
                f"The flow does not ask for {unknown[0]}.",
                f"Leave out: {', '.join(unknown)}.",
                code="form",
                fields=tuple(
                    Field(f"characteristic.{name}", "Leave this out.") for name in unknown
                ),
            )
        if records.is_under_way(context.connection, owner["id"], definition.code):
            raise Conflict("This is under way for the customer already.", code="exists")
        facts = without_order(
            owner_of(owner), {one.name: told.get(one.name, "") for one in definition.asks}
        )
        return self.begin(context, definition, Subject(owner), facts)

    def _beginnings(
        self,
        context: Context,
        order: Document,
        parts: Sequence[tuple[Definition, Sequence[Document]]],
    ) -> list[Beginning]:
        """One flow for each part: a definition and the items that it carries out."""
        definitions = self._versions.current(context.connection)
        parties = {party["role"]: party["id"] for party in order["relatedParty"]}
        owner = customer.find(context, parties["customer"])
        return [
            Beginning(
                definition,
                Subject(owner, order, tuple(item["id"] for item in items)),
                facts_of(definitions, owner_of(owner), order, items, place_of(context, items)),
            )
            for definition, items in parts
        ]

    def _begin_all(self, context: Context, beginnings: Sequence[Beginning]) -> list[str]:
        flows = self._write(context, beginnings)
        self._advance(context, flows)
        return flows

    def _write(self, context: Context, beginnings: Sequence[Beginning]) -> list[str]:
        """Write flows with all their steps at once; their ids."""
        flows = [opaque_id(context) for _ in beginnings]
        took = history.durations(
            context.connection, {beginning.definition.code for beginning in beginnings}
        )
        written = [
            new
            for flow_id, beginning in zip(flows, beginnings, strict=True)
            for new in _papers(context, flow_id, beginning, took)
        ]
        documents.create_many(context, written)
        return flows

    def _advance(self, context: Context, flows: Sequence[str]) -> None:
        for flow_id in flows:
            self._progress.advance(context, flow_id)


def _papers(
    context: Context,
    flow_id: str,
    beginning: Beginning,
    took: Mapping[tuple[str, str], Duration],
) -> list[New]:
    """A flow and its steps as they are stored: nothing has begun, what is not needed is skipped."""
    definition, subject = beginning.definition, beginning.subject
    past = {step: duration for (code, step), duration in took.items() if code == definition.code}
    most = {step: duration.most for step, duration in past.items()}
    skipped = conditions.skipped(definition.steps, beginning.facts)
    left_out = [*skipped, *(step.id for step in definition.steps if step.ended_by)]
    promised = plan.promises(definition.steps, left_out, context.now, beginning.facts, most)
    known = {
        **beginning.facts,
        "itemIds": list(subject.item_ids),
        "skipped": skipped,
        "promised": events.timestamp(max(promised.values())),
    }
    about = _about(definition, subject)
    tasks = {step.id: opaque_id(context) for step in definition.steps}
    about["taskFlow"] = [papers.task_reference(flow_id, task) for task in tasks.values()]
    steps = []
    for position, step in enumerate(definition.steps):
        document = papers.task(definition, step, flow_id, about["relatedParty"], promised[step.id])
        document["taskFlowRelationship"] = papers.after(flow_id, [tasks[one] for one in step.after])
        document = papers.noted(document, {"usually": papers.usually(step, past.get(step.id))})
        outcome = ""
        if step.id in skipped:
            outcome = plan.SKIPPED
            document = papers.noted({**document, "state": plan.CANCELLED}, {"outcome": outcome})
        steps.append(new_task(flow_id, step, position, document, tasks[step.id], outcome))
    flow = papers.flow(definition, context.now, about)
    return [New(PROCESS_FLOW, flow, flow_id, {"facts": known}), *steps]


def _about(definition: Definition, subject: Subject) -> Document:
    parties = [] if subject.customer is None else [customer.reference(subject.customer)]
    about: Document = {
        "relatedParty": parties,
        "characteristic": papers.characteristics(
            {"version": definition.version, "itemIds": list(subject.item_ids) or None}
        ),
    }
    if subject.order is not None:
        order = subject.order
        about["relatedEntity"] = [
            reference(order["id"], order["href"], "order", order.get("orderNumber"))
        ]
    return about


def _customer(context: Context, wanted: Document) -> Document:
    parties = wanted.get("relatedParty") or ()
    named = next((party["id"] for party in parties if party.get("role") == "customer"), None)
    if named is None:
        raise Refused("Say for which customer, as relatedParty.", code="customerMissing")
    try:
        return customer.find(context, named)
    except NotFound:
        raise Refused("There is no such customer.", code="danglingReference") from None


def _order(context: Context, identity: str | None) -> Document:
    if identity is None:
        raise Refused("Say which order, as relatedEntity.", code="orderMissing")
    try:
        return ordering.find(context, identity)
    except NotFound:
        raise Refused("There is no such order.", code="danglingReference") from None


def _items(order: Document, wanted: object) -> list[Document]:
    items = [
        item for item in order["productOrderItem"] if item["state"] not in ordering.FINAL_STATES
    ]
    if isinstance(wanted, list):
        items = [item for item in items if item["id"] in wanted]
    if not items or (isinstance(wanted, list) and len(items) != len(set(wanted))):
        raise Refused("The order has no such open items.", code="danglingReference")
    return items


def _require_idle(context: Context, order_id: str, item_ids: Collection[str]) -> None:
    for flow_id in records.flows_of_order(context.connection, order_id):
        flow = records.lock_flow(context.connection, flow_id)
        if flow is not None and flow.state in {plan.ACTIVE, plan.HOLD}:
            taken = set(item_ids) & set(flow.facts.get("itemIds", ()))
            if taken:
                raise Conflict(f"A flow carries item {min(taken)} out already.", code="exists")
