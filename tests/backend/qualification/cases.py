"""Questions about customers whose products are written down here, without a database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from backend.catalog.loading import demo_tables
from backend.catalog.rules import definitions_of
from backend.pricing.lists import lawful
from backend.pricing.money import Amounts
from backend.pricing.rules import Rates
from backend.product_rules.catalogue import Fact
from backend.qualification.facts import Subject
from backend.qualification.holdings import Holding
from backend.qualification.shelf import Shelf
from backend.qualification.situation import Change, Situation, kept_of

TODAY = dt.date(2026, 11, 20)
HOUSE: Mapping[str, Fact] = {
    "segment": "RES", "age": "26-64", "credit": "A", "copper": 1, "vdsl": 1, "gpon": 1,
    "xgspon": 0, "allip": 0, "cov5g": 1, "cov4g": 1, "channel": "CALL", "role": "agent",
    "arrears": 0, "vulnerable": 0, "benefits": 0, "guardian": 0, "idok": 1, "tenure12": 1,
    "landlordok": 0, "flat": 0,
}  # fmt: skip
"""A private customer of some years in a house with fibre."""


@cache
def demo_shelf() -> Shelf:
    return Shelf.of(definitions_of(1, *demo_tables()))


def has(
    *codes: str, started: dt.date = dt.date(2026, 3, 1), status: str = "active"
) -> list[Holding]:
    """Products of these offers; a SIM or an extra relies on the last line before it."""
    shelf, line, found = demo_shelf(), "", []
    rates = _rates(shelf, HOUSE)
    for place, code in enumerate(codes):
        offer = shelf.definitions.offer(code)
        identity = f"p{place}-{code}"
        unit = rates.unit(offer)
        ends = _later(started, offer.term) if offer.term else None
        made = Holding(
            id=identity,
            offer=code,
            name=offer.name,
            status=status,
            number=None,
            place=None,
            monthly=rates.amounts(unit.monthly),
            once=rates.amounts(unit.once),
            term=offer.term,
            started=started,
            term_ends=ends,
            settings={},
            relies_on=frozenset({line} if line and offer.kind != "line" else ()),
        )
        line = identity if offer.kind == "line" else line
        found.append(made)
    return found


def situation(
    holdings: Sequence[Holding] = (),
    *,
    facts: Mapping[str, Fact] = HOUSE,
    picks: Mapping[str, int] | None = None,
    ends: Sequence[str] = (),
    moves: Mapping[str, str] | None = None,
    at_an_address: bool = True,
) -> Situation:
    """A question of a customer with these products, for whom this is to be changed."""
    shelf = demo_shelf()
    change = Change(tuple(holdings), frozenset(ends), dict(moves or {}))
    return Situation(
        shelf=shelf,
        subject=Subject(dict(facts), "R0", dt.date(2020, 1, 1), at_an_address=at_an_address),
        rates=_rates(shelf, facts),
        today=TODAY,
        change=change,
        kept=kept_of(shelf, dict(facts), change),
        picks=dict(picks or {}),
        numbers=(),
        settings={},
    )


def pounds(gross: str) -> Amounts:
    return Amounts(Decimal(gross), Decimal(0), Decimal(gross))


def _rates(shelf: Shelf, facts: Mapping[str, Fact]) -> Rates:
    lists = lawful(shelf.definitions, facts, reseller="R0", today=TODAY)
    return Rates.of(shelf.definitions, lists[0], facts)


def _later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + year, month=month + 1)
