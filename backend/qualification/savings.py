"""Which saving is the best one that a customer may lawfully have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from backend.pricing.rules import Rates
from backend.product_rules import Engine, Missing, Offer
from backend.qualification.facts import Facts
from backend.qualification.shelf import triggers
from backend.qualification.situation import Situation


@dataclass(frozen=True, slots=True)
class Saving:
    """A saving to propose. Money is per month, or once where it takes nothing off the month.

    `opens_with` is what must be added before it is given; empty: the picks earn it already.
    """

    offer: Offer
    saves: Decimal
    gains: Decimal
    """What it saves beyond the savings it takes the place of."""
    instead: tuple[str, ...]
    opens_with: tuple[Missing, ...]


def best_saving(
    engine: Engine, rates: Rates, facts: Facts, held: Mapping[str, int], picks: Mapping[str, int]
) -> Saving | None:
    """The saving with the largest gain among all that may be had, by the engine's own answers.

    What the picks earn as they are comes before what needs more of them. None where nothing is
    picked, or the picks have the best already.
    """
    if not picks:
        return None
    savings = _savings(rates)
    chosen = {code: count for code, count in picks.items() if code in savings}
    rest = {code: count - chosen.get(code, 0) for code, count in held.items()}
    beside = set(engine.answer(facts, held, savings).offerable)
    alone = set(engine.answer(facts, rest, savings).offerable) if chosen else set()
    found = [
        *_each(engine, rates, facts, held, [code for code in savings if code in beside], {}),
        *_each(engine, rates, facts, rest, sorted(alone - beside - set(chosen)), chosen),
    ]
    gaining = [each for each in found if each.gains > 0]
    return max(gaining, key=lambda each: (not each.opens_with, each.gains), default=None)


def givers(situation: Situation) -> dict[str, list[str]]:
    """For each saving that is picked: the names of what is held that it is given for.

    These are what its rules ask for, of every rule in turn.
    """
    rates, held = situation.rates, situation.held
    catalogue = rates.definitions.catalogue
    asking = [each for each in catalogue.rules.values() if each.op == ">=" and triggers(each)]
    found = {}
    for code in situation.picks:
        if rates.unit(catalogue.offers[code]).saves:
            served = [each.left for each in asking if code in triggers(each)]
            names = (other for left in served for other in left if held.get(other))
            found[code] = [catalogue.offers[each].name for each in dict.fromkeys(names)]
    return found


def _savings(rates: Rates) -> tuple[str, ...]:
    offers = rates.definitions.catalogue.offers.values()
    return tuple(offer.code for offer in offers if rates.unit(offer).saves)


def _each(
    engine: Engine,
    rates: Rates,
    facts: Facts,
    held: Mapping[str, int],
    codes: Iterable[str],
    instead: Mapping[str, int],
) -> Iterator[Saving]:
    """What each of these savings would do beside what is held, in the place of others."""
    lacking = {each.rule for each in engine.missing(facts, held)}
    given_up = sum((_worth(rates, other) * count for other, count in instead.items()), Decimal(0))
    for code in codes:
        with_it = engine.missing(facts, {**held, code: held.get(code, 0) + 1})
        saves = _worth(rates, code)
        yield Saving(
            offer=rates.definitions.offer(code),
            saves=saves,
            gains=saves - given_up,
            instead=tuple(instead),
            opens_with=tuple(each for each in with_it if each.rule not in lacking),
        )


def _worth(rates: Rates, code: str) -> Decimal:
    unit = rates.unit(rates.definitions.offer(code))
    return -unit.monthly if unit.monthly else -unit.once
