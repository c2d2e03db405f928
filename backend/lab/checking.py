"""Proves a catalogue before it is published, and says what the proofs found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.lab.files import Case, LabFault
from backend.lab.gaps import Gaps
from backend.lab.price_changes import changes
from backend.product_rules import Catalogue, violations
from backend.product_rules.proofs import Proofs

_EACH_OWN = 500


@dataclass(frozen=True, slots=True)
class Report:
    """What was proved, and what is wrong. An offer or rule is named by its code or id."""

    dead: Mapping[str, tuple[str, ...]]
    """Offers that nobody can buy, whatever the facts, with a minimal set of rules that say so."""
    redundant: tuple[str, ...]
    """Rules that refuse nothing which the others do not refuse too."""
    gaps: Gaps
    broken_by_nothing: tuple[str, ...]
    """Rules that keep somebody from ordering nothing at all."""
    golden: Mapping[str, Any]
    prices: tuple[Mapping[str, Any], ...] = field(default=())

    def faulty(self, *, strict: bool) -> bool:
        """A redundant rule is slack and no fault, unless somebody wants it strict."""
        faults = (self.dead, self.gaps.unpriced, self.gaps.untexted, self.broken_by_nothing)
        return any(faults) or bool(self.golden["broken"]) or (strict and bool(self.redundant))

    def document(self) -> dict[str, Any]:
        """The report as the command prints it."""
        return {
            "dead": tuple(self.dead),
            "redundant": self.redundant,
            "unpriced": self.gaps.unpriced,
            "untexted": self.gaps.untexted,
            "emptyOrder": "invalid" if self.broken_by_nothing else "valid",
            "emptyOrderBreaks": self.broken_by_nothing,
            "golden": self.golden,
            "prices": self.prices,
        }


def checked(
    catalogue: Catalogue,
    gaps: Gaps,
    golden: Iterable[Case],
    before: Catalogue | None = None,
    *,
    redundant: bool = True,
) -> Report:
    """Proves the catalogue; with an older one also what its prices did.

    The baskets whose prices are told are the golden orders that are valid, and orders in which
    every offer is. Redundant rules are looked for where `redundant` says so. Raises LabFault
    for a golden order with facts or offers nobody knows.
    """
    orders = tuple(golden)
    proofs = Proofs(catalogue)
    dead, examples = _examples(catalogue, proofs)
    baskets = [case.picks for case in orders if case.valid] + examples
    return Report(
        dead=dead,
        redundant=proofs.redundant() if redundant else (),
        gaps=gaps,
        broken_by_nothing=proofs.broken_by_nothing(),
        golden=_golden(catalogue, orders),
        prices=changes(before, catalogue, baskets) if before else (),
    )


def _examples(
    catalogue: Catalogue, proofs: Proofs
) -> tuple[dict[str, tuple[str, ...]], list[Mapping[str, int]]]:
    """The offers nobody can buy with the rules that say so, and valid orders with each other one.

    Up to a size each offer has an order of its own; beyond that one may show several at once.
    """
    each_own = len(catalogue.offers) <= _EACH_OWN
    dead: dict[str, tuple[str, ...]] = {}
    orders: list[Mapping[str, int]] = []
    shown: set[str] = set()
    for code in catalogue.offers:
        if code in shown and not each_own:
            continue
        example = proofs.order_with(code)
        if example is None:
            dead[code] = proofs.against(code)
        else:
            orders.append(example.order)
            shown.update(example.order)
    return dead, orders


def _golden(catalogue: Catalogue, orders: Iterable[Case]) -> dict[str, Any]:
    judged = [(case, _breaks(catalogue, case)) for case in orders]
    broken = [
        {"line": case.line, "expected": "valid" if case.valid else "invalid", "breaks": breaks}
        for case, breaks in judged
        if case.valid == bool(breaks)
    ]
    return {"checked": len(judged), "broken": broken}


def _breaks(catalogue: Catalogue, case: Case) -> list[str]:
    """The rules an order breaks, and the offers of which it holds too many."""
    try:
        found = violations(catalogue, case.facts, case.picks)
    except (ValueError, TypeError) as error:
        raise LabFault(f"Golden orders, line {case.line}: {error}") from None
    return [each.rule or each.offers[0] for each in found]
