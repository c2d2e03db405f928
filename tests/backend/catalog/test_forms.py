"""What a form may still hold is exact: as trying every whole form says."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.catalog.characteristics import Shape, text_of
from backend.catalog.form_reading import FormReading
from backend.catalog.forms import Form
from tests.backend.catalog.form_stories import CONTEXT, Whole, every_whole_form, forms

FACTS = st.fixed_dictionaries(
    {"segment": st.sampled_from(["RES", "BUS"]), "gpon": st.integers(0, 1)}
)
PICKS = st.lists(st.integers(0, 1_000), max_size=6)


def told(value: Any) -> Any:
    """A value of the oracle as forms have it."""
    return tuple(value) if isinstance(value, list) else value


def beside(wholes: list[Whole], held: dict[str, Any]) -> list[Whole]:
    return [each for each in wholes if all(told(each[n]) == v for n, v in held.items())]


def walked(form_of: Any, picks: list[int]) -> dict[str, str]:
    """What somebody sets who takes one open value after the other."""
    settings_: dict[str, str] = {}
    for pick in picks:
        form: Form = form_of(settings_)
        choices = [
            (known.name, text)
            for known in form.shape.characteristics
            if known.name in form.shown and known.name not in settings_
            for text in form.open(known) or ("1", "3", "5")
        ]
        if not choices:
            return settings_
        name, text = choices[pick % len(choices)]
        settings_[name] = text
    return settings_


@settings(max_examples=150, deadline=None)
@given(forms(), FACTS, PICKS)
def test_a_value_is_open_exactly_where_a_whole_form_holds_it(
    entries: list[dict[str, Any]], facts: dict[str, Any], picks: list[int]
) -> None:
    wholes = every_whole_form(entries, facts)
    shape = _readable(entries)

    def form_of(values: dict[str, str]) -> Form:
        return Form(shape, facts, "X1", values)

    form = form_of(walked(form_of, picks))
    accepted = dict(form.given.accepted)
    assert beside(wholes, accepted), "what was accepted fits together"
    for known in shape.characteristics:
        rest = {name: value for name, value in accepted.items() if name != known.name}
        possible = beside(wholes, rest)
        if known.free:
            continue
        if known.type == "several-of":
            own = accepted.get(known.name)
            ticked = set(own) if isinstance(own, tuple) else set()
            expected = {
                text
                for text in known.texts
                if any({*ticked, text} <= set(each[known.name] or ()) for each in possible)
            }
        else:
            expected = {
                text_of(each[known.name]) for each in possible if each[known.name] is not None
            }
        assert set(form.open(known) or ()) == expected, known.name


@settings(max_examples=100, deadline=None)
@given(forms(), FACTS, PICKS)
def test_what_is_open_may_be_set_and_nothing_leads_into_a_dead_end(
    entries: list[dict[str, Any]], facts: dict[str, Any], picks: list[int]
) -> None:
    wholes = every_whole_form(entries, facts)
    shape = _readable(entries)

    def form_of(values: dict[str, str]) -> Form:
        return Form(shape, facts, "X1", values)

    values = walked(form_of, picks)
    form = form_of(values)
    for known in form.shape.characteristics:
        if known.name in form.given.refused:  # its field is hidden by what was set after it
            assert known.visible_when is not None
    values = {name: text for name, text in values.items() if name not in form.given.refused}
    for _ in range(len(entries) + 1):
        form = form_of(values)
        if not form.lacking:
            break
        name = min(form.lacking)
        known = next(each for each in shape.characteristics if each.name == name)
        values[name] = (form.open(known) or ("1",))[0]
    assert not form.lacking
    whole = {name: form.shown.get(name) for name in (each["name"] for each in entries)}
    assert beside(wholes, whole), "what is shown in the end is a whole form"


def _readable(entries: list[dict[str, Any]]) -> Shape:
    """The form of random entries; where no whole one is possible it is none, as the load says."""
    reading = FormReading("form", CONTEXT, ("X1",))
    shape = reading.shape(entries)
    assume(not reading.faults)
    return shape
