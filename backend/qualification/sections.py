"""The heads of the offer list, with the rule that binds what stands under them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.catalog.definitions import Definitions, Section
from backend.product_rules import Rule
from backend.rest.resource import Document

EXACTLY_ONE = "exactly one"
ONE_AT_MOST = "one at most"


@dataclass(frozen=True, slots=True)
class Head:
    """A section with its offers, and the rule that binds exactly these; empty: none does."""

    section: Section
    codes: tuple[str, ...]
    rule: str


def heads_of(definitions: Definitions) -> tuple[Head, ...]:
    """Every section of a version of the catalogue."""
    rules = definitions.catalogue.rules.values()
    every = ((each, _codes(definitions, each)) for each in definitions.sections)
    return tuple(
        Head(section, tuple(codes), _words(rules, frozenset(codes))) for section, codes in every
    )


def sections(
    definitions: Definitions, heads: Iterable[Head], shown: Iterable[str]
) -> list[Document]:
    """Sections that hold an offer which is shown, once for each family whose tab has them."""
    visible = set(shown)
    found = []
    for head in heads:
        kept = [code for code in head.codes if code in visible]
        if kept:
            found += [
                {"family": family, "name": head.section.name, "rule": head.rule, "offers": kept}
                for family in map(definitions.family_name, head.section.families)
            ]
    return found


def _codes(definitions: Definitions, section: Section) -> list[str]:
    return [
        offer.code
        for offer in definitions.catalogue.offers.values()
        if (offer.family, offer.kind) == (section.family, section.kind)
    ]


def _words(rules: Iterable[Rule], codes: frozenset[str]) -> str:
    """What the rules say of exactly these offers, or of more than these, in two words."""
    about = [
        rule
        for rule in rules
        if codes <= frozenset(rule.left) and rule.k == 1 and not rule.right and len(codes) > 1
    ]
    if any(rule.op == "==" and frozenset(rule.left) == codes for rule in about):
        return EXACTLY_ONE
    if any(rule.op == "<=" and not rule.when for rule in about):
        return ONE_AT_MOST
    return ""
