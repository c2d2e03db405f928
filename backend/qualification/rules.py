"""What may be offered, why not, and what it costs: the one answer behind every face."""

from __future__ import annotations

import threading
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from backend.catalog.definitions import Characteristic, Definitions, PriceList
from backend.catalog.rules import Versions
from backend.numbers import rules as numbers
from backend.pricing.lists import lawful
from backend.pricing.rules import NumberPrice, Rates
from backend.product_rules import Answer, Engine, Offer, Violation, violations
from backend.qualification import facts as subjects
from backend.qualification.bureau import CreditBureau
from backend.qualification.facts import Facts, Subject
from backend.qualification.legacy import still_sold
from backend.qualification.priced import lacking, priced, proposed
from backend.qualification.savings import best_saving
from backend.qualification.schemas import ChoicesQuestion, Prospect
from backend.qualification.sections import sections
from backend.qualification.swaps import strays, swaps, without_rivals
from backend.rest.errors import Field, Invalid, Refused
from backend.rest.resource import Context, Document


@dataclass(frozen=True, slots=True)
class Shelf:
    """One version of the catalogue with the engine that knows it."""

    definitions: Definitions
    engine: Engine


@dataclass(frozen=True, slots=True)
class Hidden:
    """An offer that cannot be completed, with a minimal set of rules that keep it away."""

    offer: Offer
    rules: tuple[str, ...]


class Qualification:
    """Answers for the version of the catalogue in force."""

    def __init__(self, versions: Versions, bureau: CreditBureau) -> None:
        self._versions = versions
        self._bureau = bureau
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None

    def shelf(self, context: Context) -> Shelf:
        """The version in force; open wizards see a new one with their next question."""
        definitions = self._versions.current(context.connection)
        with self._lock:
            if self._shelf is None or self._shelf.definitions is not definitions:
                self._shelf = Shelf(definitions, Engine(definitions.catalogue))
            return self._shelf

    def subject(self, context: Context, question: ChoicesQuestion) -> Subject:
        """Whom the question is about, with every fact that rules read."""
        if question.customer_id:
            return subjects.of_customer(context, question.customer_id, question.address_id)
        prospect = question.prospect or Prospect()
        return subjects.of_prospect(
            context, prospect, question.address_id, question.reseller, self._bureau
        )

    def choices(
        self, context: Context, question: ChoicesQuestion, installed: Mapping[str, int]
    ) -> Document:
        """The whole refresh of `/desk-api/v1/choices`; `installed` is what the customer has."""
        shelf = self.shelf(context)
        subject = self.subject(context, question)
        picks = known_picks(shelf.definitions, question.picks)
        held = _together(still_sold(shelf.engine, subject.facts, installed), picks)
        answer = shelf.engine.answer(subject.facts, held)
        lists = self._price_lists(shelf.definitions, subject, context)
        chosen = _chosen(lists, question.price_list)
        rates = Rates.of(shelf.definitions, chosen, subject.facts)
        quote = rates.quote(picks, _numbers(context, question.numbers), today=context.now.date())
        instead = swaps(shelf.engine, shelf.definitions, subject.facts, held, picks)
        shown = {*answer.offerable, *instead, *picks}
        keeps = shown - strays(shelf.engine, subject.facts, answer, picks)
        return {
            "catalogueVersion": str(shelf.definitions.number),
            "facts": dict(subject.facts),
            "priceList": chosen.id,
            "priceLists": [{"id": each.id, "name": each.name} for each in lists],
            "resellers": _resellers(shelf.definitions, context),
            "offers": [
                _offer(shelf, subject.facts, held, picks, code, rates, offerable=code in keeps)
                for code in shelf.definitions.catalogue.offers
                if code in shown
            ],
            "sections": sections(shelf.definitions, shown),
            "hidden": [
                _hidden(shelf.definitions, each)
                for each in hidden(shelf, subject.facts, held, picks, answer, shown)
            ],
            "missing": [lacking(each) for each in shelf.engine.missing(subject.facts, held)],
            "forced": _brought(shelf.engine.forced(subject.facts, held), held),
            **priced(quote),
            "proposal": proposed(
                best_saving(shelf.engine, rates, subject.facts, held, picks), rates.price_list
            ),
        }

    def rates(self, context: Context, subject: Subject, wanted: str | None) -> Rates:
        """What things cost under the list asked for, if it is lawful; else under the default."""
        definitions = self.shelf(context).definitions
        chosen = _chosen(self._price_lists(definitions, subject, context), wanted)
        return Rates.of(definitions, chosen, subject.facts)

    def _price_lists(
        self, definitions: Definitions, subject: Subject, context: Context
    ) -> tuple[PriceList, ...]:
        lists = lawful(
            definitions,
            subject.facts,
            reseller=subject.reseller,
            today=context.now.date(),
            customer_since=subject.since,
        )
        if not lists:
            raise Refused(
                "This reseller sells nothing to such customers.",
                "Choose another reseller.",
                code="noPriceList",
                fields=(Field("reseller", "Choose another reseller."),),
            )
        return lists


def hidden(
    shelf: Shelf,
    facts: Facts,
    held: Mapping[str, int],
    picks: Mapping[str, int],
    answer: Answer,
    shown: Container[str],
) -> tuple[Hidden, ...]:
    """Every offer that may not be chosen and is not shown, with its reasons.

    That another of its section is picked is no reason: the two could be swapped.
    """
    offers = shelf.definitions.catalogue.offers
    return tuple(
        Hidden(
            offers[code],
            shelf.engine.reasons(facts, without_rivals(shelf.definitions, held, picks, code), code),
        )
        for code in answer.hidden
        if code not in shown
    )


def check(
    definitions: Definitions, facts: Facts, selection: Mapping[str, int]
) -> tuple[Violation, ...]:
    """What a whole order breaks, the installed products included; empty: it is valid."""
    return violations(definitions.catalogue, facts, known_picks(definitions, selection))


def question_of(body: Document) -> ChoicesQuestion:
    """A question as the desk would ask it; Invalid names the attribute that is wrong."""
    try:
        return ChoicesQuestion.model_validate(body)
    except ValidationError as fault:
        wrong = str(fault.errors()[0]["loc"][-1])
        sentence = f"{wrong} is not written as it should be."
        field = Field(wrong, sentence)
        raise Invalid(sentence, code="invalidBody", fields=(field,)) from None


def known_picks(definitions: Definitions, picks: Mapping[str, int]) -> dict[str, int]:
    """Picks without zeros, in the catalogue's order; Invalid names an offer nobody knows."""
    offers = definitions.catalogue.offers
    unknown = sorted(code for code in picks if code not in offers)
    if unknown:
        raise Invalid(
            f"There is no offer {unknown[0]}.",
            "Choose from the catalogue.",
            code="unknownOffer",
            fields=tuple(Field(f"picks.{code}", "There is no such offer.") for code in unknown),
        )
    return {code: picks[code] for code in offers if picks.get(code)}


def _together(installed: Mapping[str, int], picks: Mapping[str, int]) -> dict[str, int]:
    codes = dict.fromkeys((*installed, *picks))
    return {code: installed.get(code, 0) + picks.get(code, 0) for code in codes}


def _resellers(definitions: Definitions, context: Context) -> list[Document]:
    """For whom the caller may sell: a partner for himself, our own people for all."""
    own = context.caller.reseller
    return [
        {"id": code, "name": name}
        for code, name in definitions.resellers.items()
        if own is None or code == own
    ]


def _chosen(lists: Sequence[PriceList], wanted: str | None) -> PriceList:
    """The list asked for, if it is lawful; else the default."""
    return next((each for each in lists if each.id == wanted), lists[0])


def _numbers(context: Context, values: Sequence[str]) -> list[NumberPrice]:
    return [
        NumberPrice(each.value, each.display, each.grade.value)
        for each in (numbers.find(context, values) if values else ())
    ]


def _offer(
    shelf: Shelf,
    facts: Facts,
    held: Mapping[str, int],
    picks: Mapping[str, int],
    code: str,
    rates: Rates,
    *,
    offerable: bool,
) -> Document:
    definitions = shelf.definitions
    offer, specification = definitions.offer(code), definitions.by_offer[code]
    price = rates.unit(offer)
    before = held.get(code, 0) - picks.get(code, 0)
    most = offer.max if offer.max == 1 else shelf.engine.most(facts, held, code)
    return {
        "id": code,
        "name": offer.name,
        "family": definitions.family_name(offer.family),
        "kind": offer.kind,
        "monthly": str(price.monthly),
        "once": str(price.once),
        "term": offer.term,
        "most": max(most - before, picks.get(code, 0)),
        "picked": picks.get(code, 0),
        "offerable": offerable,
        "note": offer.note,
        "numberType": specification.number_type,
        "characteristics": [_characteristic(each) for each in specification.characteristics],
    }


def _characteristic(characteristic: Characteristic) -> Document:
    return {
        "name": characteristic.name,
        "label": characteristic.label,
        "type": characteristic.type,
        "values": [{"value": each.value, "label": each.label} for each in characteristic.values],
        "default": characteristic.default,
        "pattern": characteristic.pattern,
        "required": characteristic.required,
        "help": characteristic.help,
    }


def _hidden(definitions: Definitions, each: Hidden) -> Document:
    rules = definitions.catalogue.rules
    return {
        "id": each.offer.code,
        "name": each.offer.name,
        "family": definitions.family_name(each.offer.family),
        "reasons": [{"rule": rule, "text": rules[rule].text} for rule in each.rules],
    }


def _brought(forced: Mapping[str, int], held: Mapping[str, int]) -> dict[str, int]:
    """How many more of each the picks bring along."""
    return {code: least - held.get(code, 0) for code, least in forced.items()}
