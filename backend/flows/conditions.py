"""Conditions of steps: CEL over the facts of a flow and what its steps brought."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Protocol

import cel

Facts = Mapping[str, Any]
RESULTS = "results"
"""The name under which conditions find what earlier steps brought: `results.sim.iccid`."""

_RESULTS = re.compile(rf"(?<![\w.]){RESULTS}\b")

_CHOICE = re.compile(r"\|\||\?|[()].*&&.*\)")
"""Signs that what stands between two && can not be looked at alone."""


class BadCondition(Exception):  # noqa: N818 - says what is wrong with it
    """A condition that can not be read or gives no yes or no."""


def hangs_on_results(expression: str) -> bool:
    """Whether it can be decided only once earlier steps are done."""
    return _RESULTS.search(expression) is not None


class Conditional(Protocol):
    """A step that may have a condition."""

    @property
    def id(self) -> str: ...

    @property
    def when(self) -> str | None: ...


def skipped(steps: Iterable[Conditional], facts: Facts) -> list[str]:
    """The steps that are left out from the start, because the facts alone say so."""
    return [step.id for step in steps if step.when is not None and _is_hopeless(step.when, facts)]


def _is_hopeless(expression: str, facts: Facts) -> bool:
    """Whether it can not be met whatever earlier steps bring: one of what it asks for is false."""
    if not hangs_on_results(expression):
        return not holds(expression, facts, {})
    return any(not holds(part, facts, {}) for part in _by_facts_alone(expression))


@lru_cache(maxsize=1_000)
def _by_facts_alone(expression: str) -> tuple[str, ...]:
    """What of a condition with results hangs on facts alone; nothing where it is not plain."""
    alone = tuple(part for part in expression.split("&&") if not hangs_on_results(part))
    return alone if _CHOICE.search(expression) is None and all(map(_is_read, alone)) else ()


def _is_read(expression: str) -> bool:
    try:
        cel.compile(expression)
    except ValueError:
        return False
    return True


def check(expression: str, sample: Facts) -> None:
    """BadCondition unless it can be read and asks only for facts that `sample` has."""
    try:
        cel.compile(expression)
    except ValueError as fault:
        raise BadCondition("this is not a CEL expression") from fault
    hangs = hangs_on_results(expression)
    for part in _by_facts_alone(expression) if hangs else (expression,):
        holds(part, sample, {})


def holds(expression: str, facts: Facts, results: Facts) -> bool:
    """Whether the condition is met; a result that is not there means it is not."""
    try:
        value = cel.evaluate(expression, {**facts, RESULTS: dict(results)})
    except KeyError as missing:
        if hangs_on_results(expression):
            return False
        raise BadCondition(f"there is no fact {missing}") from missing
    except (RuntimeError, TypeError, ValueError) as fault:
        raise BadCondition(str(fault)) from fault
    if not isinstance(value, bool):
        raise BadCondition("this is neither true nor false")
    return value
