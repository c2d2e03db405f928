"""Letters and messages without a process around them: a clock, carriers and customers of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from fastapi import FastAPI, Request

from backend.access.caller import Caller
from backend.communication import routes as communication
from backend.communication.carriers import Carrier, Delayed, Kind, Outgoing, Undeliverable
from backend.communication.delivery import Delivery
from backend.communication.rules import Messages
from backend.customer import rules as customer
from backend.database import Database
from backend.document import routes as document
from backend.jobs import Jobs
from backend.notices.rules import Notices
from backend.notices.stationery import Stationery, read_stationery
from backend.party import rules as party
from backend.rest import error_pages, openapi
from backend.rest.errors import NotSignedIn
from backend.rest.resource import Context, Document
from backend.rest.router import Wiring
from tests.support.rest import RIGHTS, Api, served

START = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
LETTERS = RIGHTS | {"letter.read", "letter.send"}
AGENT = Caller("agent", "Maren Tindlewick", frozenset({"agent"}), LETTERS, None)
RESELLER = Caller("reseller", "Cosmo Loomis", frozenset({"reseller"}), LETTERS, "R1")
READER = Caller(
    "reader", "Halla Fallowmere", frozenset({"auditor"}), RIGHTS | {"letter.read"}, None
)
HOME = {"street1": "14 Pebblewick Rise", "city": "Norsby-on-Tarn", "postCode": "QX4 7TR"}
EDDA: tuple[Document, ...] = (
    {"mediumType": "postalAddress", "characteristic": HOME},
    {"mediumType": "email", "characteristic": {"emailAddress": "edda.marrowby@example.com"}},
    {"mediumType": "mobile", "characteristic": {"phoneNumber": "07700 900471"}},
)


@dataclass
class Clock:
    """The time, which stands still until it is told otherwise."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, time: timedelta) -> None:
        self.at += time


@dataclass
class Basket:
    """A carrier that keeps what it is given, or does what its next trouble says."""

    taken: list[Outgoing] = field(default_factory=list)
    troubles: list[Undeliverable | Delayed | RuntimeError] = field(default_factory=list)

    def carry(self, message: Outgoing) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.taken.append(message)


class Post:
    """Everything about letters and messages on one database."""

    def __init__(self, database: Database, stationery: Stationery) -> None:
        self.database = database
        self.clock = Clock()
        self.jobs = Jobs()
        self.messages = Messages(self.jobs, stationery.houses())
        self.notices = Notices(self.messages, stationery)
        self.basket = Basket()
        self.delivery = self.delivered_by(self.basket, self.jobs)

    def delivered_by(self, carrier: Carrier, jobs: Jobs | None = None) -> Delivery:
        carriers = dict.fromkeys(Kind, carrier)
        return Delivery(self.database, self.messages, jobs or Jobs(), carriers, self.clock)

    @contextmanager
    def context(self, caller: Caller = AGENT) -> Iterator[Context]:
        with self.database.begin() as connection:
            yield Context(connection, caller, self.clock(), "request-1")

    def customer(
        self,
        *media: Document,
        name: str = "Edda Marrowby",
        reseller: str | None = None,
        **more: Any,
    ) -> str:
        """The number of a new private customer with these contact media."""
        given, _space, family = name.partition(" ")
        related: list[Document] = []
        if reseller is not None:
            related = [
                {"id": reseller, "name": reseller, "role": "reseller", "@type": "RelatedParty"}
                | {"@referredType": "Organization"}
            ]
        person = {"givenName": given, "familyName": family or given, "relatedParty": related}
        with self.context() as context:
            who = party.create_individual(context, person)
            made = customer.create(
                context,
                {
                    "name": name,
                    "engagedParty": {"id": who["id"]},
                    "contactMedium": list(media),
                    "relatedParty": related,
                    **more,
                },
            )
        return str(made["id"])

    def message(self, identity: str) -> Document:
        with self.context() as context:
            (found,) = context.connection.scalars(
                sa.text("SELECT document FROM communication_message WHERE id = :id"),
                {"id": identity},
            )
        return dict(found)

    def waiting(self) -> list[tuple[str, datetime | None]]:
        """The messages that jobs are promised for, and not before when."""
        with self.database.read() as connection:
            rows = connection.execute(
                sa.text(
                    "SELECT args->>'message', scheduled_at FROM procrastinate_jobs"
                    " WHERE status = 'todo' ORDER BY id"
                )
            )
            return [(row[0], row[1]) for row in rows]

    @contextmanager
    def serve(self) -> Iterator[Api]:
        """Documents and messages over HTTP, asked by the agent."""
        callers = {AGENT.user_id: AGENT}

        def current_caller(request: Request) -> Caller:
            name = request.headers.get("x-caller", "")
            if name not in callers:
                raise NotSignedIn("Sign in first.", headers={"WWW-Authenticate": "Bearer"})
            return callers[name]

        wiring = Wiring(self.database, current_caller, now=self.clock)
        app = FastAPI()
        error_pages.install(app)
        openapi.install(app)
        app.include_router(document.router(wiring))
        app.include_router(communication.router(wiring, self.messages))
        with served(app) as url:
            yield Api(url, self.database, callers)


def post_on(database: Database) -> Post:
    return Post(database, read_stationery())
