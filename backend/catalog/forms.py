"""A form of a specification, partly filled in: what of it can still be part of a whole one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from backend.catalog.characteristics import (
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


class Form:
    """Decides exactly what one unit's form may hold, by search over its values.

    A form is whole when every field that is shown holds a value that is open (or none where
    none is needed), and no field that is hidden holds one. What is set is taken in the order
    in which fields hang on each other: one that no whole form holds beside those before it is
    refused and holds nobody up.
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
        self._base: dict[str, Any] = {FACTS: dict(facts), OFFER: offer}
        self._met: dict[tuple[str, tuple[Typed, ...]], bool] = {}
        self._set = given
        self._today = today
        self._by_name = {each.name: each for each in shape.characteristics}
        self._defaults = {
            each.name: typed_value(each, each.default)
            for each in shape.characteristics
            if each.default is not None
        }

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
            if known.visible_when is not None and known.name not in self._shown(accepted):
                refused[known.name] = f"{known.label} is not asked here: leave it out."
            elif self.completes({**accepted, known.name: typed}, known):
                accepted[known.name] = typed
            else:
                refused[known.name] = self._against(known, typed, accepted)
        return Given(accepted, refused)

    @cached_property
    def shown(self) -> Values:
        """Every field that is asked, in order, with its value; None where nothing is set."""
        found = self._shown(self.given.accepted)
        return {
            known.name: found[known.name]
            for known in self.shape.characteristics
            if known.name in found
        }

    @cached_property
    def lacking(self) -> frozenset[str]:
        """Fields that are asked and need a value that nobody has chosen yet."""
        return frozenset(
            known.name
            for known in self.shape.characteristics
            if known.name in self.shown and self.shown[known.name] is None and self.required(known)
        )

    @cached_property
    def possible(self) -> bool:
        """Whether there is a whole form at all."""
        return self._whole({}) is not None

    def required(self, known: Characteristic) -> bool:
        """Whether a value is needed as the form stands."""
        accepted = self.given.accepted
        if known.name not in self.shown:
            return False
        if known.name in self._undecided(accepted):
            return True
        return self._needed(known, self._seen(accepted))

    def open(self, known: Characteristic) -> tuple[str, ...] | None:
        """Its values that some whole form holds beside what was set; None for a free type."""
        return self._open(known, self.given.accepted)

    def _open(self, known: Characteristic, accepted: Values) -> tuple[str, ...] | None:
        if known.free:
            return None
        rest = dict(accepted)
        own = rest.pop(known.name, None)
        if known.type != SEVERAL:
            return tuple(
                text
                for text in known.texts
                if self.completes({**rest, known.name: _of(known, text)}, known)
            )
        ticked = own if isinstance(own, tuple) else ()
        return tuple(
            text
            for text in known.texts
            if self.completes(rest, known, least={known.name: frozenset((*ticked, text))})
        )

    def reason(self, known: Characteristic, text: str) -> str:
        """Why a value is not open: its own reason, else what was set that is in its way."""
        value = known.value(text)
        if value is not None and value.reason:
            return value.reason
        rest = {name: typed for name, typed in self.given.accepted.items() if name != known.name}
        return self._against(known, _of(known, text), rest)

    def completes(
        self,
        held: Values,
        known: Characteristic,
        least: Mapping[str, frozenset[str]] | None = None,
    ) -> bool:
        """Whether a whole form holds these values; `least` are values that one of several has.

        Only what hangs together with `known` is looked at; the rest was decided before.
        """
        group = next(each for each in self.shape.groups if known in each)
        return self._search(group, 0, {}, held, least or {}) is not None

    @cached_property
    def _asked(self) -> tuple[Characteristic, ...]:
        """What was set: first what is always asked, so that it can bring on the others."""
        named = [each for each in self.shape.order if self._set.get(each.name) is not None]
        return tuple(sorted(named, key=lambda each: each.visible_when is not None))

    def _whole(self, accepted: Values) -> Values | None:
        """One whole form with what was accepted, and defaults wherever they fit."""
        found: dict[str, Typed] = {}
        for group in self.shape.groups:
            part = self._search(group, 0, {}, accepted, {})
            if part is None:
                return None
            found |= part
        return found

    def _undecided(self, accepted: Values) -> frozenset[str]:
        """Fields whose value in a whole form is neither chosen, nor the default, nor the only."""
        found = set()
        for name, value in (self._whole(accepted) or {}).items():
            known = self._by_name[name]
            if name in accepted or value is None or value == self._defaults.get(name):
                continue
            if known.free or len(self._open(known, accepted) or ()) != 1:
                found.add(name)
        return frozenset(found)

    def _shown(self, accepted: Values) -> dict[str, Typed]:
        """The fields that are asked, with their values, while nobody has decided the rest."""
        seen, found = self._seen(accepted), {}
        whole, undecided = self._whole(accepted) or {}, self._undecided(accepted)
        for known in self.shape.order:
            if known.name in accepted or self._holds(known.visible_when, seen):
                found[known.name] = None if known.name in undecided else whole.get(known.name)
        return found

    def _seen(self, accepted: Values) -> dict[str, Typed]:
        """What conditions see: what is decided, the empty value for all else."""
        whole, undecided = self._whole(accepted) or {}, self._undecided(accepted)
        seen: dict[str, Typed] = {}
        for known in self.shape.order:
            value = None if known.name in undecided else whole.get(known.name)
            asked = known.name in accepted or self._holds(known.visible_when, seen)
            seen[known.name] = value if asked and value is not None else known.unset
        return seen

    def _search(
        self,
        group: tuple[Characteristic, ...],
        place: int,
        values: dict[str, Typed],
        held: Values,
        least: Mapping[str, frozenset[str]],
    ) -> dict[str, Typed] | None:
        """The first whole form of a group in the order of its candidates; hidden ones left out."""
        if place == len(group):
            return {}
        known = group[place]
        wanted = known.name in held or known.name in least
        if not self._holds(known.visible_when, values):
            if wanted:
                return None
            return self._search(group, place + 1, {**values, known.name: known.unset}, held, least)
        for candidate in self._candidates(known, values, held, least.get(known.name)):
            further = {**values, known.name: known.unset if candidate is None else candidate}
            found = self._search(group, place + 1, further, held, least)
            if found is not None:
                return {known.name: candidate, **found}
        return None

    def _candidates(
        self,
        known: Characteristic,
        values: Values,
        held: Values,
        least: frozenset[str] | None,
    ) -> Iterator[Typed]:
        """The values it can take beside those before it, the default first."""
        default, needed = self._defaults.get(known.name), self._needed(known, values)
        open_texts = {
            text
            for text in known.texts
            if (value := known.value(text)) is None or self._holds(value.open_when, values)
        }

        def fits(typed: Typed) -> bool:
            if known.free or typed is None:
                return True
            texts = set(typed) if isinstance(typed, tuple) else {text_of(typed)}
            return texts <= open_texts

        if known.name in held:
            typed = held[known.name]
            yield from (each for each in (typed,) if fits(each))
            return
        if default is not None and fits(default) and least is None:
            yield default
        if not needed and default is None and least is None:
            yield None
        for typed in self._others(known, open_texts, least):
            if typed != default and fits(typed):
                yield typed

    def _others(
        self, known: Characteristic, open_texts: set[str], least: frozenset[str] | None
    ) -> Iterable[Typed]:
        if known.type == SEVERAL:
            return _subsets(known, open_texts, least or frozenset())
        if known.free:
            return samples(known, self.shape)
        return (_of(known, text) for text in known.texts)

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
        """A sentence on the fewest values that keep one away: leave any out and it fits."""
        if not self.completes({known.name: typed}, known):
            value = None if isinstance(typed, tuple) else known.value(text_of(typed))
            if value is not None and value.reason:
                return value.reason
            return f"{known.label}: this can not be set here."
        guilty = dict(others)
        for name in others:
            fewer = {other: value for other, value in guilty.items() if other != name}
            if not self.completes({**fewer, known.name: typed}, known):
                guilty = fewer
        about = ((self._by_name[name], value) for name, value in guilty.items())
        said = (f"{each.label}: {each.label_of(value)}" for each, value in about)
        return f"{known.label} does not go with {' and '.join(said)}."


def _subsets(
    known: Characteristic, open_texts: set[str], least: frozenset[str]
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


def _of(known: Characteristic, text: str) -> Typed:
    """A value from its text, without asking whether as many may be chosen."""
    if known.type == SEVERAL:
        return (text,)
    return text == TRUTH[0] if set(known.texts) == set(TRUTH) else text
