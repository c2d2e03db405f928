"""A form of a specification, partly filled in: what of it can still be part of a whole one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from backend.catalog.characteristics import (
    BOOLEAN,
    SEVERAL,
    TRUTH,
    Characteristic,
    Shape,
    Typed,
    Unfit,
    text_of,
    typed_value,
)
from backend.catalog.conditions import FACTS, OFFER, Condition
from backend.catalog.samples import samples

Values = Mapping[str, Typed]


@dataclass(frozen=True, slots=True)
class Given:
    """What was set: `accepted` fits together; `refused` says for the rest why it does not."""

    accepted: Values
    refused: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """A form as it stands: fields `shown`, what conditions see of all, whose value is open."""

    shown: Values
    seen: Values
    undecided: frozenset[str]


class Form:
    """Decides exactly what one unit's form may hold, by search over its values.

    A form is whole when every field that is shown holds a value that is open (or none where
    none is needed), and no field that is hidden holds one. What is set is taken in the order
    in which fields hang on each other: one that no whole form holds beside those before it is
    refused and holds nobody up. What is set of several may grow: a form that needs more of them
    lacks that field.
    """

    def __init__(
        self,
        shape: Shape,
        facts: Mapping[str, Any],
        offer: str,
        given: Mapping[str, object],
        today: dt.date | None = None,
    ) -> None:
        self.shape = shape
        self._base: dict[str, Any] = {
            FACTS: {name: facts[name] for name in shape.facts if name in facts},
            OFFER: offer,
        }
        self._met: dict[tuple[str, tuple[Typed, ...]], bool] = {}
        self._set = given
        self._today = today
        self._states: dict[tuple[tuple[str, Typed], ...], State] = {}
        self._by_name = {each.name: each for each in shape.characteristics}

    @cached_property
    def given(self) -> Given:
        """Which of what was set can be part of one whole form."""
        accepted: dict[str, Typed] = {}
        refused = {}
        for known in self._asked:
            try:
                typed = typed_value(known, self._set[known.name], self._today)
            except Unfit as fault:
                refused[known.name] = str(fault)
                continue
            if typed is None:
                continue
            if known.visible_when is not None and known.name not in self._state(accepted).shown:
                refused[known.name] = f"{known.label} is not asked here: leave it out."
            elif self.completes({**accepted, known.name: typed}, known):
                accepted[known.name] = typed
            else:
                refused[known.name] = self._against(known, typed, accepted)
        return Given(accepted, refused)

    @cached_property
    def shown(self) -> Values:
        """Every field that is asked, in order, with its value; None where nothing is set."""
        found = self._state(self.given.accepted).shown
        return {
            known.name: found[known.name]
            for known in self.shape.characteristics
            if known.name in found
        }

    @cached_property
    def lacking(self) -> frozenset[str]:
        """Fields that are asked and need a value, or more values, that nobody has chosen yet."""
        state = self._state(self.given.accepted)
        empty = {name for name, value in state.shown.items() if value is None}
        needed = {name for name in empty if self._needed(self._by_name[name], state.seen)}
        return frozenset(needed) | state.undecided

    def required(self, known: Characteristic) -> bool:
        """Whether a value is needed as the form stands."""
        state = self._state(self.given.accepted)
        if known.name not in state.shown:
            return False
        return known.name in state.undecided or self._needed(known, state.seen)

    def open(self, known: Characteristic) -> tuple[str, ...] | None:
        """Its values that some whole form holds beside what was set; None for a free type."""
        return self._open(known, self.given.accepted)

    def _open(self, known: Characteristic, accepted: Values) -> tuple[str, ...] | None:
        if known.free:
            return None
        if known.type != SEVERAL and self.shape.alone(known):
            return known.texts
        own = accepted.get(known.name) if known.type == SEVERAL else ()
        ticked = own if isinstance(own, tuple) else ()
        return tuple(
            text
            for text in known.texts
            if self.completes({**accepted, known.name: _of(known, text, ticked)}, known)
        )

    def reason(self, known: Characteristic, text: str) -> str:
        """Why a value is not open: its own reason, else what was set that is in its way."""
        value, state = known.value(text), self._state(self.given.accepted)
        if value is not None and value.open_when and not self._holds(value.open_when, state.seen):
            return value.reason
        rest = {name: typed for name, typed in self.given.accepted.items() if name != known.name}
        guilty = self._guilty(known, _of(known, text), rest)
        return f"Because of {guilty}." if guilty else f"{known.label}: this can not be had here."

    def completes(self, held: Values, known: Characteristic) -> bool:
        """Whether a whole form holds these values; of one of several at least these.

        Only what hangs together with `known` is looked at; the rest was decided before.
        """
        group = self.shape.group_of[known.name]
        return self._search(group, 0, {}, held) is not None

    @cached_property
    def _asked(self) -> tuple[Characteristic, ...]:
        """What was set: first what no other field hides, so that it can bring on the others."""
        named = [each for each in self.shape.order if self._set.get(each.name) is not None]
        return tuple(
            sorted(named, key=lambda each: bool(each.visible_when and each.visible_when.names))
        )

    def _state(self, accepted: Values) -> State:
        """The form as it stands with what was accepted; worked out once for each."""
        key = tuple(accepted.items())
        if key not in self._states:
            whole: dict[str, Typed] = {}
            for group in self.shape.groups:
                whole |= self._search(group, 0, {}, accepted) or {}
            undecided = frozenset(
                name
                for name, value in whole.items()
                if not self._decided(self._by_name[name], value, accepted)
            )
            self._states[key] = self._stands(accepted, whole, undecided)
        return self._states[key]

    def _decided(self, known: Characteristic, value: Typed, accepted: Values) -> bool:
        """Whether its value in a whole form was chosen, is the default, or the only one."""
        if known.name in accepted:
            return value == accepted[known.name]
        if value is None or value == self.shape.defaults.get(known.name):
            return True
        return not known.free and len(self._open(known, accepted) or ()) == 1

    def _stands(self, accepted: Values, whole: Values, undecided: frozenset[str]) -> State:
        seen: dict[str, Typed] = {}
        shown: dict[str, Typed] = {}
        for known in self.shape.order:
            name = known.name
            value = accepted.get(name) if name in undecided else whole.get(name)
            if name in accepted or self._holds(known.visible_when, seen):
                shown[name] = value
            seen[name] = known.unset if shown.get(name) is None else value
        return State(shown, seen, undecided & shown.keys())

    def _search(
        self,
        group: tuple[Characteristic, ...],
        place: int,
        values: dict[str, Typed],
        held: Values,
    ) -> dict[str, Typed] | None:
        """The first whole form of a group in the order of its candidates; hidden ones left out."""
        if place == len(group):
            return {}
        known = group[place]
        if not self._holds(known.visible_when, values):
            if known.name in held:
                return None
            return self._search(group, place + 1, {**values, known.name: known.unset}, held)
        for candidate in self._candidates(known, values, held):
            further = {**values, known.name: known.unset if candidate is None else candidate}
            found = self._search(group, place + 1, further, held)
            if found is not None:
                return {known.name: candidate, **found}
            if known.name not in self.shape.named:
                return None  # another value of it changes nothing for the rest
        return None

    def _candidates(self, known: Characteristic, values: Values, held: Values) -> Iterator[Typed]:
        """The values it can take beside those before it: what is held, else the default first."""
        open_texts = frozenset(
            text
            for text in known.texts
            if (value := known.value(text)) is None or self._holds(value.open_when, values)
        )
        own = held.get(known.name)
        if isinstance(own, tuple):
            yield from _supersets(known, open_texts, frozenset(own))
        elif own is not None:
            yield from (own,) if known.free or text_of(own) in open_texts else ()
        else:
            yield from self._free_candidates(known, values, open_texts)

    def _free_candidates(
        self, known: Characteristic, values: Values, open_texts: frozenset[str]
    ) -> Iterator[Typed]:
        default = self.shape.defaults.get(known.name)
        if default is None and not self._needed(known, values):
            yield None
        every: Iterable[Typed]
        if known.type == SEVERAL:
            every = tuple(_supersets(known, open_texts, frozenset()))
        elif known.free:
            every = samples(known, self.shape)
        else:
            every = tuple(_of(known, text) for text in known.texts if text in open_texts)
        if default is not None and (known.free or default in every):
            yield default
        yield from (each for each in every if each != default)

    def _needed(self, known: Characteristic, values: Values) -> bool:
        """Whether it can not be left empty; what several are chosen of never is where none may."""
        if known.type == SEVERAL and known.cardinality.min > 0:
            return True
        asked = known.required_when
        return known.required or (asked is not None and self._holds(asked, values))

    def _holds(self, condition: Condition | None, values: Values) -> bool:
        if condition is None:
            return True
        names = sorted(condition.names)
        key = (condition.source, tuple(values.get(name) for name in names))
        if key not in self._met:
            seen = {name: values.get(name) for name in names}
            lists = {k: list(v) if isinstance(v, tuple) else v for k, v in seen.items()}
            self._met[key] = condition.holds({**self._base, **lists})
        return self._met[key]

    def _against(self, known: Characteristic, typed: Typed, others: Values) -> str:
        """A sentence on why a value that was set can not be."""
        guilty = self._guilty(known, typed, others)
        if guilty:
            return f"{known.label} does not go with {guilty}."
        value = None if isinstance(typed, tuple) else known.value(text_of(typed))
        own = value.reason if value is not None else ""
        return own or f"{known.label}: this can not be set here."

    def _guilty(self, known: Characteristic, typed: Typed, others: Values) -> str:
        """The fewest values that keep one away, in words: leave any out and it fits."""
        if not self.completes({known.name: typed}, known):
            return ""
        guilty = dict(others)
        for name in others:
            fewer = {other: value for other, value in guilty.items() if other != name}
            if not self.completes({**fewer, known.name: typed}, known):
                guilty = fewer
        about = ((self._by_name[name], value) for name, value in guilty.items())
        return " and ".join(f"{each.label}: {each.label_of(value)}" for each, value in about)


def _supersets(
    known: Characteristic, open_texts: frozenset[str], least: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """The choices of several that hold these, the smallest first."""
    if not least <= open_texts:
        return
    most = known.cardinality.max or len(known.texts)
    others = [text for text in known.texts if text in open_texts and text not in least]
    for count in range(max(known.cardinality.min, len(least), 1), most + 1):
        for more in combinations(others, count - len(least)):
            chosen = least | set(more)
            yield tuple(text for text in known.texts if text in chosen)


def _of(known: Characteristic, text: str, beside: tuple[str, ...] = ()) -> Typed:
    """A value from its text; one of several `beside` those that are ticked."""
    if known.type == SEVERAL:
        return tuple(each for each in known.texts if each == text or each in beside)
    return text == TRUTH[0] if known.type == BOOLEAN else text
