"""Who the demo operator's customers are, before they are in the database."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Held:
    """One product of an order.

    `key` names a line inside its customer, `on` the line that a SIM or an extra belongs to.
    `instead_of` is the offer of an earlier order that this one takes the place of; `settings` are
    what was set for it.
    """

    offer: str
    key: str = ""
    on: str = ""
    number: str | None = None
    user: str = ""
    ended: dt.date | None = None
    instead_of: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order that was placed. `done` is None as long as it is not, `number` None: draw one.

    `why` says why it is held or was cancelled, `waits_at` at which step of its flow it stands,
    `due` for when it was promised. `visit` is when an engineer comes;
    the e-mail that told so came back when `returned` says why.
    """

    placed: dt.date
    done: dt.date | None
    items: tuple[Held, ...]
    number: str | None = None
    state: str = "completed"
    why: str = ""
    waits_at: str = ""
    due: dt.date | None = None
    visit: dt.date | None = None
    returned: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A customer: a person, or a company with the person one talks to there.

    `owes` is in pounds with VAT: the open balance, overdue where `arrears` is set. `may_ask`
    names another person who may ask about the customer, and what he is to him.
    """

    given: str
    family: str
    home: str | None
    email: str
    since: dt.date
    mobile: str = ""
    landline: str = ""
    born: dt.date | None = None
    id: str | None = None
    company: str = ""
    company_number: str = ""
    credit: str = "A"
    identity: str = "passport"
    languages: tuple[str, ...] = ("en",)
    vulnerable: bool = False
    benefits: bool = False
    guardian: bool = False
    staff: bool = False
    arrears: bool = False
    owes: Decimal = Decimal(0)
    large_print: bool = False
    reseller: str = "R0"
    may_ask: tuple[str, str] | None = None
    orders: tuple[PastOrder, ...] = field(default=())

    @property
    def name(self) -> str:
        return self.company or f"{self.given} {self.family}"


def tables() -> dict[str, Any]:
    """Read resources/demo/people.toml."""
    text = (files("resources") / "demo" / "people.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def personas(today: dt.date) -> Iterator[Person]:
    """The people that are told of in the demo's story, at their present age."""
    for entry in tables()["person"]:
        yield _person(entry, today)


def _person(entry: Mapping[str, Any], today: dt.date) -> Person:
    own = dict(entry)
    age, since = own.pop("age", None), own.pop("since_days")
    if age is not None:
        own["born"] = years_before(today, age) - dt.timedelta(days=100)
    own["languages"] = tuple(own.get("languages", ("en",)))
    own["owes"] = Decimal(own.get("owes", "0"))
    if "may_ask" in own:
        own["may_ask"] = tuple(own["may_ask"])
    orders = tuple(_order(order, today) for order in own.pop("order", ()))
    return Person(**own, since=_before(today, since), orders=orders)


def _order(entry: Mapping[str, Any], today: dt.date) -> PastOrder:
    own = dict(entry)
    done, due, visit = (own.pop(name, None) for name in ("done_days", "due_in", "visit_in"))
    return PastOrder(
        placed=_before(today, own.pop("days")),
        done=None if done is None else _before(today, done),
        due=None if due is None else _before(today, -due),
        visit=None if visit is None else _before(today, -visit),
        items=tuple(_held(item, today) for item in own.pop("items")),
        **own,
    )


def _held(entry: Mapping[str, Any], today: dt.date) -> Held:
    own = dict(entry)
    ended = own.pop("ended_days", None)
    return Held(
        **{"key": own.get("number", ""), **own},
        ended=None if ended is None else _before(today, ended),
    )


def _before(today: dt.date, days: int) -> dt.date:
    return today - dt.timedelta(days=days)


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
