"""Finds the cheapest lawful package that keeps what a customer wants to keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from backend.product_rules.book import LimitBook
from backend.product_rules.catalogue import Facts, Offer
from backend.product_rules.cheapest import Cheapest
from backend.product_rules.encoding import Solver
from backend.product_rules.openings import Picks
from backend.product_rules.trial import Trial
from backend.product_rules.worlds import only

_PENCE = 100


@dataclass(frozen=True, slots=True)
class Package:
    """A valid order with its price for a month."""

    order: Mapping[str, int]
    monthly: Decimal
    proved: bool
    """True where nothing cheaper keeps the same; False where time ran out before the proof."""


def cost_order(offers: Iterable[Offer], monthly: Mapping[str, Decimal]) -> list[int]:
    """A cost for each offer in turn: by the month, and where that is equal by what is paid once.

    Raises ValueError for prices with parts of a penny.
    """
    sold = tuple(offers)
    once = [_pence(offer.oneoff) for offer in sold]
    scale = 1 + sum(abs(price) * offer.max for offer, price in zip(sold, once, strict=True))
    return [
        _pence(monthly[each.code]) * scale + paid for each, paid in zip(sold, once, strict=True)
    ]


def _pence(price: Decimal) -> int:
    """The price in pence; ValueError for parts of a penny."""
    whole = price * _PENCE
    if whole != whole.to_integral_value():
        raise ValueError(f"A price is in whole pence, not {price}.")
    return int(whole)


def cheapest_package(
    book: LimitBook,
    facts: Facts,
    keep: Sequence[tuple[tuple[int, ...], int]],
    prices: Sequence[int],
    make_solver: Callable[[], Solver],
    seconds: float,
) -> tuple[Picks, bool] | None:
    """The order, and whether it is proved to be cheapest; None where none keeps all.

    `keep` says of which offers together at least how many stay; prices are by
    place, as `cost_order` gives them. Of
    equal prices the order with fewest things is taken, then the catalogue's order decides.
    """
    # What lies outside costs something or nothing, so it can be left out; gains cannot.
    gains = {place for place, price in enumerate(prices) if price < 0}
    seeds = gains.union(*(places for places, _ in keep))
    trial = Trial(book, only(facts), seeds, make_solver)
    for places, count in keep:
        trial.hold_any(places, count)
    chains = trial.chains_by_place()
    units = 1 + sum(map(len, chains.values()))
    costs = {
        literal: prices[place] * units + 1 for place, chain in chains.items() for literal in chain
    }
    bargain = Cheapest(trial.solver, trial.encoding, costs)
    found = bargain.find(seconds=seconds)
    if found is None:
        return None
    model = bargain.prefer(chains.values()) if found.proved else found.model
    return trial.order(model), found.proved
