"""Values of free types at which the conditions of a form can change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from backend.catalog.characteristics import (
    DATE,
    DECIMAL,
    INTEGER,
    Characteristic,
    Shape,
    Typed,
    Unfit,
    text_of,
    typed_value,
)
from backend.catalog.conditions import Condition


def samples(known: Characteristic, shape: Shape) -> tuple[Typed, ...]:
    """Values of a free type, one for each way in which the conditions can see it.

    Conditions compare with constants only, so constants, what lies beside them and the limits
    are enough.
    """
    about = [
        condition
        for each in shape.characteristics
        for condition in each.conditions
        if known.name in condition.names
    ]
    if known.type in {INTEGER, DECIMAL}:
        found = sorted(_numbers(known, about))
    elif known.type == DATE:
        found = sorted(_days(about))
    else:
        named = sorted({text for each in about for text in each.texts if text})
        return (*(each for each in named if _fitting(known, each)), _other(named))
    return tuple(each for each in found if _fitting(known, each))


def _numbers(known: Characteristic, about: Iterable[Condition]) -> set[Any]:
    step = 1 if known.type == INTEGER else 0.000001
    near = {float(number) for each in about for number in each.numbers}
    limits = [float(each) for each in (known.minimum, known.maximum) if each is not None]
    around = {number + shift for number in near for shift in (-step, 0, step)}
    whole = int if known.type == INTEGER else float
    return {whole(each) for each in {*around, *limits, *(() if limits else (0.0,))}}


def _days(about: Iterable[Condition]) -> set[Any]:
    found = {dt.date(2026, 1, 1)}
    for each in about:
        for text in each.texts:
            try:
                day = dt.date.fromisoformat(text)
            except ValueError:
                continue
            found |= {day + dt.timedelta(days=shift) for shift in (-1, 0, 1)}
    return {day.isoformat() for day in found}


def _other(named: Iterable[str]) -> str:
    """Stands for every text that no condition names."""
    return "".join(named) + "…"


def _fitting(known: Characteristic, typed: Typed) -> bool:
    try:
        typed_value(known, text_of(typed))
    except Unfit:
        return False
    return True
