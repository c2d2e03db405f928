"""Orders that wait a moment before they begin, so that they may be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from backend.database import Database
from backend.flows import records
from backend.flows.engine import AGAIN, FLOW
from backend.flows.plan import ACTIVE
from backend.flows.progress import BEGIN_JOB, Progress
from backend.jobs import Jobs
from backend.ordering import rules as ordering
from backend.rest.resource import Context


class Holding:
    """Begins what was held: when its time has come, or as soon as somebody says so.

    Beginning and cancelling lock the order's flows first: only one of the two finds them
    untouched.
    """

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        progress: Progress,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._progress = progress
        self._now = now
        jobs.add(BEGIN_JOB, self.begin, retry=AGAIN)

    def begin(self, order: str) -> None:
        """The job: begin the flows of an order; nothing where they have begun or are over."""
        with self._database.begin() as connection:
            context = Context(connection, FLOW, self._now(), order)
            flows = [
                flow
                for identity in records.flows_of_order(connection, order)
                if (flow := records.lock_flow(connection, identity)) is not None
            ]
            if "holdUntil" not in ordering.find(context, order):
                return
            ordering.end_hold(context, order)
            for flow in flows:
                if flow.state == ACTIVE and not flow.cancelling:
                    self._progress.advance(context, flow.id)
