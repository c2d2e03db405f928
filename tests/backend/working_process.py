"""A worker process with jobs of the test's own; killed and watched by test_worker."""

from __future__ import annotations

import os
import sys
import threading

import sqlalchemy as sa

from backend.database import Database
from backend.jobs import Jobs
from backend.metrics import Metrics
from backend.worker import Worker


def make_jobs(database: Database) -> Jobs:
    """`mark` writes who ran it; `hang_first` never ends where it is run for the first time."""

    def mark(text: str) -> None:
        with database.begin() as connection:
            connection.execute(
                sa.text("INSERT INTO mark (process, text) VALUES (:process, :text)"),
                {"process": os.getpid(), "text": text},
            )

    def hang_first(text: str) -> None:
        with database.read() as connection:
            again = connection.scalar(sa.text("SELECT count(*) FROM mark")) != 0
        mark(text)
        if not again:
            threading.Event().wait()

    jobs = Jobs()
    jobs.add("mark", mark)
    jobs.add("hang-first", hang_first)
    return jobs


def main(url: str) -> None:
    database = Database(url)
    worker = Worker(database, make_jobs(database), Metrics())
    sys.stdout.write("started\n")
    sys.stdout.flush()
    worker.run()


if __name__ == "__main__":
    main(sys.argv[1])
