"""A form that cannot be asked is refused when the catalogue is read, with every fault's place."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from backend.catalog.form_reading import FormReading
from tests.backend.catalog.form_stories import CONTEXT, read


def faults(*entries: dict[str, Any]) -> list[str]:
    reading = FormReading("tv", CONTEXT, ("T01", "T02"))
    reading.shape(entries)
    return [str(each) for each in reading.faults]


def field(name: str, kind: str = "boolean", **more: Any) -> dict[str, Any]:
    return {"name": name, "label": name.capitalize(), "type": kind, **more}


def choice(name: str, *texts: str, **more: Any) -> dict[str, Any]:
    return field(name, "choice", values=[{"value": t, "label": t} for t in texts], **more)


@pytest.mark.parametrize(
    ("entries", "place", "sentence"),
    [
        ([field("lock", visible_when="loock")], "tv, lock", "loock is no characteristic"),
        ([field("lock", visible_when="facts.sgment == 'x'")], "tv, lock", "no fact of the"),
        ([field("lock", visible_when="facts.segment == 'BIZ'")], "tv, lock", "never “BIZ”"),
        ([field("lock", required_when="lock ==")], "tv, lock", "not a CEL expression"),
        ([choice("age", "7", "12", default="18")], "tv, age", "its default is none of its values"),
        ([choice("age", "7", "7")], "tv, age", "a value is there twice"),
        ([field("age", "choice")], "tv, age", "it has no values"),
        ([field("Age 1")], "tv, Age 1", "one word such as"),
        ([field("age", "number")], "tv, age", "its type is none of"),
        ([field("age", "string", pattern="(")], "tv, age", "pattern can not be read"),
        ([field("age", "integer", minimum=5, maximum=1)], "tv, age", "minimum is above"),
        ([field("age", "integer", minimum="x")], "tv, age", "no number that can be used"),
        ([field("age", colour="red")], "tv, age", "colour is not known here"),
        ([field("age", values="x")], "tv, age", "values is not written as it should be"),
        ([field("lock"), field("lock")], "tv, lock", "there twice"),
        (
            [field("lock"), field("age", "integer", visible_when="lock == 'x' || lock > 3")],
            "tv, age",
            "lock is never “x”",
        ),
        ([field("lock"), field("age", visible_when="lock > 3")], "tv, age", "can not be compared"),
        ([field("room", "string"), field("age", visible_when="room > 'a'")], "tv, age", "no order"),
        (
            [field("age", "several-of", values=[{"value": "a,b", "label": "A"}])],
            "tv, age, value a,b",
            "without a comma",
        ),
    ],
)
def test_a_fault_names_its_place(entries: list[dict[str, Any]], place: str, sentence: str) -> None:
    found = faults(*entries)
    assert any(each.startswith(f"{place}: ") and sentence in each for each in found), found


def test_every_fault_is_told_at_once() -> None:
    found = faults(
        field("lock", "x"), choice("age", "7", default="9"), field("a", visible_when="(")
    )
    assert len(found) == 3


def test_characteristics_that_ask_for_each_other_are_named() -> None:
    found = faults(
        field("lock", visible_when="pin"),
        field("pin", visible_when="age"),
        field("age", visible_when="lock"),
    )
    (sentence,) = found
    assert sentence.startswith("tv: these ask for each other: ")
    assert all(name in sentence for name in ("lock", "pin", "age", "→"))


def test_a_closed_value_must_say_why() -> None:
    entry = choice("age", "7", "12")
    entry["values"][1]["open_when"] = "offer == 'T02'"
    assert faults(entry) == ["tv, age, value 12: say in reason why it may be closed."]


def test_a_form_that_somebody_could_never_fill_in_is_refused() -> None:
    entry = choice("age", "7", required=True)
    entry["values"][0] |= {"open_when": "facts.segment == 'BUS'", "reason": "Business only."}
    assert faults(entry) == ["tv, age: no value of it fits for T01, segment=RES."]


def test_too_many_values_that_hang_together_are_refused() -> None:
    many = [choice(f"field{letter}", *(str(n) for n in range(40))) for letter in "abcd"]
    for before, entry in pairwise(many):
        entry["visible_when"] = f"{before['name']} == '1'"
    assert "too many combinations" in faults(*many)[0]


def test_a_right_form_is_read_in_its_own_order() -> None:
    shape = read([field("pin", visible_when="lock"), field("lock", default="true"), field("other")])
    assert [each.name for each in shape.characteristics] == ["pin", "lock", "other"]
    assert [each.name for each in shape.order].index("lock") < 2
    assert sorted(len(group) for group in shape.groups) == [1, 2]
    assert shape.defaults == {"lock": True}
