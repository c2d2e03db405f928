"""Fills a database with the demo operator: what it sells, its customers, their histories."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.address.seeding import seed_addresses
from backend.catalog.definitions import Definitions
from backend.catalog.loading import load_demo
from backend.catalog.rules import Versions
from backend.database import Database
from backend.demo.baskets import Baskets
from backend.demo.census import Census
from backend.demo.customers import morning
from backend.demo.histories import Written
from backend.demo.numbering import NextNumbers, StoryNumbers
from backend.demo.people import Person, personas
from backend.demo.post import Post, visit_of
from backend.demo.strangers import Furnisher, Names, homes_by_lot, stranger
from backend.flows.bringing_over import BringingOver, Stand
from backend.notices.stationery import Stationery
from backend.numbers import rules as numbers
from backend.numbers.seeding import seed_numbers
from backend.product_rules import Engine
from backend.resource_inventory.seeding import seed_devices, seed_sims
from backend.rest.errors import Unavailable
from backend.rest.resource import Context

CUSTOMERS = 250
"""As many customers the demo begins with."""
SEED = 2026
_OPERATOR = Caller("jackfield", "Jackfield", frozenset(), frozenset(), None)
_LOCK = 7_204_690  # one process at a time fills a database
_SIMS = 2_000
_AT_ONCE = 5_000  # customers in one transaction
_STOCK = 40  # baskets drawn for customers with the same facts
_LARGE_STOCK = 2
_ENGINEER = "Engineer"
_BOOKED = "visit-booked"  # the step in which a visit is booked
_LENT = ("02079460500", "02079460599", "Wrenhallow Joinery Ltd")


@dataclass(frozen=True, slots=True)
class Seeding:
    """Fills one database. The same `seed` gives the same customers, relative to today."""

    database: Database
    stationery: Stationery
    brought: BringingOver
    now: Callable[[], dt.datetime]
    seed: int = SEED

    def begin(self, customers: int = CUSTOMERS) -> bool:
        """The demo as it begins, in one transaction; False where there is an operator already.

        Personas come first: with a smaller number there are only they.
        """
        with self.database.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            if _has_operator(connection):
                return False
            context = Context(connection, _OPERATOR, self.now(), "demo")
            definitions = load_demo(context)
            seed_numbers(connection)
            seed_addresses(connection)
            seed_sims(connection, _SIMS)
            seed_devices(connection)
            self._tell_the_story(context, definitions, customers)
        return True

    def add(self, customers: int) -> None:
        """So many more customers, drawn by lot; those that were written stay when it is ended."""
        left = customers
        if self.begin(min(customers, CUSTOMERS)):
            left -= CUSTOMERS
        with self.database.read() as connection:
            definitions = Versions().current(connection)
        baskets = Baskets(Engine(definitions.catalogue), _LARGE_STOCK)
        while left > 0:
            with self.database.begin() as connection:
                context = Context(connection, _OPERATOR, self.now(), "demo")
                self._add_some(context, definitions, baskets, min(left, _AT_ONCE))
            left -= _AT_ONCE

    def _tell_the_story(self, context: Context, definitions: Definitions, customers: int) -> None:
        today = context.now.date()
        lot = random.Random(self.seed)  # noqa: S311 - the demo must be the same each time
        story = list(personas(today))
        _lend(context, story)
        numbering = StoryNumbers(lot, today, _known(story))
        numbering.continue_from_here(context.connection)
        census = Census(context, definitions, lot, numbering, today)
        baskets = Baskets(Engine(definitions.catalogue), _STOCK)
        others = _strangers(census, definitions, baskets, story, lot)
        written = census.write([*story, *islice(others, max(0, customers - len(story)))])
        Post(self.stationery).write(context, written)
        for _, orders in written:
            for one in orders:
                if one.past.waits_at:
                    self._bring(context, one)

    def _bring(self, context: Context, written: Written) -> None:
        """An order in progress stands where the story says; on the day of a visit it goes on."""
        past = written.past
        placed = dt.datetime.fromisoformat(written.order["orderDate"])
        stand = Stand(
            at=past.waits_at,
            reason=past.why or None,
            until=None if past.visit is None else morning(past.visit),
            waits_for=_ENGINEER,
            answers={} if past.visit is None else {_BOOKED: visit_of(past.visit)},
        )
        self.brought.bring(replace(context, now=placed), written.order, stand)

    def _add_some(
        self, context: Context, definitions: Definitions, baskets: Baskets, customers: int
    ) -> None:
        numbering = NextNumbers(context.connection)
        lot = random.Random(f"{self.seed} {numbering.customer()}")  # noqa: S311 - see above
        seed_sims(context.connection, customers, lot.randrange(1, 100))
        census = Census(context, definitions, lot, numbering, context.now.date())
        census.write(islice(_strangers(census, definitions, baskets, (), lot), customers))


def _strangers(
    census: Census,
    definitions: Definitions,
    baskets: Baskets,
    story: Sequence[Person],
    lot: random.Random,
) -> Iterator[Person]:
    """Customers by lot without end, none with a name, home or number of the story."""
    taken = set(_numbers(story))
    furnisher = Furnisher(
        definitions,
        baskets,
        {kind: census.common_numbers(kind, taken) for kind in ("mobile", "fixed")},
    )
    names = Names.read(story, lot)
    homes = homes_by_lot(census.addresses, {person.home for person in story}, lot)
    for position in count():
        person = stranger(names, lot, homes, census.today, position)
        yield furnisher.furnished(person, census.facts(person), lot, census.today)


def _has_operator(connection: sa.Connection) -> bool:
    try:
        Versions().current(connection)
    except Unavailable:
        return False
    return True


def _lend(context: Context, story: Sequence[Person]) -> None:
    """The numbers that only one of the companies may use."""
    first, last, name = _LENT
    holder = next(person.id for person in story if person.name == name)
    if holder is not None:
        numbers.lend(context.connection, first, last, holder, context.now)


def _known(story: Sequence[Person]) -> Iterator[str]:
    """Numbers of customers and orders that the story names."""
    for person in story:
        yield from filter(None, (person.id, *(order.number for order in person.orders)))


def _numbers(story: Sequence[Person]) -> Iterator[str]:
    """Telephone numbers that the story names."""
    for person in story:
        yield from filter(None, (person.mobile, person.landline))
        for order in person.orders:
            yield from filter(None, (item.number for item in order.items))
