"""Draws customers by lot: who they are, where they live, what they have."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from backend.catalog.definitions import Definitions
from backend.demo.baskets import Baskets
from backend.demo.people import Held, PastOrder, Person, tables, years_before
from backend.product_rules.catalogue import Fact

# shares of the demo operator's customers
_COMPANIES = 0.08
_DEPENDING = 0.03
_IN_ARREARS = 0.05
_ON_BENEFITS = 0.06
_PARTNERS = 0.07
_LATER_ORDER = 0.35
_OLDEST, _YOUNGEST = 4000, 20  # days with us
_AGES = (18, 88)
_LANGUAGES = (("en", 90), ("da", 4), ("sv", 3), ("nb", 2), ("fi", 1))
_CREDIT = (("A", 62), ("B", 24), ("C", 10), ("D", 4))
_IDENTITY = ("passport", "licence", "photo", "photo", "")
_COMPANY_NUMBERS = (10_000_000, 99_999_999)
_TWIN = "M17"
_SIM = "sim"
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "aa", "Æ": "ae", "Ø": "o", "Å": "aa"})

Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Names:
    """The names that strangers are drawn from; nobody gets the name of a persona's family."""

    people: tuple[tuple[str, str], ...]
    companies: tuple[str, ...]

    @classmethod
    def read(cls, known: Iterable[Person], lot: random.Random) -> Names:
        """All pairs of first and last names in an order by lot, without those that are taken."""
        table = tables()
        taken = {(person.given, person.family) for person in known}
        last = [name for name in table["last_names"] if name not in table["story_names"]]
        pairs = [pair for pair in product(table["first_names"], last) if pair not in taken]
        lot.shuffle(pairs)
        return cls(tuple(pairs), tuple(table["company_words"]))


def stranger(
    names: Names, lot: random.Random, homes: Sequence[str], today: dt.date, position: int
) -> Person:
    """Draw one customer, still without products; `position` counts them."""
    given, family = names.people[position % len(names.people)]
    company = lot.random() < _COMPANIES
    arrears = lot.random() < _IN_ARREARS
    local = f"{_plain(given)}.{_plain(family)}.{position + 1}"
    born = years_before(today, lot.randint(*_AGES)) - dt.timedelta(days=lot.randint(1, 364))
    return Person(
        given=given,
        family=family,
        home=homes[position % len(homes)],
        email=f"{local}@example.{lot.choice(('com', 'org'))}",
        since=today - dt.timedelta(days=lot.randint(_YOUNGEST, _OLDEST)),
        born=None if company else born,
        company=f"{family} {lot.choice(names.companies)} Ltd" if company else "",
        company_number=f"{lot.randint(*_COMPANY_NUMBERS)}" if company else "",
        credit=_weighed(lot, _CREDIT),
        identity=lot.choice(_IDENTITY),
        languages=(_weighed(lot, _LANGUAGES),),
        vulnerable=not company and lot.random() < _DEPENDING,
        benefits=not company and lot.random() < _ON_BENEFITS,
        arrears=arrears,
        owes=Decimal(lot.randint(1200, 19_000)) / 100 if arrears else Decimal(0),
        reseller="R1" if not company and lot.random() < _PARTNERS else "R0",
    )


@dataclass(frozen=True, slots=True)
class Furnisher:
    """Gives strangers what they have: valid by the product rules, with numbers while they last."""

    definitions: Definitions
    baskets: Baskets
    numbers: Mapping[str, Iterator[str]]
    """Free telephone numbers by type."""

    def furnished(self, person: Person, facts: Facts, lot: random.Random, day: dt.date) -> Person:
        """The person with products, ordered in one order or two, all done before `day`."""
        picks = self.baskets.draw(facts, lot)
        if not picks:
            return person
        items = self.items(picks, person)
        mobile = next((i.number for i in items if i.number and i.number.startswith("07")), "")
        landline = next((i.number for i in items if i.number and not i.number.startswith("07")), "")
        orders = self._orders(items, person.since, lot, day)
        return replace(person, orders=orders, mobile=mobile, landline=landline)

    def items(self, picks: Mapping[str, int], person: Person) -> tuple[Held, ...]:
        """One for each unit, lines first; SIMs and extras of mobile lines go to them in turn."""
        units = [code for code, count in picks.items() for _ in range(count)]
        lines = tuple(self._lines(units, person))
        mobile = [line.key for line in lines if self._number_type(line.offer) == "mobile"]
        return (*lines, *self._extras(units, mobile))

    def _lines(self, units: Iterable[str], person: Person) -> Iterator[Held]:
        for place, code in enumerate(units):
            kind = self._number_type(code)
            if kind is not None:
                user = person.given if kind == "mobile" and not person.company else ""
                yield Held(code, key=str(place), number=next(self.numbers[kind], None), user=user)

    def _extras(self, units: Iterable[str], lines: Sequence[str]) -> Iterator[Held]:
        """All that has no number; SIMs come last, for a twin needs one as a line does."""
        takers, turns = list(lines), Counter[str]()
        for code in sorted(units, key=lambda code: self.definitions.offer(code).kind == _SIM):
            offer = self.definitions.offer(code)
            if self._number_type(code) is not None:
                continue
            if not lines or offer.family != "Mobile":
                yield Held(code)
            elif offer.kind == _SIM:
                yield Held(code, on=takers[turns[_SIM] % len(takers)])
                turns[_SIM] += 1
            else:
                key = f"{code}.{turns[code]}" if code == _TWIN else ""
                takers.extend([key] if key else [])
                yield Held(code, key=key, on=lines[turns[code] % len(lines)])
                turns[code] += 1

    def _number_type(self, code: str) -> str | None:
        return self.definitions.by_offer[code].number_type

    def _orders(
        self, items: tuple[Held, ...], since: dt.date, lot: random.Random, day: dt.date
    ) -> tuple[PastOrder, ...]:
        """The first order makes the customer; some content packs came later."""
        later = tuple(i for i in items if self.definitions.offer(i.offer).family == "Content")
        room = (day - since).days - 2
        if not later or room < _YOUNGEST or lot.random() > _LATER_ORDER:
            return (_done(items, since, lot),)
        first = tuple(item for item in items if item not in later)
        return (
            _done(first, since, lot),
            _done(later, since + dt.timedelta(days=lot.randint(1, room)), lot, most=0),
        )


def _done(items: tuple[Held, ...], placed: dt.date, lot: random.Random, most: int = 9) -> PastOrder:
    """An order done within so many days; a customer counts from the day he ordered."""
    return PastOrder(placed, placed + dt.timedelta(days=lot.randint(0, most)), items)


def homes_by_lot(
    every: Iterable[str], taken: Collection[str | None], lot: random.Random
) -> list[str]:
    """Where strangers live, in an order by lot: not with the personas."""
    homes = [home for home in every if home not in taken]
    lot.shuffle(homes)
    return homes


def _weighed(lot: random.Random, choices: Sequence[tuple[str, int]]) -> str:
    return lot.choices([name for name, _ in choices], [weight for _, weight in choices])[0]


def _plain(name: str) -> str:
    return name.translate(_PLAIN).lower()
