"""Whether a product may end, why not, and what would have to end with it."""

from __future__ import annotations

from dataclasses import dataclass

from backend.product_rules import Applied, Rule
from backend.product_rules.applied import named_by
from backend.qualification.fallout import asked_for, excess, victim
from backend.qualification.holdings import Holding, counted
from backend.qualification.legacy import still_sold
from backend.qualification.shelf import Counts, less, together
from backend.qualification.situation import Situation, completable

_NOT_YET = "It is being delivered: cancel its order instead."
_ALREADY = "It ends already."


@dataclass(frozen=True, slots=True)
class Leaving:
    """`ends_with` are products that hang on it: with them it ends and nothing is missing."""

    may: bool
    reasons: tuple[dict[str, str], ...] = ()
    ends_with: tuple[Holding, ...] = ()


def leaving(situation: Situation, rules: Applied, holding: Holding) -> Leaving:
    """Decide for one product, beside everything else that this change does.

    It may end where the rest can be completed into a valid order without buying it again.
    """
    shelf = situation.shelf
    if not holding.is_changeable:
        text = _why_not(holding)
        return Leaving(may=False, reasons=({"rule": "", "text": text},))
    if holding.offer not in shelf.definitions.catalogue.offers:
        return Leaving(may=True)
    staying = [each for each in situation.change.stays if each is not holding]
    after = shelf.known(together(counted(staying), situation.chosen))
    before = together(after, {holding.offer: 1})
    new = rules.newly_broken(after, before, (holding.offer,))
    if not new:
        return Leaving(may=True)
    return Leaving(
        may=_rest_stands(situation, holding, staying, new),
        reasons=tuple(shelf.reasons(each.id for each in new)),
        ends_with=_hanging(rules, holding, staying, after),
    )


def _why_not(holding: Holding) -> str:
    if holding.order:
        return f"{holding.order} changes it already. Wait for that order, or cancel it."
    return _ALREADY if holding.status == "pendingTerminate" else _NOT_YET


def _rest_stands(
    situation: Situation, holding: Holding, staying: list[Holding], new: list[Rule]
) -> bool:
    shelf, facts, code = situation.shelf, situation.facts, holding.offer
    rest = shelf.known(counted(staying))
    kept = still_sold(shelf.engine, facts, rest)
    old = less(rest, kept)
    if any(not named_by(each).isdisjoint(old) for each in new):
        return False  # nothing that may be sold today would mend it
    held = together(kept, situation.chosen)
    if not completable(situation, held):
        return not completable(situation, situation.held)
    return not shelf.engine.forces(facts, held, code)


def _hanging(
    rules: Applied, holding: Holding, staying: list[Holding], after: Counts
) -> tuple[Holding, ...]:
    """What goes with it, one after the other; empty where that does not mend everything."""
    before = together(after, {holding.offer: 1})
    left, gone = list(staying), [holding]
    while new := rules.newly_broken(after, before, {each.offer for each in gone}):
        found = (victim(_going(rule, after), left, gone) for rule in new)
        next_one = next((each for each in found if each is not None), None)
        if next_one is None:
            return ()
        left.remove(next_one)
        gone.append(next_one)
        after = {**after, next_one.offer: after.get(next_one.offer, 0) - 1}
    return tuple(gone[1:])


def _going(rule: Rule, selection: Counts) -> tuple[str, ...]:
    return rule.left if excess(rule, selection) > 0 else asked_for(rule)
