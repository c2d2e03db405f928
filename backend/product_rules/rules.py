"""The plain meaning of the rules on a written-down selection, without any search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from backend.product_rules.catalogue import (
    Catalogue,
    Condition,
    Fact,
    FactCondition,
    Facts,
    Rule,
    Selection,
)


@dataclass(frozen=True, slots=True)
class Violation:
    """Why a selection is no valid order: a rule it breaks, or an offer's own limit."""

    rule: str | None
    """The rule's id, or None where there is more of an offer than one customer may hold."""
    offers: tuple[str, ...]
    """The offers of the selection that the rule counts."""
    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What a selection still lacks: so many of these offers together satisfy the rule."""

    rule: str
    offers: tuple[str, ...]
    needed: int
    exactly: bool
    """True where more than `needed` would break the rule."""
    text: str


def checked_facts(catalogue: Catalogue, facts: Facts) -> tuple[Fact, ...]:
    """The facts in the order of the catalogue's context.

    Raises ValueError, in a sentence, where one is missing, unknown or has an unknown value.
    """
    for key in facts:
        if key not in catalogue.context:
            raise ValueError(f"The catalogue knows no fact {key!r}.")
    for key, values in catalogue.context.items():
        if key not in facts:
            raise ValueError(f"The fact {key!r} is missing.")
        if facts[key] not in values:
            allowed = ", ".join(map(str, values))
            raise ValueError(f"The fact {key!r} is one of {allowed}, not {facts[key]!r}.")
    return tuple(facts[key] for key in catalogue.context)


def checked_selection(catalogue: Catalogue, selection: Selection) -> dict[str, int]:
    """The offers of the selection that are there at all.

    Raises ValueError, in a sentence, for an unknown code or a quantity that is no count.
    """
    for code, quantity in selection.items():
        if code not in catalogue.offers:
            raise ValueError(f"The catalogue has no offer {code!r}.")
        if not isinstance(quantity, int) or quantity < 0:
            raise ValueError(f"The quantity of {code} is a whole number from 0.")
    return {code: quantity for code, quantity in selection.items() if quantity}


def violations(catalogue: Catalogue, facts: Facts, selection: Selection) -> tuple[Violation, ...]:
    """Everything that keeps the selection from being a valid order; empty for a valid one."""
    checked_facts(catalogue, facts)
    chosen = checked_selection(catalogue, selection)
    return (*_over_limit(catalogue, chosen), *_broken(catalogue, facts, chosen))


def _over_limit(catalogue: Catalogue, chosen: Selection) -> Iterator[Violation]:
    for code, quantity in chosen.items():
        offer = catalogue.offers[code]
        if quantity > offer.max:
            yield Violation(None, (code,), f"{offer.name}: {offer.max} at most.")


def _broken(catalogue: Catalogue, facts: Facts, chosen: Selection) -> Iterator[Violation]:
    for rule in catalogue.rules.values():
        if applies(rule, facts, chosen) and not balanced(rule, difference(rule, chosen)):
            counted = dict.fromkeys(code for code in (*rule.left, *rule.right) if code in chosen)
            yield Violation(rule.id, tuple(counted), rule.text)


def applies(rule: Rule, facts: Facts, selection: Selection) -> bool:
    """True where every condition of the rule holds."""
    return all(_holds(condition, facts, selection) for condition in rule.when)


def _holds(condition: Condition, facts: Facts, selection: Selection) -> bool:
    if isinstance(condition, FactCondition):
        return facts[condition.key] in condition.values
    return any(selection.get(code, 0) for code in condition.offers)


def difference(rule: Rule, selection: Selection) -> int:
    """How far the left side lies above `k + factor * right`."""
    left = sum(selection.get(code, 0) for code in rule.left)
    right = sum(selection.get(code, 0) for code in rule.right)
    return left - rule.k - rule.factor * right


def balanced(rule: Rule, over: int) -> bool:
    """Whether a rule allows its left side to lie so far above its right one."""
    if rule.op == "==":
        return over == 0
    return over <= 0 if rule.op == "<=" else over >= 0


def missing(
    rules: Iterable[Rule], chosen: Selection, offerable: Collection[str]
) -> tuple[Missing, ...]:
    """Of rules the picks break, what may be added for each, of what is offerable.

    A rule that nothing offerable serves is left out: adding cannot satisfy it.
    """
    found = (_missing(rule, difference(rule, chosen), offerable) for rule in rules)
    return tuple(item for item in found if item)


def _missing(rule: Rule, over: int, offerable: Collection[str]) -> Missing | None:
    weights = weights_of(rule)
    gap = abs(over)
    serving = {
        code: abs(weight)
        for code, weight in weights.items()
        if (weight > 0) == (over < 0) and code in offerable
    }
    if not serving:
        return None
    # With the largest step fewer are enough; with steps of one the count is plain.
    needed = -(-gap // max(serving.values()))
    exactly = rule.op == "==" and set(serving.values()) == {1}
    return Missing(rule.id, tuple(serving), needed, exactly, rule.text)


def weights_of(rule: Rule) -> dict[str, int]:
    """How much one more of each offer raises `sum(left) - factor * sum(right)`, where at all."""
    weights = dict.fromkeys(rule.left, 1)
    for code in rule.right:
        weights[code] = weights.get(code, 0) - rule.factor
    return {code: weight for code, weight in weights.items() if weight}
