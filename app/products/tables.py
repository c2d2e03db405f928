"""Offers and rules as rows: filtered by what is typed, sorted by a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.products.documents import Change, Documents, Item
from app.products.offers import Offer, offer_of
from app.products.rule_words import kind_name, sentence
from app.products.rules import Rule, all_names, rule_of

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer, and whether the version in force has it otherwise: new, changed or not.

    `text` is what a filter looks through.
    """

    offer: Offer
    state: str = ""
    text: str = ""

    @property
    def id(self) -> str:
        return self.offer.code


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with its sentence; `names` are the offers and groups it speaks of."""

    rule: Rule
    sentence: str
    kind: str
    names: tuple[str, ...]
    state: str = ""
    text: str = ""

    @property
    def id(self) -> str:
        return self.rule.id


@dataclass
class Rows:
    """Makes rows of documents; what did not change since the last time is not made anew."""

    _offers: dict[str, tuple[Item, OfferRow]] = field(default_factory=dict)
    _rules: dict[str, tuple[Item, RuleRow]] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def offers(self, documents: Documents, delta: Sequence[Change]) -> tuple[OfferRow, ...]:
        """All offers in the catalogue's order."""
        states = _states(delta)
        held, self._offers = self._offers, {}
        for found in documents.offers:
            code = str(found.get("code", ""))
            state = states.get(f"offer:{code}", "")
            known = held.get(code)
            if known is None or known[0] is not found or known[1].state != state:
                known = (found, _offer_row(found, state))
            self._offers[code] = known
        return tuple(row for _item, row in self._offers.values())

    def rules(self, documents: Documents, delta: Sequence[Change]) -> tuple[RuleRow, ...]:
        """All rules in the catalogue's order, each as a sentence with the offers' names."""
        names = {str(each.get("code", "")): str(each.get("name", "")) for each in documents.offers}
        if names != self._names:
            self._names, self._rules = names, {}
        states = _states(delta)
        held, self._rules = self._rules, {}
        for found in documents.rules:
            rule_id = str(found.get("id", ""))
            state = states.get(f"rule:{rule_id}", "")
            known = held.get(rule_id)
            if known is None or known[0] is not found or known[1].state != state:
                known = (found, _rule_row(found, names, state))
            self._rules[rule_id] = known
        return tuple(row for _item, row in self._rules.values())


def shown_offers(
    rows: Sequence[OfferRow],
    text: str = "",
    sort: str = "",
    *,
    descending: bool = False,
    keep: str = "",
) -> tuple[OfferRow, ...]:
    """The rows in which every word that was typed is found, in the order that is asked for.

    The row of `keep` is there whatever is typed: it is being edited.
    """
    found = list(rows)
    if text.strip():
        found = [row for row in rows if row.id == keep or _fits(row.text, text)]
    return _sorted(found, _OFFER_KEYS.get(sort), descending=descending)


def shown_rules(
    rows: Sequence[RuleRow],
    text: str = "",
    sort: str = "",
    *,
    descending: bool = False,
    keep: str = "",
) -> tuple[RuleRow, ...]:
    """The same for rules: a code finds the rules that name it, a word those that say it."""
    found = list(rows)
    if text.strip():
        found = [row for row in rows if row.id == keep or _fits(row.text, text)]
    return _sorted(found, _RULE_KEYS.get(sort), descending=descending)


def _offer_row(found: Item, state: str) -> OfferRow:
    offer = offer_of(found)
    parts = (offer.code, offer.name, offer.family, offer.kind, offer.note, f"£{offer.monthly:.2f}")
    return OfferRow(offer, state, " ".join((*parts, state)).casefold())


def _rule_row(found: Item, names: Mapping[str, str], state: str) -> RuleRow:
    rule = rule_of(found)
    said, kind, spoken_of = sentence(rule, names), kind_name(rule.kind), all_names(rule)
    parts = (rule.id, kind, said, rule.text, rule.internal, state, *spoken_of)
    return RuleRow(rule, said, kind, spoken_of, state, " ".join(parts).casefold())


def _states(delta: Sequence[Change]) -> dict[str, str]:
    return {each.key: "new" if each.before is None else "changed" for each in delta}


def _fits(held: str, text: str) -> bool:
    return all(word in held for word in text.casefold().split())


def _sorted(
    rows: list[Row], key: Callable[[Row], Any] | None, *, descending: bool
) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=key, reverse=descending) if key is not None else rows)


_OFFER_KEYS: Mapping[str, Callable[[OfferRow], Any]] = {
    "code": lambda row: row.offer.code,
    "name": lambda row: row.offer.name.casefold(),
    "family": lambda row: row.offer.family,
    "monthly": lambda row: row.offer.monthly,
    "once": lambda row: row.offer.once,
    "term": lambda row: row.offer.term,
    "most": lambda row: row.offer.most,
    "state": lambda row: row.state,
}
_RULE_KEYS: Mapping[str, Callable[[RuleRow], Any]] = {
    "id": lambda row: row.rule.id,
    "kind": lambda row: row.kind,
    "says": lambda row: row.sentence.casefold(),
    "text": lambda row: row.rule.text.casefold(),
    "state": lambda row: row.state,
}
