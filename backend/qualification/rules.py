"""What may be offered, why not, and what it costs: the one answer behind every face."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence

from pydantic import ValidationError

from backend.catalog.definitions import Definitions, PriceList
from backend.catalog.rules import Versions
from backend.numbers import rules as numbers
from backend.pricing.lists import lawful
from backend.pricing.rules import NumberPrice, Rates
from backend.qualification import facts as subjects
from backend.qualification import holdings, openers, repairs, targets
from backend.qualification.bureau import CreditBureau
from backend.qualification.difference import difference
from backend.qualification.facts import Subject
from backend.qualification.forms import Forms
from backend.qualification.installed import installed
from backend.qualification.offers import hidden, hidden_of, most_of, offer_of
from backend.qualification.packages import Packager, repackaged
from backend.qualification.priced import missing_of, priced, proposed
from backend.qualification.savings import best_saving, givers
from backend.qualification.schemas import (
    ChoicesQuestion,
    OpenerQuestion,
    Prospect,
    TargetsQuestion,
)
from backend.qualification.sections import sections
from backend.qualification.shelf import Shelf, known_picks, less
from backend.qualification.situation import Situation, change_of, kept_of, lacking
from backend.qualification.swaps import strays, swaps
from backend.qualification.units import before, units
from backend.qualification.withdrawn import repaired, withdrawn, without
from backend.rest.errors import Field, Invalid, Refused
from backend.rest.resource import Context, Document

UnderWay = Callable[[Context, str], Mapping[str, str]]
"""Asked for a context and a customer: numbers of orders, by the product that they change."""


class Qualification:
    """Answers for the version of the catalogue in force."""

    def __init__(
        self,
        versions: Versions,
        bureau: CreditBureau,
        under_way: UnderWay = lambda _context, _customer_id: {},
    ) -> None:
        """`under_way` tells which products of a customer orders change or end already."""
        self._versions = versions
        self._under_way = under_way
        self._bureau = bureau
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None
        self._forms = Forms()
        self._packager: tuple[Shelf, Packager] | None = None

    def shelf(self, context: Context) -> Shelf:
        """The version in force; open wizards see a new one with their next question."""
        definitions = self._versions.current(context.connection)
        with self._lock:
            if self._shelf is None or self._shelf.definitions is not definitions:
                self._shelf = Shelf.of(definitions)
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
        self, context: Context, question: ChoicesQuestion, supposed: subjects.Facts | None = None
    ) -> Document:
        """The whole refresh of `/desk-api/v1/choices`.

        `supposed` are facts taken for true, only where somebody tries a catalogue.
        """
        shelf = self.shelf(context)
        gone = withdrawn(context, shelf.definitions, question.picks)
        question = without(question, gone)
        subject = self.subject(context, question)
        if supposed:
            subject = subject.supposing(supposed, shelf.definitions.catalogue.context)
        lists = _price_lists(shelf.definitions, subject, context)
        price_list = _chosen(lists, question.price_list)
        situation = self._situation(context, shelf, subject, price_list, question)
        answer = {
            "catalogueVersion": str(shelf.definitions.number),
            "facts": dict(subject.facts),
            "priceLists": [{"id": each.id, "name": each.name} for each in lists],
            "resellers": _resellers(shelf.definitions, context),
            "needs": [
                {"id": each.id, "name": each.name, "words": list(each.words)}
                for each in shelf.definitions.needs
            ],
            **answered(situation, of_customer=question.customer_id is not None),
            "forms": self._forms.drawn(
                context,
                shelf.definitions,
                subject.facts,
                units(situation),
                situation.settings,
                before(situation),
            ),
        }
        return repaired(answer, gone)

    def opener(self, context: Context, question: OpenerQuestion) -> Document:
        """Why an offer may not be chosen, and what would open it."""
        situation = self._asked(context, question)
        shelf = situation.shelf
        (code,) = known_picks(shelf.definitions, {question.offer: 1})
        found = openers.closed(
            shelf,
            situation.facts,
            situation.kept,
            situation.held,
            situation.chosen,
            code,
            at_an_address=situation.subject.at_an_address,
        )
        rules = shelf.engine.applied(situation.facts)
        movers = targets.movers(situation, rules, code)
        return {
            **openers.shown(shelf, found),
            "movers": [{"productId": each.id, "name": each.name} for each in movers],
        }

    def targets(self, context: Context, question: TargetsQuestion) -> Document:
        """What a product of the customer may become."""
        situation = self._asked(context, question)
        holding = situation.change.holding(question.product_id)
        rules = situation.shelf.engine.applied(situation.facts)
        found = targets.targets(situation, rules, holding)
        return {"targets": [targets.shown(situation, holding, each) for each in found]}

    def repackage(self, context: Context, question: ChoicesQuestion) -> Document | None:
        """The cheapest lawful package that keeps what is used; None where nothing is cheaper."""
        situation = self._asked(context, question)
        shelf = situation.shelf
        with self._lock:
            if self._packager is None or self._packager[0] is not shelf:
                self._packager = (shelf, Packager(shelf.definitions))
            packager = self._packager[1]
        return repackaged(situation, packager)

    def rates(self, context: Context, subject: Subject, wanted: str | None) -> Rates:
        """What things cost under the list asked for, if it is lawful; else under the default."""
        shelf = self.shelf(context)
        chosen = _chosen(_price_lists(shelf.definitions, subject, context), wanted)
        return shelf.rates(chosen, subject.facts)

    def _asked(self, context: Context, question: ChoicesQuestion) -> Situation:
        shelf = self.shelf(context)
        subject = self.subject(context, question)
        lists = _price_lists(shelf.definitions, subject, context)
        price_list = _chosen(lists, question.price_list)
        return self._situation(context, shelf, subject, price_list, question)

    def _situation(
        self,
        context: Context,
        shelf: Shelf,
        subject: Subject,
        price_list: PriceList,
        question: ChoicesQuestion,
    ) -> Situation:
        owner = question.customer_id
        products = (
            None
            if owner is None
            else holdings.of_customer(context, owner, self._under_way(context, owner))
        )
        change = change_of(shelf, question, products)
        return Situation(
            shelf=shelf,
            subject=subject,
            rates=shelf.rates(price_list, subject.facts),
            today=context.now.date(),
            change=change,
            kept=kept_of(shelf, subject.facts, change),
            picks=known_picks(shelf.definitions, question.picks),
            numbers=tuple(_numbers(context, question.numbers)),
            settings=question.settings,
        )


def answered(situation: Situation, *, of_customer: bool) -> Document:
    """What may be chosen, why not, what it costs, and what becomes of what is installed."""
    shelf, facts, held = situation.shelf, situation.facts, situation.held
    engine, rates, picks = shelf.engine, situation.rates, situation.picks
    answer = engine.answer(facts, held)
    quote = rates.quote(picks, situation.numbers, today=situation.today)
    instead = swaps(shelf, facts, held, picks)
    shown = {*answer.offerable, *instead, *picks}
    keeps = shown - strays(engine, facts, answer, picks)
    most = most_of(situation, shown)
    return {
        "priceList": rates.price_list.id,
        "offers": [
            offer_of(situation, code, held.get(code, 0), most[code], offerable=code in keeps)
            for code in shelf.definitions.catalogue.offers
            if code in shown
        ],
        "sections": sections(shelf.definitions, shelf.heads, shown),
        "hidden": [
            hidden_of(shelf, each) for each in hidden(shelf, facts, held, picks, answer, shown)
        ],
        "missing": [missing_of(each) for each in lacking(situation)],
        "forced": less(engine.forced(facts, held), held),
        **priced(quote, givers(situation)),
        "proposal": proposed(best_saving(engine, rates, facts, held, picks), rates.price_list),
        "repair": repairs.shown(shelf, repairs.repair(situation)),
        "installed": installed(situation),
        "difference": difference(situation, quote) if of_customer else None,
    }


def question_of(body: Document) -> ChoicesQuestion:
    """A question as the desk would ask it; Invalid names the attribute that is wrong."""
    try:
        return ChoicesQuestion.model_validate(body)
    except ValidationError as fault:
        wrong = str(fault.errors()[0]["loc"][-1])
        sentence = f"{wrong} is not written as it should be."
        field = Field(wrong, sentence)
        raise Invalid(sentence, code="invalidBody", fields=(field,)) from None


def _price_lists(
    definitions: Definitions, subject: Subject, context: Context
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
