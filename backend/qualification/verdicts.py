"""Whether a change of what somebody has is allowed, rule by rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from backend.catalog.definitions import Definitions
from backend.product_rules import Violation
from backend.qualification.facts import Facts
from backend.qualification.shelf import check


@dataclass(frozen=True, slots=True)
class Verdict:
    """`errors` forbid the change; `warnings` were so before and the change does not touch them."""

    errors: tuple[Violation, ...]
    warnings: tuple[Violation, ...]


def verdict(
    definitions: Definitions,
    facts: Facts,
    had: Mapping[str, int],
    will_have: Mapping[str, int],
    added: Collection[str],
) -> Verdict:
    """Weigh what a customer `will_have` by the rules.

    What he `had` may be against today's rules already; that alone stops nothing, but nothing
    may be `added` to it.
    """
    before = {(each.rule, each.offers) for each in check(definitions, facts, had)}
    errors: list[Violation] = []
    warnings: list[Violation] = []
    for each in check(definitions, facts, will_have):
        new = (each.rule, each.offers) not in before or not set(each.offers).isdisjoint(added)
        (errors if new else warnings).append(each)
    return Verdict(tuple(errors), tuple(warnings))
