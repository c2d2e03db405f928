"""What a form may still hold is exact: as trying every whole form says."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.catalog.characteristics import Characteristic, Shape, text_of
from backend.catalog.form_reading import FormReading
from backend.catalog.forms import Form
from tests.backend.catalog.form_stories import CONTEXT, Whole, every_whole_form, forms

FACTS = st.fixed_dictionaries(
    {"segment": st.sampled_from(["RES", "BUS"]), "gpon": st.integers(0, 1)}
)
MOST_STEPS = 12
PICKS = st.lists(st.integers(0, 1_000), max_size=6)


def beside(wholes: list[Whole], held: dict[str, Any]) -> list[Whole]:
    """Whole forms with these values; of one of several with these at least."""
    return [each for each in wholes if all(_holds(each[n], value) for n, value in held.items())]


def _holds(value: Any, held: Any) -> bool:
    if isinstance(held, tuple):
        return set(held) <= set(value or ())
    return bool(value == held)


def walked(form_of: Any, picks: list[int]) -> dict[str, str]:
    """What somebody sets who takes one open value after the other."""
    settings_: dict[str, str] = {}
    for pick in picks:
        form: Form = form_of(settings_)
        choices = [
            (known.name, text)
            for known in form.shape.characteristics
            if known.name in form.shown and known.name not in settings_
            for text in form.open(known) or _fitting(form_of, settings_, known.name)
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
    for _ in range(MOST_STEPS):
        form = form_of(values)
        if not form.lacking:
            break
        known = next(each for each in shape.characteristics if each.name in form.lacking)
        values[known.name] = next(
            text
            for text in _next_values(form, known)
            if known.name in form_of({**values, known.name: text}).given.accepted
        )
    assert not form.lacking
    assert not form.given.refused
    whole = {name: form.shown.get(name) for name in (each["name"] for each in entries)}
    assert whole in [
        {name: tuple(value) if isinstance(value, list) else value for name, value in each.items()}
        for each in wholes
    ], "what is shown in the end is a whole form"


def _fitting(form_of: Any, values: dict[str, str], name: str) -> list[str]:
    """Of a free type everything counts as open; here what is in nobody's way."""
    return [text for text in "12345" if not form_of({**values, name: text}).given.refused]


def _next_values(form: Form, known: Characteristic) -> list[str]:
    if known.type != "several-of":
        return list(form.open(known) or "12345")
    own = form.shown[known.name]
    ticked = own if isinstance(own, tuple) else ()
    return [",".join((*ticked, text)) for text in form.open(known) or () if text not in ticked]


def _readable(entries: list[dict[str, Any]]) -> Shape:
    """The form of random entries; where no whole one is possible it is none, as the load says."""
    reading = FormReading("form", CONTEXT, ("X1",))
    shape = reading.shape(entries)
    assume(not reading.faults)
    return shape
