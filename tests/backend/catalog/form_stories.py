"""Random forms, and an oracle that decides them by trying everything."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, combinations, product
from typing import Any

import cel
from hypothesis import strategies as st

from backend.catalog.characteristics import Shape
from backend.catalog.form_reading import FormReading

CONTEXT = {"segment": ("RES", "BUS"), "gpon": (0, 1)}
LETTERS = ("a", "b", "c", "d", "e")

Whole = dict[str, Any]
"""A whole form: text, number, truth or list by name; None where nothing is set or asked."""


def read(entries: list[dict[str, Any]]) -> Shape:
    """The form of these entries, which must be right."""
    reading = FormReading("form", CONTEXT, ("X1",))
    shape = reading.shape(entries)
    assert not reading.faults, [str(each) for each in reading.faults]
    return shape


def every_whole_form(entries: list[dict[str, Any]], facts: dict[str, Any]) -> list[Whole]:
    """All whole forms, by the definition and nothing else."""
    names = [each["name"] for each in entries]
    found = []
    for values in product(*(_possible(each) for each in entries)):
        form = dict(zip(names, values, strict=True))
        if all(_lawful(each, form, entries, facts) for each in entries):
            found.append(form)
    return found


def _possible(entry: dict[str, Any]) -> list[Any]:
    texts = [each["value"] for each in entry.get("values", ())]
    if entry["type"] == "boolean":
        return [None, True, False]
    if entry["type"] == "choice":
        return [None, *texts]
    if entry["type"] == "integer":
        return [None, *range(entry["minimum"], entry["maximum"] + 1)]
    sets = chain.from_iterable(combinations(texts, count) for count in range(1, len(texts) + 1))
    return [None, *(list(each) for each in sets)]


def _lawful(
    entry: dict[str, Any], form: Whole, entries: list[dict[str, Any]], facts: dict[str, Any]
) -> bool:
    value = form[entry["name"]]
    if not _met(entry.get("visible_when"), form, entries, facts):
        return value is None
    if value is None:
        asked = entry.get("required_when")
        needed = entry.get("required") or (asked and _met(asked, form, entries, facts))
        least = entry.get("cardinality", {}).get("min", 0)
        return not needed and not least and "default" not in entry
    texts = value if isinstance(value, list) else [_text(value)]
    most = entry.get("cardinality", {}).get("max", len(texts))
    opens = {each["value"]: each.get("open_when") for each in entry.get("values", ())}
    return len(texts) <= most and all(_met(opens.get(each), form, entries, facts) for each in texts)


def _met(
    condition: str | None, form: Whole, entries: list[dict[str, Any]], facts: dict[str, Any]
) -> bool:
    if condition is None:
        return True
    empty = {"boolean": False, "several-of": []}
    seen = {
        each["name"]: form[each["name"]]
        if form[each["name"]] is not None
        else empty.get(each["type"])
        for each in entries
    }
    try:
        return _program(condition).execute({**seen, "facts": facts, "offer": "X1"}) is True
    except TypeError:  # a comparison by order with what is not set
        return False


@cache
def _program(condition: str) -> cel.Program:
    return cel.compile(condition)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@st.composite
def forms(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Two to four fields, each with conditions on those before it; not in that order."""
    count = draw(st.integers(2, 4))
    entries: list[dict[str, Any]] = []
    for name in LETTERS[:count]:
        entries.append(draw(_entry(name, list(entries))))
    return draw(st.permutations(entries))


@st.composite
def _entry(draw: st.DrawFn, name: str, before: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from(("boolean", "choice", "several-of", "integer")))
    entry: dict[str, Any] = {"name": name, "label": name.upper(), "type": kind}
    condition = st.sampled_from(list(_conditions(before)))
    if kind in {"choice", "several-of"}:
        entry["values"] = [{"value": text, "label": text.upper()} for text in "xyz"]
        for value in entry["values"][1:]:
            if draw(st.booleans()):
                value |= {"open_when": draw(condition), "reason": "Because."}
    if kind == "integer":
        entry |= {"minimum": 1, "maximum": 5}
    if kind == "several-of":
        entry["cardinality"] = {"min": 0, "max": draw(st.integers(1, 3))}
    elif draw(st.booleans()):
        entry["default"] = {"boolean": "false", "choice": "x", "integer": "3"}[kind]
    elif draw(st.booleans()):
        entry["required"] = True
    for word in ("visible_when", "required_when"):
        if draw(st.integers(0, 2)) == 0:
            entry[word] = draw(condition)
    return entry


def _conditions(before: list[dict[str, Any]]) -> Iterator[str]:
    yield "facts.segment == 'BUS'"
    yield "facts.gpon == 1"
    for each in before:
        yield from {
            "boolean": (f"{each['name']}", f"!{each['name']}"),
            "choice": (f"{each['name']} == 'x'", f"{each['name']} in ['y', 'z']"),
            "several-of": (f"'y' in {each['name']}", f"size({each['name']}) > 1"),
            "integer": (f"{each['name']} > 4", f"{each['name']} == 3 || {each['name']} <= 1"),
        }[each["type"]]
    if len(before) > 1:
        first, second = before[-2], before[-1]
        yield f"{_plain(first)} && {_plain(second)}"
        yield f"{_plain(first)} != ({_plain(second)})"


def _plain(entry: dict[str, Any]) -> str:
    name = str(entry["name"])
    return {
        "boolean": name,
        "choice": f"{name} == 'y'",
        "several-of": f"'x' in {name}",
        "integer": f"{name} < 3",
    }[str(entry["type"])]
