"""A database with the demo operator's places."""

from __future__ import annotations

import pytest

from backend.address.seeding import seed_addresses
from backend.database import Database


@pytest.fixture
def places(database: Database) -> Database:
    with database.begin() as connection:
        seed_addresses(connection)
    return database
