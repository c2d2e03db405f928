"""Which price lists may lawfully be given to whom."""

from __future__ import annotations

import datetime as dt

from backend.catalog.definitions import Definitions, PriceList
from backend.product_rules import Facts


def lawful(
    definitions: Definitions,
    facts: Facts,
    *,
    reseller: str,
    today: dt.date,
    customer_since: dt.date | None = None,
) -> tuple[PriceList, ...]:
    """Price lists that may be given to this customer today, the default first."""
    fitting = (
        each
        for each in definitions.price_lists
        if facts["segment"] in each.segments
        and reseller in each.resellers
        and _in_force(each, today)
        and (not each.needs_benefits or facts["benefits"])
        and _old_enough(each, customer_since)
    )
    return tuple(sorted(fitting, key=lambda each: not each.default))


def _in_force(price_list: PriceList, today: dt.date) -> bool:
    ended = price_list.valid_until is not None and price_list.valid_until < today
    return price_list.valid_from <= today and not ended


def _old_enough(price_list: PriceList, customer_since: dt.date | None) -> bool:
    if price_list.customer_before is None:
        return True
    return customer_since is not None and customer_since < price_list.customer_before
