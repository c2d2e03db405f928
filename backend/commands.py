"""What the command line can ask for, each as a function of its settings."""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from backend import embedded, operator_clock, siblings
from backend.faults import ExitCode, StartError
from backend.flows.simulators import commands as dials
from backend.serving import Server, bind, url_of
from backend.settings import USUAL_TIME_SCALE, Settings
from backend.stop_signals import StopSignals

if TYPE_CHECKING:
    from backend.start import Application


def serve(settings: Settings, signals: StopSignals) -> None:
    """Answer requests until a signal; says `{"event": "ready", "url": …}` once it does."""
    if settings.demo and not settings.on_loopback:
        raise StartError(
            ExitCode.USAGE,
            "The demo's passwords are known to all: leave out --host, or --demo.",
        )
    siblings.check(settings.processes)
    with (
        bind(settings.host, settings.port, shared=settings.processes > 1) as listener,
        _opened(settings) as application,
        siblings.siblings(
            replace(
                settings,
                port=listener.getsockname()[1],
                database_url=application.parts.database.url,
            ),
            settings.processes - 1,
            serve_beside,
        ),
    ):
        operator_clock.tell(application.parts.database, settings.time_scale or USUAL_TIME_SCALE)
        server = Server(
            application.asgi,
            on_ready=lambda: _ready(url_of(listener)),
            on_stopping=application.parts.stopping.set,
        )
        signals.then(server.stop)
        server.run([listener])


def serve_beside(
    settings: Settings, signals: StopSignals, parent: int, on_ready: Callable[[], None]
) -> None:
    """Answer on a port that another process serves too, until a signal or that process's end.

    `parent` is a handle that becomes readable when it ends.
    """

    def ready() -> None:
        gc.collect()
        gc.freeze()
        on_ready()

    with (
        bind(settings.host, settings.port, shared=True) as listener,
        _opened(settings) as application,
    ):
        server = Server(
            application.asgi, on_ready=ready, on_stopping=application.parts.stopping.set
        )
        signals.then(server.stop)
        threading.Thread(target=_stop_after, args=(parent, server), daemon=True).start()
        server.run([listener])


def _stop_after(parent: int, server: Server) -> None:
    wait([parent])
    server.stop()


def _ready(url: str) -> None:
    """Say so; what is there now stays, and is not walked through when garbage is collected."""
    gc.collect()
    gc.freeze()
    announce("ready", url=url, pid=os.getpid())


def work(settings: Settings, signals: StopSignals) -> None:
    """Do jobs until a signal; the jobs at hand are finished first."""
    with _opened(settings) as application:
        from backend.start import health_of  # imported by now
        from backend.worker_page import shown

        parts = application.parts
        health = health_of(parts, application.worker)
        with shown(settings.metrics_port, health, parts.metrics) as port:
            signals.then(application.worker.stop)
            facts = {} if port is None else {"metricsPort": port}
            announce("ready", pid=os.getpid(), timeScale=parts.settings.time_scale, **facts)
            application.worker.run()


def migrate(settings: Settings) -> None:
    """Bring the database up to date, and no more."""
    with _opened(settings):
        announce("migrated")


def systems(settings: Settings, given: Namespace) -> None:
    """Read or turn the dials of the simulated systems."""
    with _opened(settings) as application:
        dials.run(given, application.parts.database)


def show_flow(settings: Settings, code: str) -> None:
    """The text of a flow's definition that is in force; StartError where there is none."""
    with _opened(settings) as application:
        definitions = application.parts.flows.library
        with application.parts.database.read() as connection:
            text = definitions.text(connection, code)
    if text is None:
        raise StartError(ExitCode.USAGE, f"There is no process flow {code}.")
    sys.stdout.write(text)


def seed(settings: Settings, customers: int) -> None:
    """Fill the database with invented customers."""
    with _opened(settings) as application:
        application.seeding().add(customers)
        announce("seeded", customers=customers)


@contextmanager
def _opened(settings: Settings) -> Iterator[Application]:
    """The backend, ready; an embedded PostgreSQL starts while the rest of it is imported."""
    with ExitStack() as stack:
        postgres = None
        if settings.database_url is None:
            postgres = stack.enter_context(embedded.begun(settings.data_folder))
        from backend.start import opened  # only now: it takes as long as PostgreSQL does

        yield stack.enter_context(opened(settings, postgres))


def announce(event: str, **facts: object) -> None:
    """One line of JSON on stdout for whoever started the process."""
    with suppress(OSError):  # nobody listens any more
        sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
        sys.stdout.flush()
