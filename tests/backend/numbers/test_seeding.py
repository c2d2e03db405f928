"""The ranges of the demo operator."""

from __future__ import annotations

import sqlalchemy as sa

from backend.database import Database
from backend.numbers import rules
from backend.numbers.seeding import seed_numbers
from backend.rest.resource import Context
from tests.backend.numbers.conftest import MAREN, NOW


def test_every_range_is_whole_and_only_drama_numbers_are_used(database: Database) -> None:
    with database.begin() as connection:
        assert seed_numbers(connection) == 16_000
        query = sa.text("SELECT pool, count(*) FROM telephone_number GROUP BY pool ORDER BY pool")
        assert [tuple(row) for row in connection.execute(query)] == [
            ("business", 2000),
            ("port-in", 1000),
            ("prepaid", 200),
            ("public", 12800),
        ]


def test_numbers_are_shown_as_people_in_the_country_write_them(numbers: Database) -> None:
    shown = {
        "07700900477": "07700 900477",
        "02079460318": "020 7946 0318",
        "01134960123": "0113 496 0123",
        "01632960017": "01632 960017",
        "08081570001": "0808 157 0001",
    }
    with numbers.read() as connection:
        found = rules.find(Context(connection, MAREN, NOW, "test"), shown)
    assert {one.value: one.display for one in found} == shown
    assert {value: rules.display(value) for value in shown} == shown
