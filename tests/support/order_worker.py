"""A worker process of the whole backend, for benchmarks and for tests that kill it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from backend import logs
from backend.database import Database
from backend.flows.adapters.addresses import read_addresses
from backend.settings import Settings
from backend.start import build, wall_clock

NOTHING = "nothing"
"""A kind of job that does nothing: what the queue itself costs."""


def _nothing(number: int) -> None:
    del number


def main(url: str, scale: float, systems: str | None = None) -> None:
    """Work until killed; `scale` as in Settings.time_scale, `systems` the file of them."""
    logs.configure()
    database = Database(url)
    settings = Settings(
        demo=True,
        database_url=url,
        time_scale=scale,
        systems={} if systems is None else read_addresses(Path(systems)),
    )
    application = build(settings, database, wall_clock)
    application.parts.jobs.add(NOTHING, _nothing)
    sys.stdout.write(json.dumps({"event": "ready"}) + "\n")
    sys.stdout.flush()
    application.worker.run()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), *sys.argv[3:])
