"""What a customer has from earlier days, though it may not be sold to him any more."""

from __future__ import annotations

from collections.abc import Mapping

from backend.product_rules import Engine, Facts


def still_sold(engine: Engine, facts: Facts, installed: Mapping[str, int]) -> dict[str, int]:
    """Without the products that today's rules would refuse, and what only these made possible.

    A copper line was sold lawfully before copper was withdrawn. It stays the customer's, and
    must not close everything else to him: the rules are asked about the rest.
    """
    if engine.answer(facts, installed, ()).possible:
        return dict(installed)
    kept: dict[str, int] = {}
    for code, count in installed.items():
        trial = {**kept, code: count}
        if engine.answer(facts, trial, ()).possible:
            kept = trial
    return kept
