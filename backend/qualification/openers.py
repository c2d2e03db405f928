"""What would open a hidden offer: the smallest change that a person can bring about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.product_rules import FactChange, Opener
from backend.product_rules.catalogue import Fact
from backend.qualification.facts import BEST_PLACE, Facts
from backend.qualification.shelf import Counts, Shelf
from backend.qualification.swaps import without_rivals
from backend.rest.resource import Document

_KEYS: Mapping[tuple[str, Fact], str] = {
    ("idok", 1): "identity",
    ("guardian", 1): "guarantor",
    ("benefits", 1): "benefits",
    ("landlordok", 1): "landlord",
    ("arrears", 0): "balance",
    ("role", "senior"): "senior",
    ("role", "supervisor"): "supervisor",
}
"""Which of the desk's keys brings a fact about."""
_INTEREST = "registerInterest"
_ADDRESS = FactChange("addressId", "", "Choose an address where it can be had.")


@dataclass(frozen=True, slots=True)
class Closed:
    """An offer that may not be chosen: a minimal set of rules, and what would open it."""

    code: str
    rules: tuple[str, ...]
    opener: Opener | None


def closed(
    shelf: Shelf,
    facts: Facts,
    kept: Mapping[str, int],
    held: Mapping[str, int],
    picks: Mapping[str, int],
    code: str,
    *,
    at_an_address: bool,
) -> Closed:
    """Why an offer is closed, and what opens it; of what is `kept` nothing is taken away.

    Without an address the network is unknown: then an address comes first, and the rest is
    what would still be in the way at the best one.
    """
    if code in shelf.engine.answer(facts, held, (code,)).offerable:
        return Closed(code, (), Opener((), {}, {}))
    rivals = without_rivals(shelf, held, picks, code)
    is_closed = code not in shelf.engine.answer(facts, rivals, (code,)).offerable
    rules = shelf.engine.reasons(facts, rivals, code) if is_closed else ()
    found = shelf.engine.openers(facts, held, code, kept=kept)
    if not at_an_address and (found is None or _moves_the_network(found)):
        found = _at_the_best_address(shelf, facts, kept, held, code) or found
    return Closed(code, rules, found)


def shown(shelf: Shelf, each: Closed) -> Document:
    """What would open an offer, as the desk reads it."""
    return {
        "offer": each.code,
        "name": shelf.definitions.offer(each.code).name,
        "reasons": shelf.reasons(each.rules),
        "opener": None if each.opener is None else _opener(shelf, each.opener),
    }


def sentence(shelf: Shelf, opener: Opener) -> str:
    """What to do, in one sentence; empty where nothing is to be done."""
    parts = [change.text.rstrip(".") for change in opener.changes]
    if opener.removed:
        parts.append(f"Take out {_listed(shelf, opener.removed)}")
    if opener.brings:
        parts.append(f"Add {_listed(shelf, opener.brings)}")
    if not parts:
        return ""
    first, *others = parts
    return f"{joined([first, *(each[0].lower() + each[1:] for each in others)])}."


def joined(words: Iterable[str]) -> str:
    """Words as a sentence lists them."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def key_of(change: FactChange) -> str:
    """The desk's key that brings a fact about; empty where there is none."""
    if change is _ADDRESS:
        return "address"
    key = _KEYS.get((change.key, change.value), "")
    return key or (_INTEREST if change.key in BEST_PLACE else "")


def _moves_the_network(opener: Opener) -> bool:
    return any(key_of(each) == _INTEREST for each in opener.changes)


def _at_the_best_address(
    shelf: Shelf, facts: Facts, kept: Mapping[str, int], held: Mapping[str, int], code: str
) -> Opener | None:
    known = {name: value for name, value in BEST_PLACE.items() if name in facts}
    found = shelf.engine.openers({**facts, **known}, held, code, kept=kept)
    if found is None:
        return None
    return Opener((_ADDRESS, *found.changes), found.removed, found.brings)


def _opener(shelf: Shelf, opener: Opener) -> Document:
    changes = [
        {"fact": each.key, "value": each.value, "text": each.text, "key": key_of(each)}
        for each in opener.changes
    ]
    return {
        "text": sentence(shelf, opener),
        "changes": changes,
        "removed": shelf.names(opener.removed),
        "brings": shelf.names(opener.brings),
    }


def _listed(shelf: Shelf, counts: Counts | Mapping[str, int]) -> str:
    return joined(named(shelf.definitions.offer(code).name, n) for code, n in counts.items())


def named(name: str, quantity: int) -> str:
    """A name with how many, where it is more than one."""
    return name if quantity == 1 else f"{quantity} × {name}"
