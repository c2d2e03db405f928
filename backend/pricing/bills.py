"""What the first bill comes to: the rest of this month, and the next one in advance."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from backend.pricing.money import pence


@dataclass(frozen=True, slots=True)
class FirstBill:
    """The first bill of a basket whose services start on the day `start`; money in pounds.

    `part_month` is for `days` of the `days_of_month`, from `start` to the month's end; then
    comes a `month_ahead`, and what is charged once.
    """

    day: dt.date
    start: dt.date
    days: int
    days_of_month: int
    part_month: Decimal
    month_ahead: Decimal
    once: Decimal

    @property
    def total(self) -> Decimal:
        return self.part_month + self.month_ahead + self.once


def bill_day(start: dt.date) -> dt.date:
    """Bills are made on the first of each month."""
    return (start.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def first_bill(monthly: Iterable[Decimal], once: Decimal, *, start: dt.date) -> FirstBill:
    """`monthly` are the lines of the basket: each is rounded, so that the bill's lines add up.

    The day of the start is charged. Savings are charged day by day as everything else is.
    """
    lines = tuple(monthly)
    days_of_month = calendar.monthrange(start.year, start.month)[1]
    days = days_of_month - start.day + 1
    part = (pence(line * days / days_of_month) for line in lines)
    return FirstBill(
        day=bill_day(start),
        start=start,
        days=days,
        days_of_month=days_of_month,
        part_month=pence(sum(part, Decimal(0))),
        month_ahead=pence(sum(lines, Decimal(0))),
        once=pence(once),
    )
