"""Forms as the desk draws them: what is asked, what is open, and why the rest is not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from backend.catalog.characteristics import Characteristic, text_of
from backend.catalog.definitions import Definitions
from backend.catalog.forms import Form
from backend.qualification.settings import changed, form_of
from backend.rest.resource import Context, Document

MOST_REASONS = 2
MOST_UNITS = 500
MOST_REMEMBERED = 2_000


class Forms:
    """Draws forms. Those of one version of the catalogue are remembered while they are not many."""

    def __init__(self) -> None:
        self._memory: tuple[Definitions, dict[Hashable, list[Document]]] | None = None

    def drawn(
        self,
        context: Context,
        definitions: Definitions,
        facts: Mapping[str, Any],
        units: Mapping[str, str],
        settings: Mapping[str, Mapping[str, object]],
        had: Mapping[str, Mapping[str, object]],
    ) -> dict[str, list[Document]]:
        """The `forms` of choices; `units` says the offer of each unit's key.

        `settings` are asked for now, by key; `had` is what installed ones had set before.
        """
        memory = self._memory
        if memory is None or memory[0] is not definitions or len(memory[1]) > MOST_REMEMBERED:
            memory = self._memory = (definitions, {})
        known, today, found = memory[1], context.now.date(), {}
        for key, code in islice(units.items(), MOST_UNITS):
            shape = definitions.by_offer[code].form
            if not shape.characteristics:
                continue
            asked, before = settings.get(key, {}), had.get(key, {})
            told = tuple(facts.get(name) for name in sorted(shape.facts))
            alike = (code, told, repr(sorted(asked.items())), repr(sorted(before.items())), today)
            if alike not in known:
                make = partial(form_of, definitions, code, facts, today=today)
                known[alike] = list(_fields(changed(make, before, asked)))
            found[key] = known[alike]
        return found


def units_of(picks: Mapping[str, int]) -> dict[str, str]:
    """The keys of the units picked, `M03#1`, with their offers."""
    every = (
        (f"{code}#{index}", code) for code, count in picks.items() for index in range(1, count + 1)
    )
    return dict(islice(every, MOST_UNITS))


def characteristic(known: Characteristic) -> Document:
    """What can be set, as an offer of choices tells it; a date is bounded in days from today."""
    return {
        "name": known.name,
        "label": known.label,
        "type": known.type,
        "values": [{"value": each.value, "label": each.label} for each in known.values],
        "default": known.default,
        "pattern": known.pattern,
        "required": known.required,
        "help": known.help,
        "minimum": _number(known.minimum),
        "maximum": _number(known.maximum),
        "unit": known.unit,
        "cardinality": {"min": known.cardinality.min, "max": known.cardinality.max},
    }


def _number(value: object) -> str | None:
    return None if value is None else str(value)


def _fields(form: Form) -> Iterator[Document]:
    given = form.given
    for known in form.shape.characteristics:
        opened = form.open(known)
        shown = form.shown.get(known.name)
        # what stands there while nobody sets another: the default, or the only value left
        default = known.default if known.name in given.accepted or shown is None else text_of(shown)
        yield {
            "name": known.name,
            "visible": known.name in form.shown,
            "required": form.required(known),
            "open": None if opened is None else list(opened),
            "default": default if opened is None or default in opened else None,
            "reason": _reason(form, known, opened),
            "problem": given.refused.get(known.name),
        }


def _reason(form: Form, known: Characteristic, opened: Iterable[str] | None) -> str | None:
    """Why values are closed, each sentence once; None where all are open."""
    if opened is None or known.name not in form.shown:
        return None
    closed = [text for text in known.texts if text not in set(opened)]
    said = dict.fromkeys(form.reason(known, text) for text in closed)
    return " ".join(list(said)[:MOST_REASONS]) or None
