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
from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from backend import embedded, health, operator_clock
from backend.access import routes as access_routes
from backend.access.demo_accounts import add_demo_accounts
from backend.access.guard import Guard
from backend.access.passwords import Passwords
from backend.access.rights import read_rights
from backend.access.rules import Access
from backend.account import routes as account_routes
from backend.address import routes as address_routes
from backend.catalog import routes as catalog_routes
from backend.catalog.prover import Prover
from backend.catalog.rules import Versions
from backend.communication import routes as communication_routes
from backend.communication.carriers import Carrier, Kind
from backend.communication.delivery import Delivery
from backend.communication.outlets import outlets
from backend.communication.rules import Messages
from backend.configuration import routes as configuration_routes
from backend.creation import routes as creation_routes
from backend.creation.correspondence import Correspondence
from backend.creation.previews import Previews
from backend.creation.rules import Creating
from backend.creation.terms import read_terms
from backend.customer import routes as customer_routes
from backend.database import Database
from backend.demo.post import PastMessages
from backend.demo.seeding import Seeding
from backend.desk import routes as desk_routes
from backend.desk.accounts import Accounts
from backend.document import routes as document_routes
from backend.faults import ExitCode, StartError
from backend.flows import listener
from backend.flows import routes as flow_routes
from backend.flows.assembly import Flows, Surroundings, build_flows
from backend.flows.bringing_over import BringingOver
from backend.flows.foreseeing import Wish
from backend.flows.rules import of_orders
from backend.health import Health
from backend.housekeeping.tidying import Housekeeping
from backend.interest import routes as interest_routes
from backend.interest.rules import Interests
from backend.inventory import routes as inventory_routes
from backend.inventory.rules import installed
from backend.jobs import Jobs
from backend.metrics import Metrics
from backend.migrations.upgrade import Schema, schema, upgrade
from backend.notices.rules import Notices
from backend.notices.stationery import FIRST_LANGUAGE, read_stationery
from backend.numbers import routes as number_routes
from backend.ordering import routes as ordering_routes
from backend.ordering.rules import Ordering
from backend.party import routes as party_routes
from backend.party.rules import DIRECT
from backend.qualification import routes as qualification_routes
from backend.qualification import trial_routes
from backend.qualification.bureau import SimulatedBureau
from backend.qualification.rules import Qualification
from backend.qualification.schemas import ChoicesQuestion
from backend.qualification.trial import Trials
from backend.requests_log import RequestsLog
from backend.resource_inventory import routes as resource_routes
from backend.rest import error_pages, openapi, route_index, stream
from backend.rest.deliveries import Deliveries
from backend.rest.feed import EventFeed
from backend.rest.hub_adapter import Deliverer
from backend.rest.resource import Context, Document
from backend.rest.router import Wiring
from backend.settings import USUAL_TIME_SCALE, Settings
from backend.shields import HeaderShield, HostShield, SizeShield
from backend.worker import Worker

POOL_SIZE = 10
_CAPABILITIES = (
    "search", "directory", "account", "choices", "numbers", "creation", "events", "address",
    "terms", "catalogue", "preview",
)  # fmt: skip
_AT_ONCE = 2 * POOL_SIZE  # a request holds one connection; the pool may grow to this many


@dataclass(frozen=True, slots=True)
class Parts:
    """What a noun's routes and jobs may ask for."""

    settings: Settings
    database: Database
    jobs: Jobs
    metrics: Metrics
    access: Access
    guard: Guard
    messages: Messages
    notices: Notices
    versions: Versions
    qualification: Qualification
    flows: Flows
    ordering: Ordering
    creating: Creating
    now: Callable[[], datetime]
    stopping: threading.Event
    """Set when the server ends: streams that never end by themselves must look at it."""


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


def routers(parts: Parts) -> list[APIRouter]:
    """Every noun's routes, one line each."""
    wiring = Wiring(
        database=parts.database,
        current_caller=parts.guard.current_caller,
        callback_hosts=parts.settings.callback_hosts,
        now=parts.now,
    )
    resellers = {code: brand.name for code, brand in parts.notices.stationery.brands.items()}
    return [
        access_routes.router(parts.access, parts.guard, resellers),
        party_routes.router(wiring),
        customer_routes.router(wiring),
        account_routes.router(wiring),
        document_routes.router(wiring),
        communication_routes.router(wiring, parts.messages),
        stream.router(wiring, EventFeed(parts.database, parts.stopping)),
        catalog_routes.router(wiring, Prover()),
        trial_routes.router(wiring, Trials(SimulatedBureau())),
        address_routes.router(wiring),
        number_routes.router(wiring),
        resource_routes.router(wiring),
        qualification_routes.router(wiring, parts.qualification, installed, _planner(parts)),
        configuration_routes.router(wiring, parts.qualification, installed),
        interest_routes.router(wiring, Interests(parts.versions, parts.notices)),
        inventory_routes.router(wiring),
        ordering_routes.router(wiring, parts.ordering, parts.flows.engine.cancel_order),
        flow_routes.router(wiring, parts.flows.starter, parts.flows.people),
        listener.router(parts.flows.engine, parts.settings.systems),
        creation_routes.router(
            wiring,
            parts.creating,
            Previews(parts.database, parts.creating, parts.flows.foresight.of_order),
        ),
        desk_routes.router(
            wiring,
            Accounts(parts.messages, of_orders),
            desk_routes.Welcome(
                parts.notices.stationery.brand(DIRECT).name, parts.settings.demo, _CAPABILITIES
            ),
        ),
    ]


def _planner(parts: Parts) -> qualification_routes.Planner:
    """What would happen, by the flows in force."""

    def plan(context: Context, question: ChoicesQuestion, facts: Document) -> Document:
        newcomer = question.customer_id is None
        changed = (unit.removeprefix("p:") for unit in question.settings if unit.startswith("p:"))
        wish = Wish(
            question.picks,
            question.moves,
            question.ends,
            [each for each in changed if each not in question.moves],
            facts,
            question.reseller,
            newcomer,
        )
        return parts.flows.foresight.plan(context, wish)

    return plan


def add_tasks(parts: Parts) -> None:
    """Every noun's kinds of job, one line each: `noun.jobs.add(parts.jobs, …)`."""
    Delivery(parts.database, parts.messages, parts.jobs, _carriers(parts.settings), parts.now)
    Deliveries(parts.database, parts.jobs, Deliverer(parts.settings.callback_hosts), parts.now)
    Housekeeping(parts.database, parts.jobs, parts.now)


def build(settings: Settings, database: Database, now: Callable[[], datetime]) -> Application:
    """Make and join everything; nothing is started and nothing is read yet."""
    access = Access(database, read_rights(), demo=settings.demo, now=now)
    jobs, stationery = Jobs(), read_stationery()
    messages = Messages(jobs, stationery.houses())
    versions, notices = Versions(), Notices(messages, stationery)
    qualification = Qualification(versions, SimulatedBureau())
    letters = frozenset(stationery.templates[FIRST_LANGUAGE])
    around = Surroundings(
        database,
        jobs,
        versions,
        notices,
        letters,
        now,
        settings.time_scale or USUAL_TIME_SCALE,
        systems=settings.systems,
        simulate=settings.simulate,
        channels=lambda letter: stationery.templates[FIRST_LANGUAGE][letter].channels,
    )
    flows = build_flows(around)
    ordering = Ordering(
        qualification, flows.starter.start, in_flight=flows.holding, hold=settings.hold
    )
    correspondence = Correspondence(database, jobs, notices, stationery.houses(), now)
    parts = Parts(
        settings=settings,
        database=database,
        jobs=jobs,
        metrics=Metrics(),
        access=access,
        guard=Guard(access),
        messages=messages,
        notices=notices,
        versions=versions,
        qualification=qualification,
        flows=flows,
        ordering=ordering,
        creating=Creating(
            ordering, qualification, correspondence, Passwords(), SimulatedBureau(), read_terms()
        ),
        now=now,
        stopping=threading.Event(),
    )
    add_tasks(parts)
    worker = Worker(database, parts.jobs, parts.metrics)
    web = _web(parts, worker)
    return Application(parts, worker, web, _layers(web, parts))


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
    web.include_router(health.router(_health(parts, worker), parts.metrics))
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


def _health(parts: Parts, worker: Worker) -> Health:
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
