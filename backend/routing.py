"""Every noun's routes, joined with what they need."""

from __future__ import annotations

import sqlalchemy as sa
from fastapi import APIRouter

from backend.access import routes as access_routes
from backend.account import routes as account_routes
from backend.address import routes as address_routes
from backend.appointment import routes as appointment_routes
from backend.catalog import routes as catalog_routes
from backend.catalog.prover import Prover
from backend.communication import routes as communication_routes
from backend.configuration import routes as configuration_routes
from backend.creation import routes as creation_routes
from backend.creation.previews import Previews
from backend.customer import routes as customer_routes
from backend.desk import routes as desk_routes
from backend.desk.accounts import Accounts
from backend.document import routes as document_routes
from backend.flows import call_routes, listener, option_routes, reporting, work_routes
from backend.flows import routes as flow_routes
from backend.flows.fallout import Fallout, Person
from backend.flows.foreseeing import Wish
from backend.flows.options import OrderOptions
from backend.flows.rules import TASK_FLOW, of_orders
from backend.flows.simulators import routes as simulator_routes
from backend.interest import routes as interest_routes
from backend.interest.rules import Interests
from backend.inventory import routes as inventory_routes
from backend.inventory.rules import installed
from backend.numbers import routes as number_routes
from backend.ordering import routes as ordering_routes
from backend.parts import Parts
from backend.party import routes as party_routes
from backend.party.rules import DIRECT
from backend.qualification import routes as qualification_routes
from backend.qualification import trial_routes
from backend.qualification.bureau import SimulatedBureau
from backend.qualification.schemas import ChoicesQuestion
from backend.qualification.trial import Trials
from backend.resource_inventory import routes as resource_routes
from backend.rest import stream
from backend.rest.feed import EventFeed
from backend.rest.resource import Context, Document
from backend.rest.router import Wiring

_CAPABILITIES = (
    "search", "directory", "account", "choices", "numbers", "creation", "events", "address",
    "terms", "catalogue", "preview", "pin", "work", "orderOptions", "calls",
)  # fmt: skip


def routers(parts: Parts) -> list[APIRouter]:
    """Every noun's routes, one line each."""
    wiring = Wiring(
        database=parts.database,
        current_caller=parts.guard.current_caller,
        callback_hosts=parts.settings.callback_hosts,
        now=parts.now,
    )
    resellers = {code: brand.name for code, brand in parts.notices.stationery.brands.items()}
    feed = EventFeed(parts.database, parts.stopping)
    parts.metrics.watch_listeners(lambda: feed.listeners)
    return [
        access_routes.router(parts.access, parts.guard, resellers),
        party_routes.router(wiring),
        customer_routes.router(wiring),
        account_routes.router(wiring),
        document_routes.router(wiring),
        communication_routes.router(wiring, parts.messages),
        stream.router(wiring, feed),
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
        call_routes.router(wiring),
        option_routes.router(wiring, OrderOptions(parts.flows.library)),
        work_routes.router(wiring, parts.flows.work_list, _fallout(parts)),
        reporting.router(wiring, parts.flows.engine, parts.flows.progress),
        listener.router(parts.flows.engine, parts.settings.systems),
        *([simulator_routes.router(wiring)] if parts.settings.demo else []),
        appointment_routes.router(wiring, parts.visits),
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


def _fallout(parts: Parts) -> Fallout:
    """Work is given to those who may complete a task."""

    def people(connection: sa.Connection) -> list[Person]:
        holders = parts.access.holders(connection, TASK_FLOW.rights.update)
        return [Person(user.id, user.name, user.team) for user in holders]

    return Fallout(parts.flows.progress, people)


def _planner(parts: Parts) -> qualification_routes.Planner:
    """What would happen, by the flows in force."""

    def plan(context: Context, question: ChoicesQuestion, found: Document) -> Document:
        newcomer = question.customer_id is None
        changed = (unit.removeprefix("p:") for unit in question.settings if unit.startswith("p:"))
        wish = Wish(
            question.picks,
            question.moves,
            question.ends,
            [each for each in changed if each not in question.moves],
            found["facts"],
            question.reseller,
            newcomer,
            int(found["catalogueVersion"]),
        )
        return parts.flows.foresight.plan(context, wish)

    return plan
