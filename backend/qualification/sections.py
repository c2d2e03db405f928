"""The heads of the offer list, with the rule that binds what stands under them."""

from __future__ import annotations

from collections.abc import Iterable

from backend.catalog.definitions import Definitions, Section
from backend.product_rules import Rule
from backend.rest.resource import Document

EXACTLY_ONE = "exactly one"
ONE_AT_MOST = "one at most"


def sections(definitions: Definitions, shown: Iterable[str]) -> list[Document]:
    """Sections that hold an offer which is shown, once for each family whose tab has them."""
    visible = set(shown)
    found = []
    for section in definitions.sections:
        codes = _codes(definitions, section)
        kept = [code for code in codes if code in visible]
        if kept:
            words = _words(definitions.catalogue.rules.values(), frozenset(codes))
            found += [
                {"family": family, "name": section.name, "rule": words, "offers": kept}
                for family in (definitions.family_name(each) for each in section.families)
            ]
    return found


def one_of(definitions: Definitions) -> list[tuple[str, ...]]:
    """The offers of each section of which one may be had, so that another takes its place."""
    rules = definitions.catalogue.rules.values()
    every = ((_codes(definitions, section)) for section in definitions.sections)
    return [tuple(codes) for codes in every if _words(rules, frozenset(codes))]


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
