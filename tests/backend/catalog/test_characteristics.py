"""Values are read by their type, within their limits, from text and from JSON."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from backend.catalog.characteristics import (
    Cardinality,
    Characteristic,
    Typed,
    Unfit,
    Value,
    text_of,
    typed_value,
)

TODAY = dt.date(2026, 11, 20)
UP_TO_3 = Cardinality(0, 3)
VALUES = (Value("a", "First"), Value("b", "Second"), Value("c", "Third"))


def asked(kind: str, **more: Any) -> Characteristic:
    return Characteristic("field", "Field", kind, **more)


@pytest.mark.parametrize(
    ("known", "given", "typed", "text"),
    [
        (asked("boolean"), True, True, "true"),
        (asked("boolean"), "false", False, "false"),
        (asked("choice", values=VALUES), " b ", "b", "b"),
        (asked("integer", minimum=Decimal(1)), 7, 7, "7"),
        (asked("decimal"), "2.50", 2.5, "2.5"),
        (asked("date", minimum=Decimal(1)), "2026-11-21", "2026-11-21", "2026-11-21"),
        (asked("several-of", values=VALUES, cardinality=UP_TO_3), "c, a", ("a", "c"), "a,c"),
        (asked("several-of", values=VALUES, cardinality=UP_TO_3), ["b"], ("b",), "b"),
        (asked("string", pattern="[a-z]+"), "abc", "abc", "abc"),
    ],
)
def test_a_value_that_fits(known: Characteristic, given: object, typed: Typed, text: str) -> None:
    assert typed_value(known, given, TODAY) == typed
    assert text_of(typed) == text


@pytest.mark.parametrize("kind", ["boolean", "choice", "integer", "date", "several-of", "string"])
def test_an_empty_value_is_none(kind: str) -> None:
    values = VALUES if kind in {"choice", "several-of"} else ()
    assert typed_value(asked(kind, values=values), "  ") is None


@pytest.mark.parametrize(
    ("known", "given", "sentence"),
    [
        (asked("boolean"), "perhaps", "choose one of on, off"),
        (asked("choice", values=VALUES), "d", "choose one of First, Second, Third"),
        (asked("several-of", values=VALUES), "a,d", "choose from First"),
        (asked("several-of", values=VALUES), "a,b", "choose 1 at most"),
        (asked("integer"), "2.5", "write a whole number"),
        (asked("integer"), "1e999999999", "write a whole number"),
        (asked("decimal"), "NaN", "write a number"),
        (asked("integer", minimum=Decimal(2), unit="rings"), "1", "2 rings or more"),
        (asked("decimal", maximum=Decimal(2)), "2.01", "2 at most"),
        (asked("date"), "20.11.2026", "write a day as"),
        (asked("date", minimum=Decimal(1)), "2026-11-20", "2026-11-21 or later"),
        (asked("date", maximum=Decimal(9)), "2026-12-24", "2026-11-29 or earlier"),
        (asked("string", pattern="[a-z]+"), "A", "not written as it should be"),
        (asked("string"), "x" * 501, "too long"),
    ],
)
def test_a_value_that_does_not_fit(known: Characteristic, given: object, sentence: str) -> None:
    with pytest.raises(Unfit, match=sentence):
        typed_value(known, given, TODAY)
