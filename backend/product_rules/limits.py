"""Rules as linear limits on quantities, and what follows from them before any search."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from backend.product_rules.catalogue import FactCondition, Rule
from backend.product_rules.rules import weights_of

_ROUNDS = 40  # tightening may go on for long in tiny steps; any stop is sound


@dataclass(frozen=True, slots=True)
class Group:
    """What one limit counts with one weight, and the shared sums within, large ones first."""

    weight: int
    offers: frozenset[int]
    sums: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """`sum(weight * quantity) <= bound`, wherever the facts hold and every guard is met.

    A guard is met by one of any of its offers. Offers are places in the catalogue.
    """

    rule: str
    facts: tuple[FactCondition, ...]
    guards: tuple[tuple[int, ...], ...]
    terms: tuple[tuple[int, int], ...]
    bound: int
    sums: tuple[Group, ...] = ()
    """What it adds up in sums that other limits share."""
    at_rest: bool = False
    """True where no bound follows from it while every offer may be had from none to its most."""
    places: frozenset[int] = field(init=False, repr=False)
    """Every offer it speaks of."""

    def __post_init__(self) -> None:
        places = frozenset([place for place, _ in self.terms]).union(*self.guards)
        object.__setattr__(self, "places", places)

    @property
    def demands(self) -> bool:
        """True where an order of nothing breaks it."""
        return self.bound < 0 and not self.guards


@dataclass(frozen=True, slots=True)
class Problem:
    """The limits that matter for some offers, with the lowest and highest quantity of each."""

    low: Mapping[int, int]
    high: Mapping[int, int]
    limits: tuple[Limit, ...]
    sums: tuple[frozenset[int], ...] = ()
    """Groups of offers that several limits add up."""
    summed: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """What the quantities at places below 0 add up."""
    possible: bool = True
    """False where the bounds alone show that no order is valid."""


def limits_of(rule: Rule, places: Mapping[str, int]) -> tuple[Limit, ...]:
    """One limit for an inequality, two for an equality."""
    facts = tuple(item for item in rule.when if isinstance(item, FactCondition))
    guards = tuple(
        tuple(places[code] for code in item.offers)
        for item in rule.when
        if not isinstance(item, FactCondition)
    )
    terms = tuple((places[code], weight) for code, weight in weights_of(rule).items())
    turned = tuple((place, -weight) for place, weight in terms)
    at_most = Limit(rule.id, facts, guards, terms, rule.k)
    at_least = Limit(rule.id, facts, guards, turned, -rule.k)
    return {"<=": (at_most,), ">=": (at_least,), "==": (at_most, at_least)}[rule.op]


def at_rest(limit: Limit, most: Sequence[int]) -> Limit:
    """The limit with a note whether bounds follow from it, where `most` is had of each place."""
    low, high = dict.fromkeys(limit.places, 0), {place: most[place] for place in limit.places}
    if not all(high[place] for guard in limit.guards for place in guard):
        return limit
    moved = _tighten(limit, limit.bound - span(limit, low, high)[0], low, high)
    return limit if moved is None or moved else replace(limit, at_rest=True)


def tightened(problem: Problem, *, about: Collection[int] | None = None) -> Problem:
    """The same problem with narrower bounds and without limits that can not be broken.

    Limits known to be at rest are looked at when a bound moves; where these places are given,
    so are all that do not speak of them.
    """
    low, high = dict(problem.low), dict(problem.high)
    decided = {place for place, most in high.items() if low[place] or not most}
    kept = dict(enumerate(problem.limits))
    waiting = [at for at, limit in kept.items() if _is_news(limit, about)]
    for _ in range(_ROUNDS):
        moved: set[int] = set()
        for at in waiting:
            limit: Limit | None = kept[at]
            smallest, largest = span(kept[at], low, high)
            if kept[at].guards and not decided.isdisjoint(kept[at].places):
                limit = _still_guarded(kept[at], low, high)
            if limit is None or largest <= limit.bound:
                del kept[at]
                continue
            kept[at] = limit
            narrowed = _tighten(limit, limit.bound - smallest, low, high)
            if narrowed is None:
                return replace(problem, limits=(), possible=False)
            if narrowed:
                moved.update(narrowed)
                decided.update([at for at in narrowed if low[at] or not high[at]])
        if not moved:
            break
        waiting = [at for at, limit in kept.items() if not limit.places.isdisjoint(moved)]
    return replace(problem, low=low, high=high, limits=tuple(kept.values()))


def _is_news(limit: Limit, about: Collection[int] | None) -> bool:
    return not limit.at_rest if about is None else not limit.places.isdisjoint(about)


def span(limit: Limit, low: Mapping[int, int], high: Mapping[int, int]) -> tuple[int, int]:
    """The smallest and the largest sum of a limit within the bounds."""
    smallest = largest = 0
    for place, weight in limit.terms:
        least, most = weight * low[place], weight * high[place]
        if weight > 0:
            smallest += least
            largest += most
        else:
            smallest += most
            largest += least
    return smallest, largest


def _still_guarded(limit: Limit, low: Mapping[int, int], high: Mapping[int, int]) -> Limit | None:
    """The limit without guards that are met already; None where one can never be met."""
    guards = tuple([
        tuple([place for place in guard if high[place]])
        for guard in limit.guards
        if not any(map(low.__getitem__, guard))
    ])  # fmt: skip
    if not all(guards):
        return None
    if guards == limit.guards:
        return limit
    return Limit(limit.rule, limit.facts, guards, limit.terms, limit.bound, limit.sums)


def _tighten(
    limit: Limit, room: int, low: dict[int, int], high: dict[int, int]
) -> Collection[int] | None:
    """Narrows the bounds by one limit, and says whose; None where it cannot be kept."""
    if limit.guards:
        if room >= 0 or len(limit.guards) > 1:
            return ()
        high.update(dict.fromkeys(limit.guards[0], 0))
        return limit.guards[0]
    if room < 0:
        return None
    moved = []
    for place, weight in limit.terms:
        if weight > 0:
            most = low[place] + room // weight
            if most < high[place]:
                high[place] = most
                moved.append(place)
        else:
            least = high[place] - room // -weight
            if least > low[place]:
                low[place] = least
                moved.append(place)
    return moved
