"""Reads a catalogue document into records, or names every fault in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

from backend.product_rules.catalogue import (
    DISCREET_KINDS,
    DISCREET_TEXT,
    MOST_OF_ONE,
    QUANTITY_LIMIT,
    BadCatalogue,
    Catalogue,
    Condition,
    Fact,
    FactChange,
    FactCondition,
    Fault,
    HasCondition,
    Offer,
    Op,
    Rule,
)
from backend.product_rules.fields import Fields, is_fact, is_list
from backend.product_rules.lines import Lines, parse
from backend.product_rules.usual_changes import USUAL

_CATALOGUE_FIELDS = ("version", "offers", "groups", "context", "rules", "changes")
_OFFER_FIELDS = tuple(Offer.__dataclass_fields__)
_RULE_FIELDS = ("id", "kind", "when", "lhs", "op", "k", "rhs", "msg", "internal")
_CHANGE_FIELDS = ("fact", "to", "text", "cost")
_DEEPEST = 50  # groups inside one another
_OPS = ("==", "<=", ">=")


def read_catalogue(document: Mapping[str, Any]) -> Catalogue:
    """Reads a document of the form of the demo's `catalogue.json`.

    Raises BadCatalogue with all faults, each naming its offer or rule.
    """
    return _Reader(Fields(Lines())).catalogue(document)


def read_catalogue_text(text: str) -> Catalogue:
    """Reads the same from JSON text; faults name the line too, and money stays exact."""
    document, lines = parse(text)
    return _Reader(Fields(lines)).catalogue(document)


class _Reader:
    """Reads one document: facts and offers first, then groups of them, then rules."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._fault = fields.fault
        self._offers: dict[str, Offer] = {}
        self._groups: dict[str, tuple[str, ...]] = {}
        self._context: dict[str, tuple[Fact, ...]] = {}

    def catalogue(self, document: Any) -> Catalogue:
        if not isinstance(document, Mapping):
            raise BadCatalogue((Fault("catalogue", "write an object with offers and rules"),))
        self._fields.known(document, _CATALOGUE_FIELDS)
        version = self._fields.text(document, "version", default="1")
        self._read_context(self._fields.part(document, "context"))
        self._read_offers(document.get("offers"))
        self._read_groups(self._fields.part(document, "groups"))
        rules = self._read_rules(document.get("rules"))
        changes = self._read_changes(document.get("changes"))
        if self._fields.faults:
            raise BadCatalogue(tuple(self._fields.faults))
        return Catalogue(
            version=version,
            offers=MappingProxyType(self._offers),
            groups=MappingProxyType(self._groups),
            context=MappingProxyType(self._context),
            rules=MappingProxyType(rules),
            changes=changes,
        )

    def _read_context(self, part: Mapping[str, Any]) -> None:
        for key, values in part.items():
            self._fields.stand_at(f"fact {key}", "context", key)
            if not is_list(values) or not values or not all(map(is_fact, values)):
                self._fault("list the values it may have, as text or whole numbers")
            elif len(set(values)) < len(values):
                self._fault("a value is listed twice")
            else:
                self._context[key] = tuple(values)

    def _read_offers(self, items: Any) -> None:
        fields = self._fields
        for item in fields.items(items, "offers", "offer", "code"):
            fields.known(item, _OFFER_FIELDS)
            offer = Offer(
                code=fields.text(item, "code"),
                name=fields.text(item, "name"),
                family=fields.text(item, "family"),
                kind=fields.text(item, "kind"),
                monthly=fields.money(item, "monthly"),
                oneoff=fields.money(item, "oneoff"),
                term=fields.whole(item, "term", low=0),
                max=fields.whole(item, "max", low=0, high=MOST_OF_ONE),
                note=fields.text(item, "note", default=""),
            )
            if offer.code in self._offers:
                self._fault("an earlier offer has this code")
            elif offer.code:
                self._offers[offer.code] = offer

    def _read_groups(self, part: Mapping[str, Any]) -> None:
        for name in part:
            self._fields.stand_at(f"group {name}", "groups", name)
            if name in self._offers:
                self._fault("an offer has this code already")
            self._expand(name, part, ())

    def _expand(self, name: str, part: Mapping[str, Any], path: tuple[str, ...]) -> tuple[str, ...]:
        """The group's offers, those of groups inside it too."""
        if name in self._groups:
            return self._groups[name]
        if name in path:
            self._fault(f"a group holds itself: {' → '.join((*path[path.index(name) :], name))}")
            return ()
        if len(path) == _DEEPEST:
            self._fault(f"groups are nested deeper than {_DEEPEST}")
            return ()
        codes: dict[str, None] = {}
        for member in self._fields.names(part[name], "a group"):
            if member in self._offers:
                codes[member] = None
            elif member in part:
                codes.update(dict.fromkeys(self._expand(member, part, (*path, name))))
            else:
                self._fault(f"there is no offer or group {member!r}")
        self._groups[name] = tuple(codes)
        return self._groups[name]

    def _read_rules(self, items: Any) -> dict[str, Rule]:
        fields = self._fields
        rules: dict[str, Rule] = {}
        for item in fields.items(items, "rules", "rule", "id"):
            fields.known(item, _RULE_FIELDS)
            right, factor = self._right(item.get("rhs"))
            rule = Rule(
                id=fields.text(item, "id"),
                kind=fields.text(item, "kind"),
                when=self._when(item.get("when", [])),
                left=self._codes(item.get("lhs"), "lhs"),
                op=self._op(item.get("op")),
                k=fields.whole(item, "k", low=-QUANTITY_LIMIT),
                right=right,
                factor=factor,
                text=self._agent_text(item),
                internal=fields.text(item, "internal", default=""),
            )
            if rule.id in rules:
                self._fault("an earlier rule has this id")
            rules[rule.id] = rule
        return rules

    def _agent_text(self, item: Mapping[str, Any]) -> str:
        """What an agent may read; a discreet rule with an internal text alone tells nothing."""
        internal = item.get("internal")
        if item.get("kind") in DISCREET_KINDS and internal and item.get("msg") is None:
            return DISCREET_TEXT
        text = self._fields.text(item, "msg")
        if isinstance(internal, str) and internal.strip() and internal.strip() in text:
            self._fault("the internal text stands in msg, where agents read it")
        return text

    def _read_changes(self, items: Any) -> tuple[FactChange, ...]:
        if items is None:
            context = self._context
            return tuple(each for each in USUAL if each.value in context.get(each.key, ()))
        return tuple(
            FactChange(
                key=self._fields.text(item, "fact"),
                value=self._value(item),
                text=self._fields.text(item, "text"),
                cost=self._fields.number(item.get("cost", 1), "cost", 1),
            )
            for item in self._fields.items(items, "changes", "change", "fact")
        )

    def _value(self, item: Mapping[str, Any]) -> Fact:
        key, value = item.get("fact"), item.get("to")
        self._fields.known(item, _CHANGE_FIELDS)
        if not is_fact(value) or value not in self._context.get(str(key), ()):
            self._fault(f"{key!r} is never {value!r}")
            return ""
        return cast("Fact", value)

    def _op(self, op: Any) -> Op:
        if op not in _OPS:
            self._fault(f"op is one of ==, <= and >=, not {op!r}")
        return cast("Op", op)

    def _right(self, value: Any) -> tuple[tuple[str, ...], int]:
        match value:
            case None:
                return (), 0
            case [codes, factor]:
                number = self._fields.number(factor, "the factor of rhs", low=1)
                return self._codes(codes, "rhs"), number
            case _:
                self._fault("rhs is a list of offers (or a group) and a factor")
                return (), 0

    def _when(self, value: Any) -> tuple[Condition, ...]:
        if not is_list(value):
            self._fault("when is a list of conditions")
            return ()
        found = [self._condition(item) for item in value]
        return tuple(condition for condition in found if condition)

    def _condition(self, item: Any) -> Condition | None:
        match item:
            case ["sel", names]:
                return HasCondition(self._codes(names, "when"))
            case ["ctx", str(key), values]:
                return self._fact_condition(key, values)
            case _:
                self._fault('a condition is ["ctx", fact, values] or ["sel", offers]')
                return None

    def _fact_condition(self, key: str, values: Any) -> FactCondition | None:
        if key not in self._context:
            self._fault(f"there is no fact {key!r}")
        elif not is_list(values) or not values:
            self._fault(f"name at least one value of {key!r}")
        elif strange := [value for value in values if value not in self._context[key]]:
            self._fault(f"{key!r} is never {', '.join(map(repr, strange))}")
        else:
            return FactCondition(key, tuple(values))
        return None

    def _codes(self, value: Any, place: str) -> tuple[str, ...]:
        """Codes and group names, or one group's name, as codes."""
        codes: dict[str, None] = {}
        for name in (value,) if isinstance(value, str) else self._fields.names(value, place):
            if name in self._offers:
                codes[name] = None
            elif name in self._groups:
                codes.update(dict.fromkeys(self._groups[name]))
            else:
                self._fault(f"there is no offer or group {name!r} ({place})")
        return tuple(codes)
