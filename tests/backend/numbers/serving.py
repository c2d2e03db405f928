"""Numbers, inventory, addresses and customers over real HTTP, for the tests of all three."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI, Request

from backend.access.caller import Caller
from backend.address import routes as address
from backend.customer import routes as customer
from backend.database import Database
from backend.numbers import routes as numbers
from backend.party import routes as party
from backend.resource_inventory import routes as inventory
from backend.rest import error_pages, openapi
from backend.rest.errors import NotSignedIn
from backend.rest.router import Wiring
from tests.support.rest import Api, served


@contextmanager
def serving(database: Database, caller: Caller) -> Iterator[Api]:
    callers = {caller.user_id: caller}

    def current_caller(request: Request) -> Caller:
        name = request.headers.get("x-caller", "")
        if name not in callers:
            raise NotSignedIn("Sign in first.")
        return callers[name]

    app = FastAPI()
    error_pages.install(app)
    openapi.install(app)
    for noun in (party, customer, numbers, inventory, address):
        app.include_router(noun.router(Wiring(database, current_caller)))
    with served(app) as url:
        yield Api(url, database, callers, caller.user_id)
