"""Who is told that a minimum term ends, when, and what would be cheapest then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from backend.catalog.rules import Versions
from backend.communication.rules import Messages
from backend.contract_ends.best import Package
from backend.contract_ends.rules import LOOK, ContractEnds
from backend.database import Database
from backend.document import rules as document
from backend.jobs import Jobs
from backend.notices.rules import Notices
from backend.notices.stationery import read_stationery
from backend.ordering import rules as orders
from backend.qualification.bureau import SimulatedBureau
from backend.qualification.rules import Qualification
from backend.rest.resource import Document
from tests.backend.flows.conftest import Clock, Operation, add, mobile, operate

BOUGHT = datetime(2026, 11, 20, 10, tzinfo=UTC)
ENDS = datetime(2028, 11, 20, tzinfo=UTC)  # 24 months
DAY = timedelta(days=1)


class Year:
    """An operator whose customers grow old with their contracts."""

    def __init__(self, database: Database) -> None:
        self.clock = Clock(BOUGHT)
        self.operation: Operation = operate(database, clock=self.clock)
        self.operation.flows.open(database, self.clock)
        jobs, stationery = Jobs(), read_stationery()
        messages = Messages(self.operation.jobs, stationery.houses())
        self.ends = ContractEnds(
            database,
            jobs,
            Qualification(Versions(), SimulatedBureau()),
            Notices(messages, stationery),
            self.clock,
        )
        self.jobs = jobs

    def buys(self, customer: str, *items: Document) -> None:
        order = self.operation.place(customer, *items)
        with self.operation.at() as context:
            for state in ("inProgress", "completed"):
                orders.set_item_state(context, order["id"], None, state)

    def on(self, moment: datetime) -> None:
        self.clock.at = moment
        self.ends.look(0)

    def told(self, customer: str, letter: str) -> list[Document]:
        with self.operation.at() as context:
            found = document.of_customer(context, customer)
        return [each for each in found if each["documentType"] == letter]


@pytest.fixture
def year(operator_database: Database) -> Year:
    return Year(operator_database)


def written(database: Database, customer: str) -> str:
    """The words of the last e-mail to a customer."""
    query = sa.text(
        "SELECT document ->> 'content' FROM communication_message"
        " WHERE customer_id = :customer ORDER BY last_update DESC LIMIT 1"
    )
    with database.read() as connection:
        return str(connection.scalar(query, {"customer": customer}))


def test_the_end_of_a_term_is_told_once_between_40_and_10_days_before(year: Year) -> None:
    edda = year.operation.customer()
    year.buys(edda, *mobile())
    year.on(ENDS - 41 * DAY)
    assert year.told(edda, "LT15") == []
    year.on(ENDS - 40 * DAY)
    year.on(ENDS - 39 * DAY)
    assert len(year.told(edda, "LT15")) == 1
    text = written(year.operation.database, edda)
    assert "20 November 2028" in text
    assert "£19.00" in text


def test_the_letter_says_what_would_be_cheaper(year: Year) -> None:
    edda = year.operation.customer()
    year.buys(edda, *mobile())
    year.on(ENDS - 20 * DAY)
    text = written(year.operation.database, edda)
    assert "Loyalty saving" in text
    assert "£16.00 a month, which is £3.00 less than today" in text


def test_what_ends_tomorrow_or_has_no_term_is_not_told(year: Year) -> None:
    edda = year.operation.customer()
    year.buys(edda, add("1", "M01"), add("1-sim", "M11", line="1"))  # from month to month
    year.on(BOUGHT + 25 * DAY)
    year.on(BOUGHT + 400 * DAY)
    assert year.told(edda, "LT15") == []
    assert year.told(edda, "LT16") == []


def test_each_year_after_the_end_the_best_tariff_is_told_once(year: Year) -> None:
    edda = year.operation.customer()
    year.buys(edda, *mobile())
    year.on(ENDS + 300 * DAY)
    assert year.told(edda, "LT16") == []
    for after in (365, 366, 380):
        year.on(ENDS + after * DAY)
    assert len(year.told(edda, "LT16")) == 1
    year.on(ENDS + (365 * 2 + 1) * DAY)
    assert len(year.told(edda, "LT16")) == 2


def test_two_lines_that_end_together_are_one_letter(year: Year) -> None:
    edda = year.operation.customer()
    year.buys(edda, *mobile("1"), *mobile("2"))
    year.on(ENDS - 30 * DAY)
    assert len(year.told(edda, "LT15")) == 1


def test_it_is_looked_for_each_morning(year: Year) -> None:
    times: dict[str, Any] = {name: task.times for name, task in year.jobs._tasks.items()}
    assert times == {LOOK: "0 6 * * *"}


def test_who_has_the_best_price_is_told_so() -> None:
    assert Package(Decimal("19.00"), None, ()).fields() == {
        "price.now": Decimal("19.00"),
        "price.kept": Decimal("19.00"),
    }
