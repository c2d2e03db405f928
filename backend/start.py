"""The one place where the backend's parts are made and joined."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

import anyio.to_thread
import psycopg
import sqlalchemy as sa
from fastapi import FastAPI
from starlette.types import ASGIApp

from backend import embedded, health, operator_clock
from backend.access.demo_accounts import add_demo_accounts
from backend.access.guard import Guard
from backend.access.passwords import Passwords
from backend.access.rights import read_rights
from backend.access.rules import Access
from backend.appointment.expiry import Expiry
from backend.appointment.visits import Visits
from backend.catalog.rules import Versions
from backend.communication.carriers import Carrier, Kind
from backend.communication.delivery import Delivery
from backend.communication.outlets import outlets
from backend.communication.rules import Messages
from backend.contract_ends.rules import ContractEnds
from backend.creation.correspondence import Correspondence
from backend.creation.rules import Creating
from backend.creation.terms import read_terms
from backend.database import Database
from backend.demo.post import PastMessages
from backend.demo.seeding import Seeding
from backend.faults import ExitCode, StartError
from backend.flows.adapters.engineers import EngineerCalendar
from backend.flows.assembly import Surroundings, build_flows
from backend.flows.bringing_over import BringingOver
from backend.health import Health
from backend.housekeeping.tidying import Housekeeping
from backend.jobs import Jobs
from backend.metrics import Metrics
from backend.migrations.upgrade import Schema, schema, upgrade
from backend.notices.rules import Notices
from backend.notices.stationery import FIRST_LANGUAGE, read_stationery
from backend.ordering.rules import Ordering, under_way
from backend.parts import Parts
from backend.qualification.bureau import SimulatedBureau
from backend.qualification.rules import Qualification
from backend.requests_log import RequestsLog
from backend.rest import error_pages, openapi, route_index
from backend.rest.deliveries import Deliveries
from backend.rest.hub_adapter import Deliverer
from backend.routing import routers
from backend.settings import USUAL_TIME_SCALE, Settings
from backend.shields import HeaderShield, HostShield, SizeShield
from backend.standing import Standing
from backend.worker import Worker

POOL_SIZE = 10
_AT_ONCE = 2 * POOL_SIZE  # a request holds one connection; the pool may grow to this many


@dataclass(frozen=True, slots=True)
class Application:
    """The joined backend. `asgi` is what is served, `web` the same without its outer layers."""

    parts: Parts
    worker: Worker
    web: FastAPI
    asgi: ASGIApp

    def open(self, *, fill: bool = True) -> None:
        """Bring the database up to date; StartError if it cannot be used.

        At its first start the demo operator gets its offers and customers, unless not `fill`.
        """
        parts = self.parts
        with _database_faults(parts.settings):
            if schema(parts.database) is Schema.NEWER:
                raise StartError(
                    ExitCode.NEWER_DATABASE,
                    "The database belongs to a newer version of Jackfield: update this program.",
                )
            upgrade(parts.database)
            parts.access.open()
            parts.flows.open(parts.database, parts.now)
            if parts.settings.demo:
                add_demo_accounts(parts.access)
                if parts.settings.faults:
                    parts.flows.simulators.seed()
                if fill:
                    self.seeding().begin()

    def seeding(self) -> Seeding:
        """What fills the database with the demo operator and its customers."""
        parts = self.parts
        stationery = parts.notices.stationery
        told = Notices(PastMessages(stationery.houses()), stationery)
        brought = BringingOver(parts.flows, Versions(), parts.jobs, told)
        return Seeding(parts.database, stationery, brought, parts.now)

    def close(self) -> None:
        self.parts.flows.close()
        self.parts.database.close()


def add_tasks(parts: Parts) -> None:
    """Every noun's kinds of job, one line each: `noun.jobs.add(parts.jobs, …)`."""
    Delivery(parts.database, parts.messages, parts.jobs, _carriers(parts.settings), parts.now)
    Deliveries(parts.database, parts.jobs, Deliverer(parts.settings.callback_hosts), parts.now)
    Housekeeping(parts.database, parts.jobs, parts.now)
    calendar = EngineerCalendar(parts.flows.network)
    Expiry(parts.database, parts.jobs, calendar, parts.now)
    ContractEnds(parts.database, parts.jobs, parts.qualification, parts.notices, parts.now)


def build(settings: Settings, database: Database, now: Callable[[], datetime]) -> Application:
    """Make and join everything; nothing is started and nothing is read yet."""
    jobs, stationery = Jobs(), read_stationery()
    access = Access(database, read_rights(), demo=settings.demo, now=now)
    messages, versions = Messages(jobs, stationery.houses()), Versions()
    notices = Notices(messages, stationery)
    qualification, metrics = Qualification(versions, SimulatedBureau(), under_way), Metrics()
    metrics.add(Standing(database))
    letters = stationery.templates[FIRST_LANGUAGE]
    around = Surroundings(
        database,
        jobs,
        versions,
        notices,
        frozenset(letters),
        now,
        lambda context, wanted: ordering.place(context, wanted),  # noqa: PLW0108 - made below
        settings.time_scale or USUAL_TIME_SCALE,
        own_definitions=settings.flows,
        systems=settings.systems,
        simulate=settings.simulate,
        channels=lambda letter: letters[letter].channels,
        watch_calls=metrics.call,
        watch_steps=metrics.step,
    )
    flows = build_flows(around)
    start = flows.starter.start
    ordering = Ordering(qualification, start, in_flight=flows.amendments, hold=settings.hold)
    correspondence = Correspondence(database, jobs, notices, stationery.houses(), now)
    parts = Parts(
        settings=settings,
        database=database,
        jobs=jobs,
        metrics=metrics,
        access=access,
        guard=Guard(access),
        messages=messages,
        notices=notices,
        versions=versions,
        qualification=qualification,
        flows=flows,
        ordering=ordering,
        creating=_creating(ordering, qualification, correspondence),
        visits=Visits(database, EngineerCalendar(flows.network), flows.rebooking.moved),
        now=now,
        stopping=threading.Event(),
    )
    add_tasks(parts)
    web = _web(parts, worker := Worker(database, jobs, parts.metrics))
    return Application(parts, worker, web, _layers(web, parts))


def _creating(
    ordering: Ordering, qualification: Qualification, correspondence: Correspondence
) -> Creating:
    bureau, passwords = SimulatedBureau(), Passwords()
    return Creating(ordering, qualification, correspondence, passwords, bureau, read_terms())


@contextmanager
def opened(settings: Settings, postgres: embedded.Starting | None = None) -> Iterator[Application]:
    """The backend on its database, ready to serve or to work; closed again at the end.

    `postgres` is the embedded server where it was begun already.
    """
    with _database_url(settings, postgres) as url:
        database = Database(url, pool_size=POOL_SIZE)
        if settings.time_scale is None:
            with _database_faults(settings):
                settings = replace(settings, time_scale=operator_clock.told(database))
        application = build(settings, database, wall_clock)
        try:
            application.open()
            yield application
        finally:
            application.close()


def _carriers(settings: Settings) -> Mapping[Kind, Carrier]:
    try:
        return outlets(settings.mail, settings.mail_password, settings.data_folder)
    except ValueError as fault:
        raise StartError(ExitCode.USAGE, str(fault)) from fault


def wall_clock() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _database_url(settings: Settings, postgres: embedded.Starting | None) -> Iterator[str]:
    if settings.database_url is not None:
        _check_url(settings.database_url)
        yield settings.database_url
    else:
        with embedded.running(settings.data_folder, postgres) as url:
            yield url


def _check_url(url: str) -> None:
    try:
        kind = sa.make_url(url).drivername
    except (sa.exc.ArgumentError, ValueError):
        kind = ""
    if kind not in {"postgresql", "postgres"}:
        raise StartError(
            ExitCode.USAGE, "--database-url must read postgresql://user@host/database."
        )


@contextmanager
def _database_faults(settings: Settings) -> Iterator[None]:
    try:
        yield
    except sa.exc.OperationalError as fault:
        if isinstance(fault.orig, psycopg.errors.DiskFull):
            raise StartError(
                ExitCode.DISK_FULL, "The database's disk is full: free some, then start again."
            ) from fault
        where = "at --database-url" if settings.database_url else f"in {settings.data_folder}"
        raise StartError(
            ExitCode.DATABASE, f"The database {where} does not answer: is it running?"
        ) from fault


def _web(parts: Parts, worker: Worker) -> FastAPI:
    web = FastAPI(
        title="Jackfield backend",
        version=_version(),
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(parts, worker),
    )
    error_pages.install(web)
    openapi.install(web)
    web.include_router(health.router(health_of(parts, worker), parts.metrics))
    for router in routers(parts):
        web.include_router(router)
    route_index.install(web)
    return web


def _lifespan(
    parts: Parts, worker: Worker
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_web: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
        parts.stopping.clear()
        if parts.settings.worker:
            worker.start()
        try:
            yield
        finally:
            if parts.settings.worker:
                await anyio.to_thread.run_sync(worker.stop)

    return lifespan


def health_of(parts: Parts, worker: Worker) -> Health:
    """Whether the parts of this process can do their work."""
    checks: dict[str, health.Check] = {
        "database": health.database_answers(parts.database),
        "migrations": health.schema_is_current(parts.database),
    }
    if parts.settings.worker:
        checks["worker"] = lambda: worker.ready
    return Health(checks)


def _layers(web: FastAPI, parts: Parts) -> ASGIApp:
    app: ASGIApp = SizeShield(web, parts.settings.body_limit)
    if parts.settings.on_loopback:
        app = HostShield(app)
    return RequestsLog(HeaderShield(app), parts.metrics)


def _version() -> str:
    try:
        return version("jackfield")
    except PackageNotFoundError:
        return "0"
