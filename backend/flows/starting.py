"""How flows begin: with an order that was accepted, or because somebody asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from backend.catalog.rules import Versions
from backend.customer import rules as customer
from backend.flows import choosing, conditions, papers, plan, records
from backend.flows.definition import Definition
from backend.flows.facts import facts_of
from backend.flows.library import Library
from backend.flows.progress import Progress
from backend.flows.rules import PROCESS_FLOW, reference, related
from backend.flows.undoing import add_task
from backend.ordering import rules as ordering
from backend.rest import documents, events
from backend.rest.documents import Stored
from backend.rest.errors import Conflict, NotFound, Refused
from backend.rest.resource import Context, Document


@dataclass(frozen=True, slots=True)
class Subject:
    """What a flow is about."""

    customer_id: str | None
    order: Document | None = None
    item_ids: tuple[str, ...] = ()


class Starter:
    """Begins flows in the caller's transaction; their first jobs run once it is committed."""

    def __init__(self, progress: Progress, library: Library, versions: Versions) -> None:
        self._progress = progress
        self._library = library
        self._versions = versions

    def start(self, context: Context, order: Document) -> None:
        """Begin the flows that carry an accepted order out, one for each line and service."""
        definitions = self._versions.current(context.connection)

        def in_force(code: str) -> Definition | None:
            return self._library.in_force(context.connection, code)

        for share in choosing.shares(definitions, in_force, order):
            self._carry_out(context, share.definition, order, share.items)

    def trigger(self, context: Context, wanted: Document) -> Stored:
        """Begin the flow that a client asks for, over items of an order that have none.

        `itemIds` names them, else it is all of them. Refused when there is no such flow,
        order or item; Conflict when a flow carries one of them out already.
        """
        definition = self._library.in_force(
            context.connection, str(wanted.get("processFlowSpecification"))
        )
        if definition is None:
            raise Refused("There is no such process flow.", code="danglingReference")
        order = _order(context, related(wanted, "order"))
        given = {one["name"]: one["value"] for one in wanted.get("characteristic", ())}
        items = _items(order, given.get("itemIds"))
        _require_idle(context, order["id"], [item["id"] for item in items])
        identity = self._carry_out(context, definition, order, items)
        return documents.read(context.connection, PROCESS_FLOW, context.caller, identity)

    def begin(
        self, context: Context, definition: Definition, subject: Subject, facts: Mapping[str, Any]
    ) -> str:
        """Begin one flow; its id. `facts` are what its conditions may ask about."""
        skipped = [
            step.id
            for step in definition.steps
            if step.when is not None
            and not conditions.hangs_on_results(step.when)
            and not conditions.holds(step.when, facts, {})
        ]
        promised = plan.promises(definition.steps, skipped, context.now)
        known = {
            **facts,
            "itemIds": list(subject.item_ids),
            "skipped": skipped,
            "promised": events.timestamp(max(promised.values())),
        }
        about = _about(context, definition, subject)
        document = papers.flow(definition, context.now, about)
        flow_id: str = documents.create(context, PROCESS_FLOW, document).document["id"]
        records.set_flow(context.connection, flow_id, facts=known)
        self._add_tasks(context, definition, flow_id, about, known)
        self._progress.advance(context, flow_id)
        return flow_id

    def _carry_out(
        self,
        context: Context,
        definition: Definition,
        order: Document,
        items: Collection[Document],
    ) -> str:
        definitions = self._versions.current(context.connection)
        facts = facts_of(context, definitions, order, list(items))
        parties = {party["role"]: party["id"] for party in order["relatedParty"]}
        subject = Subject(parties["customer"], order, tuple(item["id"] for item in items))
        return self.begin(context, definition, subject, facts)

    def _add_tasks(
        self,
        context: Context,
        definition: Definition,
        flow_id: str,
        about: Document,
        known: Mapping[str, Any],
    ) -> None:
        promised = plan.promises(definition.steps, known["skipped"], context.now)
        added: dict[str, str] = {}
        for position, step in enumerate(definition.steps):
            document = papers.task(
                definition, step, flow_id, about["relatedParty"], promised[step.id]
            )
            before = papers.after(flow_id, [added[one] for one in step.after])
            document["taskFlowRelationship"] = before
            if step.id in known["skipped"]:
                document = papers.noted(
                    {**document, "state": plan.CANCELLED}, {"outcome": plan.SKIPPED}
                )
            added[step.id] = add_task(context, flow_id, step, position, document)
            if step.id in known["skipped"]:
                records.set_task(context.connection, added[step.id], outcome=plan.SKIPPED)
        references = [papers.task_reference(flow_id, task) for task in added.values()]
        documents.rewrite(
            context, PROCESS_FLOW, flow_id, lambda flow: {**flow, "taskFlow": references}
        )


def _about(context: Context, definition: Definition, subject: Subject) -> Document:
    parties = []
    if subject.customer_id is not None:
        parties = [customer.reference(customer.find(context, subject.customer_id))]
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
