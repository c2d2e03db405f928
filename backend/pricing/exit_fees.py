"""What it costs to leave before a minimum term is over, by the rule the operator publishes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from backend.pricing.money import pence

COOLING_OFF = dt.timedelta(days=14)
"""Consumer Contracts Regulations 2013, regulation 30: who changes his mind by then pays none."""
_NOTHING = Decimal("0.00")


def exit_fee(
    monthly: Decimal,
    share: Decimal,
    *,
    started: dt.date | None,
    term_ends: dt.date | None,
    today: dt.date,
) -> Decimal:
    """A `share` (of one) of what the whole months left would cost; `monthly` in pounds.

    The month that runs is paid with the bill, and not charged again. Nothing for what has no
    term, has not begun, or began within the last fourteen days; nothing for a saving.
    """
    if term_ends is None or started is None or monthly <= 0:
        return _NOTHING
    if today <= started + COOLING_OFF:
        return _NOTHING
    return pence(monthly * share * months_left(today, term_ends))


def months_left(today: dt.date, end: dt.date) -> int:
    """Whole months from today until the end; 0 when it is over."""
    months = (end.year - today.year) * 12 + end.month - today.month
    return max(months - (end.day < today.day), 0)
