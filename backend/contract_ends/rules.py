"""Who is told that a minimum term ends, or once a year what would be cheapest, and when.

Ofcom's General Conditions C1.21 to C1.28: 40 to 10 days before the end, and each year after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

import structlog

from backend.access.caller import Caller
from backend.contract_ends import records
from backend.contract_ends.best import Having, best, having
from backend.database import Database
from backend.inventory import rules as inventory
from backend.inventory.rules import TermEnd
from backend.jobs import Jobs
from backend.notices.rules import Notices
from backend.qualification.holdings import Holding
from backend.qualification.rules import Qualification
from backend.rest.errors import Problem
from backend.rest.resource import Context
from letters import Row

END, YEARLY = "LT15", "LT16"
LOOK = "contract-ends.look"
TIMES = "0 6 * * *"
FIRST, LAST = timedelta(days=40), timedelta(days=10)
GRACE = timedelta(days=30)  # a yearly notice that was missed is still given so much later

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.contract_ends")

_CALLER = Caller(
    user_id="contract-ends",
    name="Contract ends",
    roles=frozenset({"agent"}),
    rights=frozenset({"customer.read"}),
    reseller=None,
)
"""Who looks: what is proposed is what an agent could sell."""


class ContractEnds:
    """Looks once a day; each customer is a transaction of his own, and told once of each end."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        qualification: Qualification,
        notices: Notices,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._qualification = qualification
        self._notices = notices
        self._now = now
        jobs.every(TIMES, LOOK, self.look)

    def look(self, timestamp: int) -> None:  # noqa: ARG002 - the queue gives it by this name
        """Tell everybody whose day it is; a customer that cannot be told does not stop the rest."""
        today = self._now().date()
        with self._database.read() as connection:
            soon = inventory.terms_ending(connection, today + LAST, today + FIRST)
            past = inventory.terms_ending(connection, date.min, today - timedelta(days=1))
        told = self._tell_all(END, soon) + self._tell_all(YEARLY, _anniversaries(past, today))
        if told:
            _LOG.info("told of contract ends", customers=told)

    def _tell_all(self, letter: str, ends: Sequence[TermEnd]) -> int:
        by_customer: dict[str, list[TermEnd]] = {}
        for each in ends:
            by_customer.setdefault(each.customer_id, []).append(each)
        told = 0
        for customer_id, own in by_customer.items():
            try:
                told += self._tell(letter, customer_id, own)
            except Problem as refusal:
                _LOG.warning("contract end not told", letter=letter, reason=refusal.code)
        return told

    def _tell(self, letter: str, customer_id: str, ends: Sequence[TermEnd]) -> bool:
        with self._database.begin() as connection:
            context = Context(connection, _CALLER, self._now(), f"{LOOK}:{customer_id}")
            about = [(each.product_id, each.day) for each in ends]
            new = records.note(connection, letter, about, context.now)
            if not new:
                return False
            has = having(context, self._qualification, customer_id)
            ending = [each for each in has.holdings if each.id in new]
            if not ending:
                return False
            package = best(context, self._qualification, customer_id, has)
            day = min(each.day for each in ends if each.product_id in new)
            self._notices.letter(
                context,
                letter,
                customer_id,
                key=f"{letter}:{customer_id}:{day.isoformat()}",
                fields={"contract.ends": day, **package.fields()},
                rows={**_rows(has, ending), "best": package.rows},
            )
            return True


def _rows(has: Having, ending: Sequence[Holding]) -> Mapping[str, tuple[Row, ...]]:
    named = {each.id for each in ending}
    others = [each for each in has.holdings if each.id not in named]
    return {"ending": has.rows(ending), "others": has.rows(others)}


def _anniversaries(past: Sequence[TermEnd], today: date) -> list[TermEnd]:
    """Those whose end was a whole number of years ago, with the day of the latest."""
    found = []
    for each in past:
        day = _in_year(each.day, today.year)
        if day > today:
            day = _in_year(each.day, today.year - 1)
        if day > each.day and today - day <= GRACE:
            found.append(TermEnd(each.customer_id, each.product_id, day))
    return found


def _in_year(day: date, year: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(year, 2, 28) if leap else day.replace(year=year)
