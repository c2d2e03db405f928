"""The draft in words and figures: what stands at the side, and what is read out."""

from __future__ import annotations

from decimal import Decimal

from app.language import tr, trn
from app.texts import joined, money
from app.wizard.choices import BasketItem, Choices
from app.wizard.draft import Draft
from app.wizard.offers_view import split_name
from app.wizard.report import Report
from app.wizard.steps import Step

COOLING_OFF_DAYS = 14  # Consumer Contracts Regulations 2013, regulation 30


def basket(draft: Draft, choices: Choices | None) -> tuple[BasketItem, ...]:
    """Items at the side: nothing while only an account is made."""
    return () if draft.only_account or choices is None else choices.basket


def sentence_to_read(draft: Draft, choices: Choices) -> str:
    """What the agent reads out before the customer agrees."""
    mains = [item for item in choices.basket if _is_main(item, choices)]
    parts = [tr("You take {products}", products=_list_of(mains))]
    if choices.totals.monthly:
        parts.append(tr("for {price} a month", price=money(choices.totals.monthly)))
    if choices.totals.once:
        parts.append(tr("and {price} once", price=money(choices.totals.once)))
    sentences = [" ".join(parts) + ".", *_terms(draft, choices)]
    if choices.totals.vat == "added":
        sentences.append(tr("VAT is added to these prices."))
    sentences.append(tr("You can cancel within {days} days.", days=COOLING_OFF_DAYS))
    sentences.append(tr("Do you agree?"))
    return " ".join(sentences)


def _is_main(item: BasketItem, choices: Choices) -> bool:
    offer = choices.offer(item.id)
    return bool(offer and offer.role in {"line", "service", "item"})


def _list_of(items: list[BasketItem]) -> str:
    short = [(item.quantity, split_name(item.name)[0]) for item in items]
    names = [name if quantity == 1 else f"{quantity} × {name}" for quantity, name in short]
    return joined(names)


def _terms(draft: Draft, choices: Choices) -> list[str]:
    """How long each minimum term binds, the longest first."""
    by_term: dict[int, list[str]] = {}
    for offer in choices.offers:
        if draft.picks.get(offer.id) and offer.term > 1:
            by_term.setdefault(offer.term, []).append(split_name(offer.name)[0])
    return [
        trn(
            "{names} runs {term} months.",
            "{names} run {term} months.",
            len(names),
            names=joined(names),
            term=term,
        )
        for term, names in sorted(by_term.items(), reverse=True)
    ]


def missing_in_words(step: Step, draft: Draft, choices: Choices | None, report: Report) -> str:
    """The line under a step's name: what is missing there, else what stands there."""
    found = report.of(step)
    if found:
        first = found[0].title.rstrip(".")
        return first if len(found) == 1 else tr("{count} things missing", count=len(found))
    return _standing(step, draft, choices)


def _standing(step: Step, draft: Draft, choices: Choices | None) -> str:
    match step:
        case Step.CUSTOMER:
            return draft.title
        case Step.SERVICE if draft.only_account:
            return tr("only an account")
        case Step.SERVICE:
            monthly = choices.totals.monthly if choices else Decimal(0)
            count = sum(draft.picks.values())
            return trn(
                "{count} item, {price}", "{count} items, {price}", count, price=money(monthly)
            )
        case Step.NUMBERS:
            return trn("{count} chosen", "{count} chosen", len(draft.holds))
        case Step.NOTIFICATIONS:
            chosen = sum(message.chosen for message in draft.messages)
            return trn("{count} e-mail ready", "{count} e-mails ready", chosen)
        case _:
            return tr("nothing missing")
