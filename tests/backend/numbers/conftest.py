"""A database with all numbers of the demo operator, and callers to act on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime

import pytest

from backend.access.caller import Caller
from backend.database import Database
from backend.numbers.seeding import seed_numbers
from backend.rest.resource import Context
from tests.backend.numbers.serving import serving
from tests.support.rest import Api

NOW = datetime.now(UTC).replace(microsecond=0)
RIGHTS = frozenset(
    {"customer.read", "customer.create", "order.create", "number.gold", "puk.reveal"}
)
MAREN = Caller("maren", "Maren Tindlewick", frozenset({"agent"}), RIGHTS, None)
COSMO = Caller("cosmo", "Cosmo Pellwether", frozenset({"agent"}), RIGHTS, None)
SUPERVISOR = Caller(
    "halla", "Halla Fallowmere", frozenset({"supervisor"}), RIGHTS | {"number.platinum"}, None
)
RESELLER = Caller("jory", "Jory Oakenmarch", frozenset({"reseller"}), RIGHTS, "R1")

At = Callable[..., AbstractContextManager[Context]]


@pytest.fixture
def numbers(database: Database) -> Database:
    with database.begin() as connection:
        seed_numbers(connection)
    return database


@pytest.fixture
def at(numbers: Database) -> At:
    """`with at(caller, moment) as context`: one transaction by somebody at some time."""

    @contextmanager
    def transaction(caller: Caller = MAREN, moment: datetime = NOW) -> Iterator[Context]:
        with numbers.begin() as connection:
            yield Context(connection, caller, moment, "test")

    return transaction


@pytest.fixture
def api(numbers: Database) -> Iterator[Api]:
    """All numbers served to Maren, an agent."""
    with serving(numbers, MAREN) as client:
        yield client
