"""Speed of the product engine on the demo catalogue, beside its bare solver in the same run."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from pysat.solvers import Minicard

from backend.product_rules import Catalogue, Engine, read_catalogue_text
from backend.product_rules.book import LimitBook
from backend.product_rules.catalogue import Fact
from backend.product_rules.encoding import FALSE, Encoding
from backend.product_rules.limits import tightened
from backend.product_rules.worlds import only
from benchmarks.growth_plot import drawn
from tests.support.large_catalogues import large

_CUSTOMERS = 150
_PICKS = 6
_REASONS = 10
_LARGE_CUSTOMERS = 30
_GROWTH = (
    (1, None, False), (3, None, False), (7, None, False), (7, None, True),
    (1, 60, False), (7, 60, False), (27, 60, False), (67, 60, False), (67, 60, True),
)  # fmt: skip
"""Copies of the demo; how many offers are on the page, all where None; whether exclusive."""
_BARS = {"build and first refresh": 2.0, "after a pick": 1.0, "reason": 5.0}
"""Wall milliseconds at p95."""
_LARGE_BARS = {
    (7, None, "first"): 10.0, (7, None, "pick"): 5.0,
    (67, 60, "first"): 15.0, (67, 60, "pick"): 5.0, (67, 60, "reason"): 5.0,
}  # fmt: skip
"""The same for copies of the demo and offers on the page."""
_PLOT = Path.cwd() / "build" / "benchmarks" / "engine-growth.svg"

_Made = TypeVar("_Made")


class Clock:
    """Milliseconds by what was done: on the wall, and of this thread's own work."""

    def __init__(self) -> None:
        self.wall: dict[str, list[float]] = {}
        self.work: dict[str, list[float]] = {}

    def time(self, name: str, work: Callable[[], _Made]) -> _Made:
        wall, own = time.perf_counter(), time.thread_time()
        made = work()
        self.wall.setdefault(name, []).append((time.perf_counter() - wall) * 1_000)
        self.work.setdefault(name, []).append((time.thread_time() - own) * 1_000)
        return made


class BareSolver:
    """The same clauses in the same solver, asked once for each offer."""

    def __init__(self, codes: tuple[str, ...], book: LimitBook, facts: Mapping[str, Fact]) -> None:
        problem = tightened(book.problem(only(facts), range(len(codes))))
        self.codes = codes
        self.solver = Minicard()
        self.encoding = Encoding(self.solver, problem.low, problem.high)
        for limit in problem.limits:
            self.encoding.add(limit)

    def offerable(self, picks: Mapping[str, int]) -> tuple[str, ...]:
        held = [
            self.encoding.at_least(place, picks[code])
            for place, code in enumerate(self.codes)
            if code in picks
        ]
        return tuple(
            code for place, code in enumerate(self.codes) if self._open(place, code, picks, held)
        )

    def _open(self, place: int, code: str, picks: Mapping[str, int], held: list[int]) -> bool:
        literal = self.encoding.at_least(place, picks.get(code, 0) + 1)
        return literal != FALSE and self.solver.solve(assumptions=[*held, literal])


def run() -> None:
    """Prints p50 and p95 of what a person waits for, how far the bare solver is, and the growth."""
    text = files("resources.demo").joinpath("catalogue.json").read_text(encoding="utf-8")
    clock = Clock()
    catalogue = clock.time("read the catalogue", partial(read_catalogue_text, text))
    engine = clock.time("engine", partial(Engine, catalogue, facts_kept=_CUSTOMERS))
    chance = random.Random(1)  # noqa: S311  # examples, no secrets
    bare = partial(BareSolver, tuple(catalogue.offers), LimitBook(catalogue))
    for _ in range(_CUSTOMERS):
        _serve(engine, bare, somebody(catalogue, chance), clock, chance)
    _print(clock)
    lines: dict[str, list[tuple[int, float]]] = {}
    for copies, page, exclusive in _GROWTH:
        grown = _print_growth(copies, page, exclusive=exclusive)
        for name in ("first", "pick") if not exclusive else ():
            what = f"{name}, {'whole' if page is None else 'page'}"
            lines.setdefault(what, []).append((copies * 75, _p95(grown.work[name])))
    _PLOT.parent.mkdir(parents=True, exist_ok=True)
    _PLOT.write_text(drawn("Processor time at p95, by offers", lines), encoding="utf-8")
    print(f"The growth is drawn in {_PLOT.relative_to(Path.cwd())}.")


def _print_growth(copies: int, page: int | None, *, exclusive: bool) -> Clock:
    """One row: a catalogue of so many copies of the demo, a page of it or the whole."""
    catalogue = large(copies, exclusive=exclusive)
    engine, clock = Engine(catalogue), Clock()
    chance = random.Random(copies)  # noqa: S311  # examples, no secrets
    codes = tuple(catalogue.offers)
    for _ in range(_LARGE_CUSTOMERS):
        facts, picks = somebody(catalogue, chance), dict[str, int]()
        first = chance.randrange(len(codes) - page + 1) if page else 0
        asked = codes[first : first + page] if page else None
        answer = clock.time("first", partial(engine.answer, facts, picks, asked))
        for _ in range(_PICKS):
            if answer.offerable:
                code = chance.choice(answer.offerable)
                picks = {**picks, code: picks.get(code, 0) + 1}
                answer = clock.time("pick", partial(engine.answer, facts, picks, asked))
        for code in chance.sample(answer.hidden, min(_REASONS, len(answer.hidden))):
            clock.time("reason", partial(engine.reasons, facts, picks, code))
    ties = ", exclusive" if exclusive else ""
    shown = f"{len(codes)} offers, {f'a page of {page}' if page else 'whole'}{ties}"
    figures = (
        f"{name} {statistics.median(values):6.2f} {_p95(values):6.2f} (cpu {_p95(own):6.2f})"
        for name, values, own in ((n, clock.wall[n], clock.work[n]) for n in clock.wall)
    )
    print(f"{shown:<37}" + "  ".join(figures))
    for (size, part, name), bar in _LARGE_BARS.items():
        if (copies, page, exclusive) == (size, part, False):
            kept = "kept" if _p95(clock.wall[name]) <= bar else "MISSED"
            print(f"    {name}: bar {bar:g} ms at p95: {kept}")
    return clock


def somebody(catalogue: Catalogue, chance: random.Random) -> dict[str, Fact]:
    """Facts as customers have them: copper or fibre, seldom in arrears, mostly private."""
    facts = {key: chance.choice(values) for key, values in catalogue.context.items()}
    segment = chance.choices(["RES", "BUS", "STAFF"], [85, 12, 3])[0]
    age = "ORG" if segment == "BUS" else chance.choice(["16-17", "18-25", "26-64", "65+"])
    usual: dict[str, Fact] = {"segment": segment, "age": age, "channel": "CALL", "role": "agent"}
    arrears = int(chance.random() < 0.05)  # noqa: PLR2004  # one in twenty
    return {**facts, **usual, "arrears": arrears, "cov4g": 1, "idok": 1}


def _serve(
    engine: Engine,
    make_bare: Callable[[Mapping[str, Fact]], BareSolver],
    facts: dict[str, Fact],
    clock: Clock,
    chance: random.Random,
) -> None:
    """One customer: the first look, some picks, and why a few offers are hidden."""
    answer = clock.time("build and first refresh", partial(engine.answer, facts, {}))
    bare = clock.time("bare solver: build", partial(make_bare, facts))
    assert answer.offerable == clock.time("bare solver: first refresh", partial(bare.offerable, {}))
    picks: dict[str, int] = {}
    for _ in range(_PICKS):
        if not answer.offerable:
            break
        code = chance.choice(answer.offerable)
        picks = {**picks, code: picks.get(code, 0) + 1}
        answer = clock.time("after a pick", partial(engine.answer, facts, picks))
        plain = clock.time("bare solver: after a pick", partial(bare.offerable, picks))
        assert answer.offerable == plain
    for code in chance.sample(answer.hidden, min(_REASONS, len(answer.hidden))):
        clock.time("reason", partial(engine.reasons, facts, picks, code))
    clock.time("completion", partial(engine.complete, facts, picks))
    clock.time("what picks bring along", partial(engine.forced, facts, picks))
    clock.time("what is missing", partial(engine.missing, facts, picks))


def _print(clock: Clock) -> None:
    print(f"{'ms':<28}{'p50':>8}{'p95':>8}{'cpu p95':>9}{'bar':>6}")
    for name, wall in clock.wall.items():
        bar = _BARS.get(name)
        verdict = "" if bar is None else f"{bar:6.0f} {'kept' if _p95(wall) <= bar else 'MISSED'}"
        own = _p95(clock.work[name])
        print(f"{name:<28}{statistics.median(wall):8.3f}{_p95(wall):8.3f}{own:9.3f}{verdict}")
    for name, bare in (
        ("build and first refresh", ("bare solver: build", "bare solver: first refresh")),
        ("after a pick", ("bare solver: after a pick",)),
    ):
        middle = _ratio(clock, name, bare, statistics.median)
        print(f"{name}: {middle:.2f} x (p95 {_ratio(clock, name, bare, _p95):.2f} x) "
              "the bare solver with one solve for each offer")  # fmt: skip


def _ratio(
    clock: Clock, name: str, bare: Iterable[str], of: Callable[[list[float]], float]
) -> float:
    """How many times as long as the bare solver; both in processor time."""
    return of(clock.work[name]) / sum(of(clock.work[each]) for each in bare)


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
