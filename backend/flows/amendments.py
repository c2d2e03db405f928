"""Orders that change while they are carried out: what was done is taken back and begun anew."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from backend.database import Database
from backend.flows import records
from backend.flows.engine import AGAIN, FLOW
from backend.flows.plan import ACTIVE, CANCELLED, HOLD, NEW
from backend.flows.progress import ANEW_JOB, BEGIN_JOB, Progress
from backend.flows.records import Flow
from backend.flows.starting import Starter
from backend.jobs import Jobs
from backend.ordering import cancelling
from backend.ordering import rules as ordering
from backend.rest.resource import Context

_OPEN = frozenset({ACTIVE, HOLD})


class Amendments:
    """What ordering asks of flows when an order is changed (`ordering.amending.InFlight`)."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        progress: Progress,
        starter: Starter,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._progress = progress
        self._starter = starter
        self._now = now
        jobs.add(ANEW_JOB, self.go_on, retry=AGAIN)

    def lock(self, context: Context, order_id: str) -> None:
        """Flows are always locked before their order."""
        _locked(context, order_id)

    def begin_now(self, context: Context, order_id: str) -> None:
        """An order that is held begins as soon as the transaction is committed."""
        self._progress.jobs.defer(context.connection, BEGIN_JOB, order=order_id)

    def too_late(
        self, context: Context, order_id: str, item_ids: Collection[str] | None = None
    ) -> str | None:
        """The name of the step after which there is no way back, where it has begun."""
        for flow in _locked(context, order_id):
            if flow.state in _OPEN and flow.no_return and _carries(flow, item_ids):
                return self._passed(context, flow)
        return None

    def begin_anew(self, context: Context, order_id: str, item_ids: Collection[str]) -> bool:
        """Take back the flows that carry these items; whether there was nothing to take back."""
        for flow in _locked(context, order_id):
            if flow.state in _OPEN and not flow.cancelling and _carries(flow, item_ids):
                records.set_flow(context.connection, flow.id, amended=True)
                self._progress.cancel(context, flow)
        self._progress.jobs.defer(context.connection, ANEW_JOB, order=order_id)
        left = [flow for flow in _locked(context, order_id) if flow.state in _OPEN]
        return not any(flow.amended for flow in left)

    def go_on(self, order: str) -> None:
        """The job: as soon as all is taken back, what is ordered now begins."""
        with self._database.begin() as connection:
            context = Context(connection, FLOW, self._now(), order)
            flows = [flow for flow in _locked(context, order) if flow.state in _OPEN]
            found = ordering.find(context, order)
            if found["state"] in ordering.FINAL_STATES or cancelling.is_asked(context, order):
                return
            if any(flow.amended for flow in flows):
                return
            found = ordering.take_out(context, order)
            carried = {item for flow in flows for item in flow.facts.get("itemIds", ())}
            idle = [
                item
                for item in found["productOrderItem"]
                if item["state"] not in ordering.FINAL_STATES and item["id"] not in carried
            ]
            if held := [item["id"] for item in idle if item["state"] == "held"]:
                found = ordering.set_item_state(context, order, held, "inProgress")
            if idle:
                self._starter.start(context, found, {item["id"] for item in idle})

    def _passed(self, context: Context, flow: Flow) -> str:
        """The step of no return that has begun."""
        definition = self._progress.library.version(context.connection, flow.specification_id)
        begun = {
            task.step
            for task in records.tasks(context.connection, flow.id)
            if task.state not in {NEW, CANCELLED}
        }
        steps = [step for step in definition.steps if step.point_of_no_return]
        return next((step.name for step in steps if step.id in begun), steps[0].name)


def _locked(context: Context, order_id: str) -> list[Flow]:
    """All flows of an order; those that somebody began while this one waited for a lock, too."""
    ids: list[str] = []
    found: list[Flow | None] = []
    while (now := records.flows_of_order(context.connection, order_id)) != ids:
        ids = now
        found = [records.lock_flow(context.connection, identity) for identity in ids]
    return [flow for flow in found if flow is not None]


def _carries(flow: Flow, item_ids: Collection[str] | None) -> bool:
    return item_ids is None or bool(set(item_ids) & set(flow.facts.get("itemIds", ())))
