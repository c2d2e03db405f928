"""The cheapest lawful package that keeps what a customer uses, as one change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from backend.catalog.definitions import Definitions
from backend.product_rules import Engine
from backend.qualification.holdings import Holding
from backend.qualification.openers import named
from backend.qualification.shelf import Counts, less, together
from backend.qualification.situation import Situation
from backend.rest.resource import Document

_OR_BETTER = " or better"
_SECONDS = 1.0


class Packager:
    """Finds packages for one version of the catalogue.

    What a customer uses is every product he keeps; in its place may stand what the price tables
    call as good. Savings are no use in themselves: they come and go.
    """

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        better = {code + _OR_BETTER: self._serving(code) for code in definitions.catalogue.offers}
        groups = {**definitions.catalogue.groups, **better}
        self._engine = Engine(replace(definitions.catalogue, groups=groups))

    def cheapest(self, situation: Situation) -> tuple[Counts, bool] | None:
        """What to have instead of `situation.held`, and whether it is proved to be cheapest."""
        prices = self._prices(situation)
        needs = {
            code: count
            for code, count in situation.held.items()
            if not situation.rates.unit(self._definitions.offer(code)).saves
        }
        keep = {
            code + _OR_BETTER: sum(
                count
                for other, count in needs.items()
                if set(self._serving(other)) <= set(self._serving(code))
            )
            for code in needs
        }
        found = self._engine.repackage(situation.facts, keep, prices, seconds=_SECONDS)
        return None if found is None else (dict(found.order), found.proved)

    def stands_for(self, code: str, other: str) -> bool:
        """Whether a product of the one offer may become the other."""
        one, two = self._definitions.offer(code), self._definitions.offer(other)
        return (one.family, one.kind) == (two.family, two.kind) and other in self._serving(code)

    def _serving(self, code: str) -> tuple[str, ...]:
        return (code, *self._definitions.as_good.get(code, ()))

    def _prices(self, situation: Situation) -> dict[str, Decimal]:
        """Of what is installed its own price, where all of it have one; else the list's."""
        rates = situation.rates
        prices = {
            code: rates.unit(offer).monthly
            for code, offer in self._definitions.catalogue.offers.items()
        }
        for code in situation.kept:
            own = {rates.listed(each.monthly) for each in _of(situation, code)}
            if len(own) == 1:
                prices[code] = own.pop()
        return prices


def repackaged(situation: Situation, packager: Packager) -> Document | None:
    """The change that leads to the cheapest package; None where nothing is cheaper.

    It starts from what there would be after the change asked about; money is per month.
    """
    found = packager.cheapest(situation) if situation.held else None
    if found is None:
        return None
    order, proved = found
    after = _changed(situation, packager, order)
    was, will_be = monthly(situation), monthly(after)
    if will_be >= was:
        return None
    change = after.change
    moved = [each for each in change.holdings if each.id in change.moves]
    offers = situation.shelf.definitions.catalogue.offers
    new = less(after.picks, situation.picks)
    return {
        "moves": dict(change.moves),
        "ends": [each.id for each in change.holdings if each.id in change.ends],
        "picks": after.picks,
        "monthlyBefore": str(was),
        "monthlyAfter": str(will_be),
        "saves": str(was - will_be),
        "kept": [each.name for each in change.stays],
        "gained": [
            *(f"{offers[change.moves[each.id]].name} instead of {each.name}" for each in moved),
            *(named(offers[code].name, count) for code, count in new.items()),
        ],
        "proved": proved,
    }


def monthly(situation: Situation) -> Decimal:
    """What everything costs a month after the change, as the price list shows it."""
    rates = situation.rates
    staying = (rates.listed(each.monthly) for each in situation.change.stays)
    chosen = (
        rates.unit(rates.definitions.offer(code)).monthly * count
        for code, count in situation.chosen.items()
    )
    return sum((*staying, *chosen), Decimal("0.00"))


def _changed(situation: Situation, packager: Packager, order: Counts) -> Situation:
    """The same question with the change that makes what there would be into this order."""
    surplus, new = less(situation.held, order), less(order, situation.held)
    picks = less(situation.picks, surplus)
    surplus = less(surplus, situation.picks)
    moves, ends = dict(situation.change.moves), set(situation.change.ends)
    for each in reversed(situation.change.holdings):
        now = moves.get(each.id, each.offer)
        if each.id in ends or not each.is_changeable or not surplus.get(now):
            continue
        surplus = less(surplus, {now: 1})
        target = next((code for code in new if packager.stands_for(each.offer, code)), None)
        moves.pop(each.id, None)
        if target is None:
            ends.add(each.id)
        else:
            moves[each.id] = target
            new = less(new, {target: 1})
    return situation.changed(ends=frozenset(ends), moves=moves, picks=together(picks, new))


def _of(situation: Situation, code: str) -> list[Holding]:
    return [each for each in situation.change.stays if each.offer == code]
