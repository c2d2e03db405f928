"""Joins the parts of process flows for the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from backend.catalog.rules import Versions
from backend.database import Database
from backend.flows import history
from backend.flows.actions import arrears
from backend.flows.actions.all_actions import ACTIONS
from backend.flows.actions.arrears import Place
from backend.flows.adapters.activation import Activation
from backend.flows.adapters.addresses import Address, Addresses
from backend.flows.adapters.network import NetworkSystems
from backend.flows.adapters.watched import Watch, Watched, unwatched
from backend.flows.amendments import Amendments
from backend.flows.definition import Vocabulary
from backend.flows.departments import read_departments
from backend.flows.engine import AGAIN, FLOW, Clockwork, Engine
from backend.flows.facts import SAMPLE
from backend.flows.foreseeing import Foresight
from backend.flows.holding import Holding
from backend.flows.library import Library
from backend.flows.people import People
from backend.flows.progress import EVENT_JOB, Progress
from backend.flows.rebooking import Rebooking
from backend.flows.simulators.service import SimulatedService
from backend.flows.simulators.systems import REPORT_JOB, Simulators
from backend.flows.starting import Starter
from backend.flows.steps.automatic import Automatic
from backend.flows.steps.event import Event
from backend.flows.steps.kinds import Pace, StepKind
from backend.flows.steps.manual import Manual
from backend.flows.steps.notice import Notice
from backend.flows.steps.wait import Wait
from backend.flows.work import Actions, Notifier
from backend.flows.work_list import WorkList
from backend.jobs import Jobs
from backend.rest.resource import Context


@dataclass(frozen=True, slots=True)
class Flows:
    """What the rest of the backend may ask of process flows."""

    library: Library
    progress: Progress
    starter: Starter
    engine: Engine
    people: People
    work_list: WorkList
    holding: Holding
    amendments: Amendments
    rebooking: Rebooking
    network: NetworkSystems
    simulators: Simulators
    service: SimulatedService
    foresight: Foresight
    own_definitions: Path | None

    def open(self, database: Database, now: Callable[[], datetime]) -> None:
        """Put the definitions that ship with the program in force, and learn from the past."""
        with database.begin() as connection:
            history.recount(connection, now())
            context = Context(connection, FLOW, now(), "flows")
            self.library.publish_all(context, self.own_definitions)

    def close(self) -> None:
        self.service.stop()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What process flows are built on; `letters` are the ids that notices may name.

    `systems` are the network systems with an address; the others are simulated, or not there.
    Without `over_http` flows call the simulated ones in this process. `channels` tells the ways
    that a letter may take. `own_definitions` is a folder of the operator's flows. `place`
    accepts an order that a step places. Whoever watches is told of each call of a system, and
    of each step that ended or is held.
    """

    database: Database
    jobs: Jobs
    versions: Versions
    notifier: Notifier
    letters: frozenset[str]
    now: Callable[[], datetime]
    place: Place
    time_scale: float = 1.0
    actions: Actions = field(default_factory=lambda: ACTIONS)
    systems: Addresses = field(default_factory=dict)
    simulate: bool = True
    over_http: bool = True
    channels: Callable[[str], tuple[str, ...]] = lambda _letter: ()
    own_definitions: Path | None = None
    watch_calls: Watch = unwatched
    watch_steps: Watch = unwatched


def build_flows(around: Surroundings, clockwork: Clockwork | None = None) -> Flows:
    """Process flows and what they need; their kinds of job are added to `jobs`."""
    pace = Pace(around.time_scale)
    departments = read_departments()
    actions = {**around.actions, **arrears.actions(around.place, around.versions)}
    library = Library(Vocabulary(actions, around.letters, SAMPLE, departments))
    kinds: dict[str, StepKind] = {
        "automatic": Automatic(actions),
        "wait": Wait(),
        "event": Event(actions),
        "manual": Manual(),
        "notice": Notice(around.notifier),
    }
    progress = Progress(around.jobs, library, kinds, pace, around.watch_steps)
    simulators = Simulators(around.database, around.jobs, pace, around.now)
    service = SimulatedService(simulators, around.time_scale)
    network: NetworkSystems = simulators
    if around.over_http:
        network = Activation(_addresses(around, service), around.time_scale)
    network = Watched(network, around.watch_calls)
    engine = Engine(around.database, around.jobs, progress, network, around.now, clockwork)
    around.jobs.add(EVENT_JOB, engine.event_arrived, retry=AGAIN)
    around.jobs.add(REPORT_JOB, engine.reported, retry=AGAIN)
    starter = Starter(progress, library, around.versions)
    return Flows(
        library=library,
        progress=progress,
        starter=starter,
        engine=engine,
        people=People(progress),
        work_list=WorkList(library, departments),
        holding=Holding(around.database, around.jobs, progress, around.now),
        amendments=Amendments(around.database, around.jobs, progress, starter, around.now),
        rebooking=Rebooking(progress, around.notifier),
        network=network,
        simulators=simulators,
        service=service,
        foresight=Foresight(library, around.versions, around.channels),
        own_definitions=around.own_definitions,
    )


def _addresses(around: Surroundings, service: SimulatedService) -> Callable[[str], Address | None]:
    def address(system: str) -> Address | None:
        known = around.systems.get(system)
        return service.address(system) if known is None and around.simulate else known

    return address
