"""Rules of a catalogue: read into parts that can be chosen from lists, and written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.products.documents import Documents, Item, Kind, item, items, with_item, without_item

Op = Literal["==", "<=", ">="]
OPS: tuple[Op, ...] = ("==", "<=", ">=")
KINDS = (
    "requires", "excludes", "cardinality", "segment", "age", "credit", "fraud", "identity",
    "arrears", "network", "channel", "eligibility", "authority",
)  # fmt: skip
DISCREET = frozenset({"credit", "fraud"})


@dataclass(frozen=True, slots=True)
class FactIs:
    """Holds where the fact has one of these values."""

    fact: str
    values: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Has:
    """Holds where one of these offers or groups is had."""

    names: tuple[str, ...] = ()


When = FactIs | Has


@dataclass(frozen=True, slots=True)
class Rule:
    """Where all of `when` holds: the quantity of `names` is `op` `figure`.

    With `each`, the figure is that many more for each of the `each_of` that are had. `text` is
    for agents, `internal` for product managers alone.
    """

    id: str
    kind: str = "requires"
    when: tuple[When, ...] = ()
    names: tuple[str, ...] = ()
    op: Op = "=="
    figure: int = 0
    each_of: tuple[str, ...] = ()
    each: int = 0
    text: str = ""
    internal: str = ""


def rule_of(found: Item) -> Rule:
    """The record of an item; what is missing or odd in it is left out."""
    each_of, each = _each(found.get("rhs"))
    op = found.get("op")
    return Rule(
        id=str(found.get("id", "")),
        kind=str(found.get("kind", "")),
        when=tuple(filter(None, map(_when, found.get("when", ())))),
        names=_names(found.get("lhs")),
        op=next((known for known in OPS if known == op), "=="),
        figure=_whole(found.get("k")),
        each_of=each_of,
        each=each,
        text=str(found.get("msg") or ""),
        internal=str(found.get("internal") or ""),
    )


def rules(documents: Documents) -> tuple[Rule, ...]:
    return tuple(map(rule_of, documents.rules))


def rule(documents: Documents, rule_id: str) -> Rule | None:
    found = item(documents, Kind.RULE, rule_id)
    return None if found is None else rule_of(found)


def with_rule(documents: Documents, new: Rule, behind: str = "") -> Documents:
    """Documents in which the rule says this; what a rule may hold besides stays as it is."""
    held = item(documents, Kind.RULE, new.id)
    written = _written(new, documents, held or {})
    if held is not None and rule_of(held) == new:
        return documents
    return with_item(documents, Kind.RULE, new.id, written, behind)


def without_rule(documents: Documents, rule_id: str) -> Documents:
    return without_item(documents, Kind.RULE, rule_id)


def free_id(documents: Documents) -> str:
    """The next rule's id, in the manner of the others."""
    taken = [each[1:] for each in items(documents, Kind.RULE) if each.startswith("R")]
    numbers = (int(each) for each in taken if each.isdecimal())
    return f"R{max(numbers, default=0) + 1:02}"


def naming(documents: Documents, code: str) -> tuple[str, ...]:
    """Ids of the rules that speak of an offer, itself or by a group."""
    groups = {name for name, codes in documents.groups.items() if code in codes}
    wanted = {code, *groups}
    return tuple(each.id for each in rules(documents) if wanted & set(all_names(each)))


def all_names(found: Rule) -> tuple[str, ...]:
    """Every offer and group a rule names."""
    had = (name for each in found.when if isinstance(each, Has) for name in each.names)
    return (*had, *found.names, *found.each_of)


def _written(new: Rule, documents: Documents, held: Item) -> dict[str, Any]:
    """The rule as the document writes it; the name of one group stands alone, without a list."""
    written = {
        **held,
        "id": new.id,
        "kind": new.kind,
        "when": [_when_written(each, documents) for each in new.when],
        "lhs": _names_written(new.names, documents),
        "op": new.op,
        "k": new.figure,
        "msg": new.text,
        "internal": new.internal,
        "rhs": [_names_written(new.each_of, documents), new.each] if new.each_of else None,
    }
    if not new.text and new.internal and new.kind in DISCREET:
        written["msg"] = None  # agents read a discreet sentence then
    for name in ("when", "internal", "rhs", "msg"):
        if not written[name] and not (name in held and held[name] == written[name]):
            del written[name]
    return written


def _when_written(each: When, documents: Documents) -> list[Any]:
    if isinstance(each, FactIs):
        return ["ctx", each.fact, list(each.values)]
    return ["sel", _names_written(each.names, documents)]


def _names_written(names: tuple[str, ...], documents: Documents) -> str | list[str]:
    if len(names) == 1 and names[0] in documents.groups:
        return names[0]
    return list(names)


def _when(found: Any) -> When | None:
    match found:
        case ["ctx", str(fact), values]:
            return FactIs(fact, tuple(values))
        case ["sel", names]:
            return Has(_names(names))
        case _:
            return None


def _each(found: Any) -> tuple[tuple[str, ...], int]:
    match found:
        case [names, int(factor)]:
            return _names(names), factor
        case _:
            return (), 0


def _names(found: Any) -> tuple[str, ...]:
    if isinstance(found, str):
        return (found,)
    return tuple(map(str, found)) if isinstance(found, list | tuple) else ()


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def discreet(found: Rule) -> bool:
    """Whether agents may be kept from the reason."""
    return found.kind in DISCREET


def named(documents: Documents) -> Mapping[str, str]:
    """What every offer and group is called: code to the words people read."""
    names = {str(each.get("code", "")): str(each.get("name", "")) for each in documents.offers}
    return {**dict.fromkeys(documents.groups, ""), **names}
