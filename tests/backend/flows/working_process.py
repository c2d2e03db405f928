"""A worker of process flows that dies at a point of a step; started and watched by test_killed."""

from __future__ import annotations

import os
import signal
import sys

import sqlalchemy as sa

from backend.database import Database
from backend.flows.engine import Clockwork
from backend.metrics import Metrics
from backend.worker import Worker
from tests.backend.flows.conftest import BRISK, operate


def crash_at(database: Database, step: str, point: str) -> Clockwork:
    """End this process like a power cut where `step` reaches `point`."""

    def reached(where: str) -> None:
        task, _colon, name = where.partition(":")
        if name != point:
            return
        query = sa.text("SELECT step FROM task_flow WHERE id = :task")
        with database.read() as connection:
            if connection.scalar(query, {"task": task}) == step:
                os.kill(os.getpid(), signal.SIGKILL)

    return Clockwork(reached=reached)


def main(url: str, step: str, point: str) -> None:
    database = Database(url)
    operation = operate(database, crash_at(database, step, point))
    Worker(database, operation.jobs, Metrics(), pace=BRISK).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
