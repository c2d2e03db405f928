"""A stock of SIMs and devices and all numbers of the demo, acted on and served."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from backend.access.caller import Caller
from backend.database import Database
from backend.numbers.seeding import seed_numbers
from backend.resource_inventory.seeding import seed_devices, seed_sims
from backend.rest.resource import Context
from tests.backend.numbers.conftest import MAREN, NOW
from tests.backend.numbers.serving import serving
from tests.support.rest import Api

KEEPER = Caller(
    "keeper",
    "Halla Fallowmere",
    frozenset({"supervisor"}),
    MAREN.rights | {"resource.create", "resource.update"},
    None,
)

By = Callable[..., AbstractContextManager[Context]]


@pytest.fixture
def stocked(database: Database) -> Database:
    with database.begin() as connection:
        seed_numbers(connection)
        seed_sims(connection, 90)
        seed_devices(connection)
    return database


@pytest.fixture
def by(stocked: Database) -> By:
    """`with by(caller) as context`: one transaction."""

    @contextmanager
    def transaction(caller: Caller = MAREN) -> Iterator[Context]:
        with stocked.begin() as connection:
            yield Context(connection, caller, NOW, "test")

    return transaction


@pytest.fixture
def api(stocked: Database) -> Iterator[Api]:
    with serving(stocked, MAREN) as client:
        yield client
