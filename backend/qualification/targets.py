"""What an installed product may become, what that loses, and what it brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from backend.product_rules import Applied, Rule
from backend.qualification.fallout import asked_for, excess, victim
from backend.qualification.holdings import Holding, counted
from backend.qualification.legacy import still_sold
from backend.qualification.shelf import Counts, less, together
from backend.qualification.situation import Situation, completable
from backend.rest.resource import Document


@dataclass(frozen=True, slots=True)
class Target:
    """An offer to move to; `lost` are products that end with the move, `brings` come with it."""

    code: str
    lost: tuple[Holding, ...]
    brings: Counts


def targets(situation: Situation, rules: Applied, holding: Holding) -> Iterator[Target]:
    """Every lawful target, in the catalogue's order, beside what else this change does."""
    if not holding.is_changeable or holding.id in situation.change.ends:
        return
    for code in _candidates(situation, holding):
        found = _Landing(situation, rules, holding, code).found()
        if found is not None:
            yield found


def may_move(situation: Situation, rules: Applied, holding: Holding) -> bool:
    return next(targets(situation, rules, holding), None) is not None


def movers(situation: Situation, rules: Applied, code: str) -> list[Holding]:
    """Products of the customer that may become this offer."""
    return [
        each
        for each in situation.change.holdings
        if each.is_changeable
        and each.id not in situation.change.ends
        and code in _candidates(situation, each)
        and _Landing(situation, rules, each, code).found() is not None
    ]


def shown(situation: Situation, holding: Holding, target: Target) -> Document:
    """A target as the desk reads it; the difference is of the whole move, for a month."""
    rates, definitions = situation.rates, situation.shelf.definitions
    offer = definitions.offer(target.code)
    unit = rates.unit(offer)
    brought = (
        rates.unit(definitions.offer(code)).monthly * count for code, count in target.brings.items()
    )
    given_up = (rates.listed(each.monthly) for each in (holding, *target.lost))
    difference = unit.monthly + sum(brought, Decimal(0)) - sum(given_up, Decimal(0))
    return {
        "id": offer.code,
        "name": offer.name,
        "monthly": str(unit.monthly),
        "once": str(unit.once),
        "term": offer.term,
        "difference": str(difference),
        "lost": [each.name for each in target.lost],
        "ends": [each.id for each in target.lost],
        "brings": situation.shelf.names(target.brings),
    }


def _candidates(situation: Situation, holding: Holding) -> list[str]:
    """Others of the same kind that stand for one another: lines, or one of a section."""
    definitions = situation.shelf.definitions
    mine = definitions.catalogue.offers.get(holding.offer)
    if mine is None:
        return []
    alike = [
        offer
        for offer in definitions.catalogue.offers.values()
        if (offer.family, offer.kind) == (mine.family, mine.kind) and offer is not mine
    ]
    is_line = definitions.by_offer[mine.code].number_type is not None
    rivals = {code for codes in situation.shelf.rivals if mine.code in codes for code in codes}
    rates = situation.rates
    return [
        each.code
        for each in alike
        if (is_line or each.code in rivals)
        and (rates.unit(each).monthly or rates.unit(mine).monthly)  # what is paid once is done
    ]


class _Landing:
    """One move, with everything that must go and come so that no rule is newly broken."""

    def __init__(self, situation: Situation, rules: Applied, holding: Holding, code: str) -> None:
        self._situation = situation
        self._rules = rules
        self._code = code
        self._holding = holding
        change = situation.change
        now = change.moves.get(holding.id)
        others = less(change.targets, {now: 1} if now else {})
        self._chosen = together(others, {code: 1}, situation.picks)
        self._left = [each for each in change.stays if each is not holding]
        staying = situation.shelf.known(counted(self._left))
        self._before = together(staying, others, situation.picks, {holding.offer: 1})
        self._after = together(staying, self._chosen)
        self._moved = {holding.offer, code}
        self._lost: list[Holding] = []
        self._brings: Counts = {}

    def found(self) -> Target | None:
        """None where something stays broken that neither going nor coming mends."""
        while new := self._rules.newly_broken(self._after, self._before, self._moved):
            if not any(self._mended(each) for each in new):
                if not all(self._is_choice(each) for each in new):
                    return None
                break
        shelf = self._situation.shelf
        rest = shelf.known(counted(self._left))
        kept = still_sold(shelf.engine, self._situation.facts, rest)
        if not completable(self._situation, together(kept, self._chosen, self._brings)):
            return None
        return Target(self._code, tuple(self._lost), self._brings)

    def _mended(self, rule: Rule) -> bool:
        """Take the next step for one rule; False where there is none."""
        over = excess(rule, self._after)
        if over > 0:
            return self._lose(rule.left)
        if not self._asks(rule):
            return self._lose(asked_for(rule))
        only = rule.left[0]
        if len(rule.left) > 1 or only in self._brings:
            return False
        self._brings[only] = -over
        self._count(only, -over)
        return True

    def _lose(self, offers: tuple[str, ...]) -> bool:
        found = victim(offers, self._left, [self._holding, *self._lost])
        if found is None:
            return False
        self._left.remove(found)
        self._lost.append(found)
        self._count(found.offer, -1)
        return True

    def _count(self, code: str, more: int) -> None:
        self._after = {**self._after, code: self._after.get(code, 0) + more}
        self._moved.add(code)

    def _is_choice(self, rule: Rule) -> bool:
        """Whether the agent has only to choose what the new offer asks for."""
        return excess(rule, self._after) < 0 and self._asks(rule)

    def _asks(self, rule: Rule) -> bool:
        """Whether a rule that lacks something asks for the sake of what is new."""
        return not {self._code, *self._brings}.isdisjoint(asked_for(rule))
