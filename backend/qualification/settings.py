"""Whether what was set for one unit of an offer fits, and what applies for the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.catalog.characteristics import text_of
from backend.catalog.definitions import Definitions
from backend.catalog.forms import Form


@dataclass(frozen=True, slots=True)
class Settled:
    """A whole form as it is ordered, or what keeps it from being one.

    `values` are texts by name, defaults too, in the order of the form; `faults` are sentences
    by the name of the characteristic, empty where it may be ordered.
    """

    values: Mapping[str, str]
    faults: Mapping[str, str]


def form_of(
    definitions: Definitions,
    code: str,
    facts: Mapping[str, Any],
    given: Mapping[str, object],
    today: dt.date | None = None,
) -> Form:
    """The form of one unit of an offer, with what was set; days are bounded from `today`."""
    return Form(definitions.by_offer[code].form, facts, code, given, today)


def settled(form: Form) -> Settled:
    """Decide a form for an order: everything set must fit, everything needed must be set."""
    faults = dict(form.given.refused)
    labels = {each.name: each.label for each in form.shape.characteristics}
    for name in form.lacking:
        chosen = form.shown[name] is not None
        sentence = f"{labels[name]}: choose more." if chosen else f"{labels[name]} is needed."
        faults.setdefault(name, sentence)
    values = {name: text_of(each) for name, each in form.shown.items() if each is not None}
    return Settled(values, {name: faults[name] for name in labels if name in faults})


def changed(
    make: Callable[[Mapping[str, object]], Form],
    had: Mapping[str, object],
    asked: Mapping[str, object],
) -> Form:
    """The form of a unit that is changed: what is asked, and of what it `had` what still fits.

    `make` gives the form with these values.
    """
    values = dict(asked)
    form = make(values)
    for known in form.shape.order:
        if known.name in had and known.name not in asked:
            tried = make({**values, known.name: had[known.name]})
            if tried.given.refused.keys() <= form.given.refused.keys():
                values, form = {**values, known.name: had[known.name]}, tried
    return form


def amended(
    make: Callable[[Mapping[str, object]], Form],
    had: Mapping[str, object],
    asked: Mapping[str, object],
) -> Settled:
    """Decide a change as `changed` takes it.

    A value of old that no form of today would take stays as it is until somebody sets another.
    """
    decided, old = settled(changed(make, had, asked)), make(had).given.refused
    stays = {
        name: str(had[name])
        for name in decided.values
        if name in old and name in had and name not in asked
    }
    return Settled({**decided.values, **stays}, decided.faults)
