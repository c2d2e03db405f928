"""What a change does to what the customer has, and to his next bill."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from backend.pricing.bills import FirstBill, bill_day
from backend.pricing.money import pence
from backend.pricing.rules import Quote
from backend.qualification.priced import amounts_of, bill_of
from backend.qualification.situation import Situation
from backend.rest.resource import Document

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one product, or what is added; money in pounds as the list shows it."""

    change: str
    offer: str
    name: str
    quantity: int
    before: Decimal
    after: Decimal
    once: Decimal
    product_id: str | None = None
    was: str | None = None
    term: int = 0
    """Months for which it binds anew; 0 where it does not."""


def difference(situation: Situation, quote: Quote) -> Document:
    """The change line by line, with its sums; `quote` prices what is added."""
    lines = [*_of_installed(situation), *_of_picks(situation, quote)]
    ended = [each for each in situation.change.holdings if each.id in situation.change.ends]
    owed = (each.exit_fee(situation.rates, situation.today) for each in ended)
    fees = sum(owed, _NOTHING)
    before = sum((each.before for each in lines), _NOTHING)
    after = sum((each.after for each in lines), _NOTHING)
    once = sum((each.once for each in lines), _NOTHING)
    return {
        "lines": [_shown(each) for each in lines],
        "monthlyBefore": str(before),
        "monthlyAfter": str(after),
        "once": str(once),
        "exitFees": str(fees),
        "nextBill": _next_bill(situation, lines, once + fees),
    }


def _of_installed(situation: Situation) -> Iterator[Line]:
    change, rates = situation.change, situation.rates
    for each in change.holdings:
        before = rates.listed(each.monthly)
        kept = Line("keep", each.offer, each.name, 1, before, before, _NOTHING, each.id)
        if each.id in change.ends:
            yield replace(kept, change="end", after=_NOTHING)
        elif each.id in change.moves:
            offer = rates.definitions.offer(change.moves[each.id])
            unit = rates.unit(offer)
            yield replace(
                kept,
                change="move",
                offer=offer.code,
                name=offer.name,
                was=each.name,
                after=unit.monthly,
                once=unit.once,
                term=offer.term,
            )
        else:
            yield kept


def _of_picks(situation: Situation, quote: Quote) -> Iterator[Line]:
    offers = situation.shelf.definitions.catalogue.offers
    for item in quote.items:
        line = Line("add", item.id, item.name, item.quantity, _NOTHING, item.monthly, item.once)
        offer = offers.get(item.id)  # a telephone number is none
        yield line if offer is None else replace(line, term=offer.term)


def _next_bill(situation: Situation, lines: list[Line], once: Decimal) -> Document:
    """The next bill if everything changes today; the running month was paid for in advance.

    What comes is charged from today to the month's end, what goes is given back: of what ends
    the days after today, of what becomes another offer today too, for that is charged anew.
    """
    today = situation.today
    days_of_month = calendar.monthrange(today.year, today.month)[1]
    days = days_of_month - today.day + 1
    bill = FirstBill(
        day=bill_day(today),
        start=today,
        days=days,
        days_of_month=days_of_month,
        part_month=_share(lines, ("add", "move"), days, days_of_month, after=True),
        month_ahead=pence(sum((each.after for each in lines), _NOTHING)),
        once=pence(once),
    )
    credit = _share(lines, ("end",), days - 1, days_of_month, after=False)
    credit += _share(lines, ("move",), days, days_of_month, after=False)
    total = situation.rates.amounts(bill.total - credit)
    return {**bill_of(bill), "credit": str(credit), "total": amounts_of(total)}


def _share(
    lines: list[Line], changes: tuple[str, ...], days: int, of: int, *, after: bool
) -> Decimal:
    """The part of a month of these lines; each is rounded, as the bill writes it."""
    chosen = (each for each in lines if each.change in changes)
    parts = (pence((each.after if after else each.before) * days / of) for each in chosen)
    return sum(parts, _NOTHING)


def _shown(line: Line) -> Document:
    return {
        "change": line.change,
        "offer": line.offer,
        "productId": line.product_id,
        "name": line.name,
        "was": line.was,
        "quantity": line.quantity,
        "term": line.term,
        "monthlyBefore": str(line.before),
        "monthlyAfter": str(line.after),
        "once": str(line.once),
    }
