"""The duplicate radar: who among the customers may be the person being typed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from app.language import tr
from app.store.records import Found

MOST_SHOWN = 3
_ALIKE = 86  # of 100: a letter or two differ in a name of usual length
_SAME = 100
_DIGITS_OF_A_NUMBER = 10

Find = Callable[[str], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Likely:
    """A customer who may be the same person, and why."""

    customer_id: str
    name: str
    number: str
    address: str
    why: str
    score: int = 0


def likely(fields: Mapping[str, str], find: Find) -> tuple[Likely, ...]:
    """Customers with the same e-mail, the same telephone, or nearly the same name."""
    seen: dict[str, Likely] = {}
    for text, why, score in _traces(fields):
        for found in find(text):
            _note(seen, found, why, score)
    name = _name(fields)
    if name:
        for found in find(name):
            alike = fuzz.token_sort_ratio(name, found.name, processor=utils.default_process)
            if alike >= _ALIKE:
                why = tr("the same name") if alike == _SAME else tr("nearly the same name")
                _note(seen, found, why, round(alike) - 50)
    best = sorted(seen.values(), key=lambda each: (-each.score, each.name))
    return tuple(best[:MOST_SHOWN])


def _traces(fields: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """What identifies a person nearly by itself: text, reason, weight."""
    email, telephone = fields.get("email", "").strip(), fields.get("telephone", "").strip()
    digits = "".join(filter(str.isdigit, telephone))
    traces = []
    if "@" in email and "." in email.rpartition("@")[2]:
        traces.append((email, tr("the same e-mail"), 60))
    if len(digits) >= _DIGITS_OF_A_NUMBER:
        traces.append((telephone, tr("the same telephone"), 55))
    return traces


def _name(fields: Mapping[str, str]) -> str:
    if fields.get("partyType") == "organization":
        return fields.get("tradingName", "").strip()
    given, family = fields.get("givenName", "").strip(), fields.get("familyName", "").strip()
    return f"{given} {family}" if given and family else ""


def _note(seen: dict[str, Likely], found: Found, why: str, score: int) -> None:
    before = seen.get(found.id)
    reasons = why if before is None else f"{before.why}, {why}"
    total = score + (before.score if before else 0)
    seen[found.id] = Likely(found.id, found.name, found.number, found.address, reasons, total)
