"""Writes customers with all that is theirs: products, orders, numbers, SIMs."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from itertools import islice

from backend.address import rules as address
from backend.address.seeding import address_id, doors
from backend.catalog.definitions import Definitions, PriceList
from backend.demo.bulk import Batch
from backend.demo.customers import (
    Home,
    Ids,
    Stored,
    add_customer,
    asking_party,
    facts_of,
    seller,
)
from backend.demo.histories import Histories, Written
from backend.demo.numbering import Numbering
from backend.demo.people import Person
from backend.numbers.seeding import free_numbers, use_numbers
from backend.pricing.lists import lawful
from backend.product_rules.catalogue import Fact
from backend.resource_inventory.seeding import stock, use_sims
from backend.rest.resource import Context, Document

_COMMON = frozenset({"standard", "bronze"})
_KEPT_FREE = 300
"""Numbers of each type that strangers leave, so that there is a choice for newcomers."""
_SIMS = 20_000


class Census:
    """One day's run, in one transaction."""

    def __init__(
        self,
        context: Context,
        definitions: Definitions,
        lot: random.Random,
        numbering: Numbering,
        today: dt.date,
    ) -> None:
        self._context = context
        self._definitions = definitions
        self._lot = lot
        self._numbering = numbering
        self.today = today
        self._doors = {door.at: door for door in doors()}
        self._homes: dict[str, Home] = {}
        self._free = {number.value: number for number in free_numbers(context.connection)}

    @property
    def addresses(self) -> list[str]:
        """Every home there is, as people.toml names them."""
        return list(self._doors)

    def facts(self, person: Person) -> dict[str, Fact]:
        """What the rules know of a person."""
        return facts_of(person, self._home(person), self.today)

    def common_numbers(self, kind: str, taken: Iterable[str]) -> Iterator[str]:
        """Numbers of a type that strangers may get, by lot."""
        besides = set(taken)
        found = [
            number.value
            for number in self._free.values()
            if number.type == kind
            and number.pool == "public"
            and number.grade in _COMMON
            and number.value not in besides
        ]
        self._lot.shuffle(found)
        return islice(found, max(0, len(found) - _KEPT_FREE))

    def write(self, people: Iterable[Person]) -> list[tuple[Stored, list[Written]]]:
        """Store these customers with their histories."""
        connection, batch = self._context.connection, Batch()
        sims = {kind: iter(stock(connection, kind, _SIMS)) for kind in ("plastic", "esim")}
        histories = Histories(self._definitions, batch, self._lot, self._free, sims)
        parties = [(person, self._id()) for person in people]
        written = []
        for person, party_id in parties:
            ids = self._ids(person, party_id, parties)
            stored = add_customer(batch, person, self._home(person), ids, self.today)
            orders = histories.add(stored, self._price_list(person), self._numbering)
            written.append((stored, orders))
        batch.write(connection)
        use_numbers(connection, histories.numbers_used)
        use_sims(connection, histories.sims_used)
        return written

    def _ids(self, person: Person, party_id: str, parties: Iterable[tuple[Person, str]]) -> Ids:
        asking: tuple[Document, ...] = ()
        if person.may_ask is not None:
            name, relation = person.may_ask
            found = next((pair for pair in parties if pair[0].name == name), None)
            if found is None:
                raise ValueError(f"{person.name}: nobody is called {name}")
            asking = (asking_party(*found, relation),)
        return Ids(
            customer=person.id or self._numbering.customer(),
            account=self._numbering.account(),
            party=party_id,
            seller=seller(person.reseller, self._definitions.resellers[person.reseller]),
            may_ask=asking,
        )

    def _price_list(self, person: Person) -> PriceList:
        lists = lawful(
            self._definitions,
            self.facts(person),
            reseller=person.reseller,
            today=self.today,
            customer_since=person.since,
        )
        return lists[0]

    def _home(self, person: Person) -> Home | None:
        if person.home is None:
            return None
        if person.home not in self._homes:
            networks = address.facts_of(self._context.connection, address_id(person.home))
            if networks is None:
                raise ValueError(f"{person.name}: there is no address {person.home}")
            self._homes[person.home] = Home(self._doors[person.home], networks)
        return self._homes[person.home]

    def _id(self) -> str:
        return f"{self._lot.getrandbits(128):032x}"
