"""Ten thousand random states of three catalogues: how long the engine ever takes, and where."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from backend.product_rules import Catalogue, Engine
from backend.product_rules.catalogue import Facts
from benchmarks.engine import somebody
from tests.support.large_catalogues import large

_CATALOGUES = ((1, None, 3_400), (7, None, 3_300), (67, 60, 3_300))
"""Copies of the demo, how many offers are asked about (None: all), and states."""
_STATES_A_CUSTOMER = 20
_BACK = 0.2  # how often a pick is taken away again
_BAR = 50.0
_TOLD = 3

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and how many milliseconds of this thread's own work it took."""

    took: float
    what: str
    facts: Facts
    picks: dict[str, int]

    def __str__(self) -> str:
        return f"{self.took:7.2f} ms  {self.what}  {dict(self.facts)}  {self.picks}"


def run() -> None:
    """Print the worst of all states, for each catalogue, and whether the bar is kept."""
    worst = 0.0
    for copies, page, states in _CATALOGUES:
        catalogue = large(copies)
        engine = Engine(catalogue)
        gc.collect()
        gc.freeze()  # as the server does once it is ready
        asked = sorted(_walk(catalogue, engine, page, states), key=lambda each: -each.took)
        part = f"a page of {page}" if page else "whole"
        print(f"{len(catalogue.offers)} offers, {part}: {states} states, {len(asked)} questions")
        for each in asked[:_TOLD]:
            print(f"  {each}")
        worst = max(worst, asked[0].took)
        gc.unfreeze()
    print(f"worst {worst:.1f} ms, bar {_BAR:.0f}: {'kept' if worst <= _BAR else 'MISSED'}")


def _walk(catalogue: Catalogue, engine: Engine, page: int | None, states: int) -> Iterator[Asked]:
    """Customers one after the other, who pick and take away, and ask why not."""
    chance = random.Random(len(catalogue.offers))  # noqa: S311  # examples, no secrets
    codes = tuple(catalogue.offers)
    facts, picks, shown = somebody(catalogue, chance), dict[str, int](), codes[:page]
    for state in range(states):
        if state % _STATES_A_CUSTOMER == 0:
            first = chance.randrange(len(codes) - page + 1) if page else 0
            facts, picks = somebody(catalogue, chance), {}
            shown = codes[first : first + page] if page else codes
        took, answer = _timed(partial(engine.answer, facts, picks, shown))
        yield Asked(took, "answer", facts, picks)
        if answer.hidden:
            code = chance.choice(answer.hidden)
            took, _ = _timed(partial(engine.reasons, facts, picks, code))
            yield Asked(took, f"reason of {code}", facts, picks)
        if picks and (chance.random() < _BACK or not answer.offerable):
            gone = chance.choice(list(picks))
            picks = {code: count for code, count in picks.items() if code != gone}
        elif answer.offerable:
            code = chance.choice(answer.offerable)
            picks = {**picks, code: picks.get(code, 0) + 1}


def _timed(work: Callable[[], _Made]) -> tuple[float, _Made]:
    began = time.thread_time()
    made = work()
    return (time.thread_time() - began) * 1_000, made


if __name__ == "__main__":
    run()
