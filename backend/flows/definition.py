"""A flow definition, read from its file; a fault in it is named with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from pydantic import ValidationError

from backend.flows import conditions
from backend.flows.conditions import BadCondition, Facts
from backend.flows.format import FlowEntry, FormEntry, StepEntry
from backend.flows.references import source_of

UNDO = "undo:"
"""Before the id of a step: the step that takes it back."""

ENDED = "ended"
"""The name under which results have what ended the flow: `by`, and what was said with it."""

FALLOUT = "PV"
"""The department that helps steps for which no other is named: provisioning fallout."""

OURS = frozenset(
    {
        "kind",
        "who",
        "says",
        "event",
        "pointOfNoReturn",
        "promised",
        "exceptional",
        "letters",
        "attempts",
        "outcome",
    }
    | {"waitsFor", "told", "doneBy", "department", "form", "usually", "inDanger", "assignee"}
)
"""Characteristics of steps that only the server writes; forms can not ask for them."""

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "automatic": ("does",),
    "wait": (),
    "event": ("event",),
    "manual": (),
    "notice": ("told",),
}
_ONLY: Mapping[str, tuple[str, ...]] = {
    "does": ("automatic", "event"),
    "undo": ("automatic",),
    "lasts": ("wait",),
    "until": ("wait", "event"),
    "event": ("event",),
    "told": ("notice",),
    "form": ("manual",),
    "filled": ("notice",),
}
_WRITTEN = {"lasts": "for"}
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)")


@dataclass
class FaultyDefinition(Exception):  # noqa: N818 - says where and what the fault is
    """A definition that can not be used; `line` counts from 1."""

    line: int
    fault: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.fault}"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that whoever completes a task is asked, as `format.FormEntry` explains it."""

    name: str
    label: str
    type: str = "text"
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow, as `format.StepEntry` explains it. `after` is never left out."""

    id: str
    name: str
    who: str
    kind: str
    department: str = FALLOUT
    does: str | None = None
    undo: str | None = None
    after: tuple[str, ...] = ()
    when: str | None = None
    within: timedelta | None = None
    lasts: timedelta | None = None
    until: str | None = None
    event: str | None = None
    ended_by: str | None = None
    point_of_no_return: bool = False
    happens: str | None = None
    exceptional: bool = False
    announces: str | None = None
    told: tuple[str, ...] = ()
    late: str = "hold"
    once_per: str = "flow"
    fields: Mapping[str, str] = field(default_factory=dict)
    filled: Mapping[str, str] = field(default_factory=dict)
    to: str = "customer"
    must_reach: bool = True
    refusal: str = "hold"
    form: tuple[Question, ...] = ()
    tries: int = 6
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """Who may report an event that ends a flow, and what he is asked then."""

    right: str
    asks: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of a flow; `version` is 0 until it is published."""

    code: str
    name: str
    description: str
    steps: tuple[Step, ...]
    begins_with: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    right: str | None = None
    asks: tuple[Question, ...] = ()
    ends_on: Mapping[str, Ending] = field(default_factory=dict)
    version: int = 0

    def step(self, identity: str) -> Step:
        """The step with this id, also one that takes another back."""
        undone = identity.removeprefix(UNDO)
        found = next(step for step in self.steps if step.id == undone)
        return found if undone == identity else undoing(found)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What definitions may name: actions, letters, departments, facts with a sample value."""

    actions: Collection[str]
    letters: Collection[str]
    facts: Facts
    departments: Collection[str] = (FALLOUT,)


def undoing(step: Step) -> Step:
    """The step that takes this one back."""
    return Step(
        id=UNDO + step.id,
        name=f"Taken back: {step.name}",
        who=step.who,
        kind="automatic",
        department=step.department,
        does=step.undo,
        tries=step.tries,
    )


def read_definition(text: str, words: Vocabulary) -> Definition:
    """The definition in `text` (TOML); FaultyDefinition names the first line that is wrong."""
    try:
        entry = FlowEntry.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise _syntax(text, fault) from fault
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        path = tuple(first["loc"])
        raise FaultyDefinition(_line(text, path), f"{_spoken(path)}: {first['msg']}") from fault
    for form in (entry.asks, *(ending.asks for ending in entry.ends_on)):
        if wrong := _bad_form(form):
            raise FaultyDefinition(1, wrong)
    words = replace(words, facts={**words.facts, **{one.name: _sample(one) for one in entry.asks}})
    endings = {one.event: Ending(one.right, _questions(one.asks)) for one in entry.ends_on}
    steps: list[Step] = []
    for index, given in enumerate(entry.step):
        fault_in = (
            _fault(given, steps, words) or _bad_booking(given, steps) or _bad_ending(given, endings)
        )
        if fault_in is not None:
            attribute, sentence = fault_in
            line = _line(text, ("step", index, _WRITTEN.get(attribute, attribute)))
            raise FaultyDefinition(line, f"{given.id}: {sentence}")
        steps.append(_step(given, steps))
    return Definition(
        entry.id,
        entry.name,
        entry.description,
        tuple(steps),
        begins_with=tuple(entry.begins_with),
        takes=tuple(entry.takes),
        right=entry.right,
        asks=_questions(entry.asks),
        ends_on=endings,
    )


def numbered(definition: Definition, version: int) -> Definition:
    return replace(definition, version=version)


def _step(entry: StepEntry, above: list[Step]) -> Step:
    values = entry.model_dump()
    after = entry.after if entry.after is not None else [step.id for step in above[-1:]]
    form = _questions(entry.form)
    department = entry.department or FALLOUT
    told = tuple(entry.told)
    return Step(
        **{**values, "after": tuple(after), "told": told, "form": form, "department": department}
    )


def _questions(form: list[FormEntry]) -> tuple[Question, ...]:
    return tuple(Question(**{**one.model_dump(), "values": tuple(one.values)}) for one in form)


def _sample(asked: FormEntry) -> object:
    """An answer with which conditions can be checked."""
    answers: Mapping[str, object] = {"boolean": False, "number": 1.0, "date": "2026-11-20"}
    return asked.values[0] if asked.values else answers.get(asked.type, "text")


def _fault(entry: StepEntry, above: list[Step], words: Vocabulary) -> tuple[str, str] | None:
    """The attribute that is wrong, and what is wrong with it."""
    known = {step.id for step in above}
    if entry.id in {*known, ENDED}:
        return "id", "there are two steps with this id, or it means something else"
    for name in _NEEDS[entry.kind]:
        if not getattr(entry, name):
            return "kind", f"a step of kind {entry.kind} needs {_WRITTEN.get(name, name)}"
    if entry.kind == "wait" and (entry.lasts is None) == (entry.until is None):
        return "kind", "a step of kind wait needs for, or else until"
    for name, kinds in _ONLY.items():
        if getattr(entry, name) and entry.kind not in kinds:
            return name, f"a step of kind {entry.kind} has no {_WRITTEN.get(name, name)}"
    if unknown := [name for name in entry.after or () if name not in known]:
        return "after", f"there is no step {unknown[0]} above"
    if wrong := _bad_references(entry, {*words.facts, *known, ENDED}):
        return wrong
    if bad := _bad_form(entry.form):
        return "form", bad
    return _unknown(entry, words) or _bad_condition(entry, words.facts)


def _bad_references(entry: StepEntry, known: Collection[str]) -> tuple[str, str] | None:
    """References to facts and steps above; what a flow is told at its start is a fact."""
    named = {"until": [entry.until] if entry.until else [], "filled": entry.filled.values()}
    for attribute, references in named.items():
        for reference in references:
            if source_of(reference) not in known:
                return attribute, f"there is no fact, and no step above, called {reference}"
    return None


def _bad_booking(entry: StepEntry, above: list[Step]) -> tuple[str, str] | None:
    if entry.happens is not None and entry.happens not in {step.id for step in above}:
        return "happens", f"there is no step {entry.happens} above"
    return None


def _bad_ending(entry: StepEntry, endings: Collection[str]) -> tuple[str, str] | None:
    if entry.ended_by is not None and entry.ended_by not in endings:
        return "ended_by", f"the flow does not end on {entry.ended_by}"
    return None


def _unknown(entry: StepEntry, words: Vocabulary) -> tuple[str, str] | None:
    """What the step names although nobody knows it."""
    for name in ("does", "undo"):
        verb = getattr(entry, name)
        if verb is not None and verb not in words.actions:
            return name, f"nothing is called {verb}"
    if missing := [letter for letter in entry.told if letter not in words.letters]:
        return "told", f"there is no letter {missing[0]}"
    if entry.department is not None and entry.department not in words.departments:
        return "department", f"there is no department {entry.department}"
    return None


def _bad_form(form: list[FormEntry]) -> str | None:
    names: set[str] = set()
    for asked in form:
        if asked.name in names or asked.name in OURS:
            return f"{asked.name} can not be asked for"
        if (asked.type == "choice") != bool(asked.values):
            return f"{asked.name}: a choice, and nothing else, needs values"
        names.add(asked.name)
    return None


def _bad_condition(entry: StepEntry, sample: Facts) -> tuple[str, str] | None:
    if entry.when is not None:
        try:
            conditions.check(entry.when, sample)
        except BadCondition as fault:
            return "when", str(fault)
    return None


def _syntax(text: str, fault: tomllib.TOMLDecodeError) -> FaultyDefinition:
    found = _AT_LINE.search(str(fault))
    line = int(found[1]) if found else text.count("\n") + 1
    return FaultyDefinition(line, _AT_LINE.sub("", str(fault)))


def _spoken(path: tuple[int | str, ...]) -> str:
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)


def _line(text: str, path: tuple[int | str, ...]) -> int:
    """Where an attribute stands; the head of its table when it is not there at all."""
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if re.match(r"\s*\[\[step\]\]", line)]
    first, last = 0, heads[0] if heads else len(lines)
    if len(path) > 1 and path[0] == "step" and isinstance(path[1], int):
        first = heads[path[1]] if path[1] < len(heads) else 0
        last = next((head for head in heads if head > first), len(lines))
        path = path[2:]
    for number in range(first, last):
        if path and re.match(rf"\s*\"?{re.escape(str(path[0]))}\"?\s*=", lines[number]):
            return number + 1
    return first + 1
