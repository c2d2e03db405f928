"""The demo operator without customers: catalogue, numbers, addresses, devices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from backend.access.caller import Caller
from backend.address.seeding import seed_addresses
from backend.catalog.loading import load_demo
from backend.database import Database
from backend.numbers.seeding import seed_numbers
from backend.resource_inventory.seeding import seed_devices
from backend.rest.resource import Context
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer

OPERATOR = Caller(
    user_id="operator",
    name="The operator",
    roles=frozenset({"product"}),
    rights=frozenset({"catalogue.read", "catalogue.edit"}),
    reseller=None,
)


def stock(database: Database) -> None:
    """The operator sells everything from now on, and nobody bought yet."""
    with database.begin() as connection:
        load_demo(Context(connection, OPERATOR, datetime.now(UTC), "seeding"))
        seed_numbers(connection)
        seed_addresses(connection)
        seed_devices(connection)


@pytest.fixture(scope="session")
def operator_template(database_server: DatabaseServer) -> str:
    """The name of a database to clone, with everything the operator sells."""
    url = database_server.clone("migrated")
    database = Database(url)
    stock(database)
    database.close()
    return str(database.engine.url.database)


@pytest.fixture
def operator_database(
    database_server: DatabaseServer, operator_template: str
) -> Iterator[Database]:
    """A database of the test's own that holds all the operator sells, and no customers."""
    database = Database(database_server.clone(operator_template))
    yield database
    database.close()
    database_server.drop(str(database.engine.url.database))


@pytest.fixture(scope="module")
def operator_backend(
    database_server: DatabaseServer, operator_template: str
) -> Iterator[RunningBackend]:
    """A backend whose operator sells everything and has no customers yet."""
    with running_backend(database_server.clone(operator_template)) as running:
        yield running
