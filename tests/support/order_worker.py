"""A worker process of the whole backend, for benchmarks and for tests that kill it."""

from __future__ import annotations

import json
import sys

from backend import logs
from backend.database import Database
from backend.settings import Settings
from backend.start import build, wall_clock

NOTHING = "nothing"
"""A kind of job that does nothing: what the queue itself costs."""


def _nothing(number: int) -> None:
    del number


def main(url: str, scale: float) -> None:
    """Work until killed; `scale` as in Settings.time_scale."""
    logs.configure()
    database = Database(url)
    application = build(
        Settings(demo=True, database_url=url, time_scale=scale), database, wall_clock
    )
    application.parts.jobs.add(NOTHING, _nothing)
    sys.stdout.write(json.dumps({"event": "ready"}) + "\n")
    sys.stdout.flush()
    application.worker.run()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
