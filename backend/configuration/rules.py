"""Answers TMF760's two tasks with the engine that answers the desk, TMF679 and orders."""

from __future__ import annotations

from collections.abc import Iterator

from backend.configuration.configurations import configuration, reason, setting_faults
from backend.configuration.reading import Case, Item
from backend.product_rules import Missing, Rule, Violation
from backend.product_rules.catalogue import HasCondition
from backend.qualification.shelf import check, together
from backend.qualification.swaps import alternatives, strays, swaps, without_rivals
from backend.qualification.verdicts import verdict
from backend.rest.resource import Document

APPROVED, REJECTED = "approved", "rejected"


class Query:
    """What may be chosen beside everything that is picked, worked out once for all items."""

    def __init__(self, case: Case) -> None:
        self._case = case
        engine, definitions = case.shelf.engine, case.shelf.definitions
        whole = together(case.sold, case.picks)
        self._lost = strays(engine, case.facts, engine.answer(case.facts, whole), case.picks)
        self._picks = {c: count for c, count in case.picks.items() if c not in self._lost}
        self._held = together(case.sold, self._picks)
        answer = engine.answer(case.facts, self._held)
        instead = swaps(case.shelf, case.facts, self._held, self._picks)
        self._open = ({*answer.offerable, *instead, *self._picks}) - self._lost
        self._hidden = frozenset(answer.hidden) - instead
        self._broken = check(definitions, case.facts, whole) if self._lost else ()
        self._missing = engine.missing(case.facts, self._held)

    def items(self) -> list[Document]:
        """An answer for every item, under its id."""
        return [self._item(item) for item in self._case.items]

    def _item(self, item: Item) -> Document:
        if item.code is None:
            nested = [
                self._configuration(code)
                for code in self._case.shelf.definitions.catalogue.offers
                if code in self._open or code in self._case.picks
            ]
            everything = {"@type": "ProductConfiguration", "productConfiguration": nested}
            return _answered(item, "QueryProductConfigurationItem", [], everything)
        reasons = list(self._reasons(item.code))
        asked = self._configuration(item.code, item)
        return _answered(item, "QueryProductConfigurationItem", reasons, asked)

    def _configuration(self, code: str, item: Item | None = None) -> Document:
        return configuration(
            self._case.rates,
            code,
            quantity=self._case.picks.get(code, 0),
            selectable=code in self._open,
            form=self._case.form(item) if item else self._case.blank(code),
            rules=() if code in self._open else self._rules_against(code),
        )

    def _reasons(self, code: str) -> Iterator[Document]:
        rules = self._case.shelf.definitions.catalogue.rules
        if code not in self._open:
            against = self._rules_against(code)
            for rule in against:
                yield reason("error", rule, rules[rule].text)
            if not against:
                yield reason("error", "quantity", "There can not be more of this.")
        elif code in self._picks:
            for each in self._missing:
                if code in _named(rules[each.rule]):
                    yield _lacking(each)

    def _rules_against(self, code: str) -> tuple[str, ...]:
        """A minimal set where the rest keeps it away; else the rules the picks break with it."""
        case = self._case
        if code in self._hidden:
            beside = without_rivals(case.shelf, self._held, self._picks, code)
            return case.shelf.engine.reasons(case.facts, beside, code)
        return tuple(each.rule for each in self._broken if each.rule and code in each.offers)


def checked(case: Case, *, alternatives: bool) -> list[Document]:
    """Every item with what is wrong with it, and with the whole where no item is to blame."""
    found = verdict(
        case.shelf.definitions,
        case.facts,
        known(case),
        together(case.kept, case.picks),
        case.picks,
    )
    codes = {item.code for item in case.items}
    offers = case.shelf.definitions.catalogue.offers
    answers = []
    for item in case.items:
        errors = [*_about(found.errors, item, codes, "error")]
        if item.code is not None and item.code in offers:
            errors += setting_faults(offers[item.code], case.form(item), item.settings)
        reasons = [*errors, *_about(found.warnings, item, codes, "warning")]
        answer = _answered(item, "CheckProductConfigurationItem", reasons, _checked(case, item))
        if alternatives and errors and item.action == "add":
            answer["alternateProductConfigurationProposal"] = _alternatives(case, item)
        answers.append(answer)
    return answers


def known(case: Case) -> dict[str, int]:
    """What is installed, of what is still in the catalogue."""
    offers = case.shelf.definitions.catalogue.offers
    return {code: count for code, count in case.had.items() if code in offers}


def _checked(case: Case, item: Item) -> Document:
    asked: Document = item.document.get("productConfiguration") or {}
    if item.code is None or item.action != "add":
        return {**asked, "@type": "ProductConfiguration"}
    return configuration(
        case.rates,
        item.code,
        quantity=item.quantity,
        selectable=True,
        form=case.form(item),
    )


def _about(
    broken: tuple[Violation, ...], item: Item, codes: set[str | None], kind: str
) -> Iterator[Document]:
    """What concerns this item, or none of the items and therefore all."""
    for each in broken:
        if item.code in each.offers or codes.isdisjoint(each.offers):
            yield reason(kind, each.rule or "quantity", each.text)


def _alternatives(case: Case, item: Item) -> list[Document]:
    """Others of the same kind that can be completed beside the rest of the picks."""
    rest = {code: count for code, count in case.picks.items() if code != item.code}
    found = alternatives(case.shelf, case.facts, together(case.sold, rest), str(item.code))
    return [
        {
            **configuration(case.rates, code, form=case.blank(code), selectable=True),
            "quantity": item.quantity,
        }
        for code in found
    ]


def _answered(item: Item, kind: str, reasons: list[Document], answer: Document) -> Document:
    wrong = any(each["code"].startswith("error.") for each in reasons)
    return {
        **{name: value for name, value in item.document.items() if name != "productConfiguration"},
        "@type": kind,
        "state": REJECTED if wrong else APPROVED,
        "stateReason": reasons,
        "productConfiguration": answer,
    }


def _lacking(each: Missing) -> Document:
    return reason("warning", each.rule, each.text)


def _named(rule: Rule) -> set[str]:
    """The offers a rule speaks of."""
    has = (each.offers for each in rule.when if isinstance(each, HasCondition))
    return {*rule.left, *rule.right, *(code for codes in has for code in codes)}
