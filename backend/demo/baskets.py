"""Draws what a customer has: any selection that the product rules hold valid."""

from __future__ import annotations

import random
from collections.abc import Mapping

from backend.product_rules import Engine
from backend.product_rules.catalogue import Fact

# how a household begins: with mobile, with broadband, or with both
_STARTS = (
    ("M02",), ("M03",), ("M01",), ("M04",), ("F01",), ("F02",), ("F02", "M03"),
    ("D01",), ("F03", "T02"), ("L01",), ("F02", "T02", "M03"),
)  # fmt: skip
_BUSINESS = (("M08",), ("F05",), ("M08", "F05"), ("F05", "V02"))
_ANYBODY = ("M01", "M02", "M07", "F01")
# one-off work, fees and prepaid SIMs are nothing that a customer keeps; retention is for few
_NOT_KEPT = frozenset({"X05", "X06", "X07", "X08", "P01", "P02", "P03"})
_MOST_EXTRAS = 4

Picks = dict[str, int]


class Baskets:
    """Draws baskets; customers with the same facts share a stock of so many."""

    def __init__(self, engine: Engine, stock: int) -> None:
        self._engine = engine
        self._stock = stock
        self._drawn: dict[tuple[Fact, ...], list[Picks]] = {}

    def draw(self, facts: Mapping[str, Fact], lot: random.Random) -> Picks:
        """A valid selection for a customer with these facts; empty where nothing fits him."""
        stock = self._drawn.setdefault(tuple(facts[name] for name in sorted(facts)), [])
        if len(stock) >= self._stock:
            return lot.choice(stock)
        stock.append(self._drawn_anew(facts, lot))
        return stock[-1]

    def _drawn_anew(self, facts: Mapping[str, Fact], lot: random.Random) -> Picks:
        picks: Picks = {}
        for code in lot.choice(_BUSINESS if facts["segment"] == "BUS" else _STARTS):
            picks = self._with(facts, picks, code)
        for code in _ANYBODY:
            picks = picks or self._with(facts, picks, code)
        for _ in range(lot.randint(0, _MOST_EXTRAS) if picks else 0):
            offerable = self._engine.answer(facts, picks).offerable
            wanted = [code for code in offerable if code not in _NOT_KEPT]
            if wanted:
                picks = self._with(facts, picks, lot.choice(wanted))
        return (self._engine.complete(facts, picks) or {}) if picks else {}

    def _with(self, facts: Mapping[str, Fact], picks: Picks, code: str) -> Picks:
        if code not in self._engine.answer(facts, picks, (code,)).offerable:
            return picks
        return {**picks, code: picks.get(code, 0) + 1}
