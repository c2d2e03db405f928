"""The billing step in words: lawful price lists with their difference, and how the bill comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.language import tr
from app.texts import money
from app.wizard import edits
from app.wizard.choices import Choices, OfferChoice, Totals
from app.wizard.draft import Draft

_PAPER_BILL = "paperBill"
BY_EMAIL, BY_ACCOUNT, BY_PAPER = "email", "account", "paper"


@dataclass(frozen=True, slots=True)
class PriceListView:
    """A price list that is lawful here; `difference` is against the one that holds now."""

    id: str
    name: str
    chosen: bool
    monthly: str
    difference: str


def price_lists(
    draft: Draft, choices: Choices | None, compared: Mapping[str, Totals]
) -> tuple[PriceListView, ...]:
    """Every lawful list; `compared` holds what the picks cost on the others."""
    if choices is None:
        return ()
    chosen = draft.price_list or choices.price_list
    return tuple(
        PriceListView(
            each.id,
            each.name,
            each.id == chosen,
            money((compared.get(each.id) or choices.totals).monthly)
            if each.id == chosen or each.id in compared
            else "",
            "" if each.id == chosen else _difference(choices.totals, compared.get(each.id)),
        )
        for each in choices.price_lists
    )


def _difference(now: Totals, then: Totals | None) -> str:
    if then is None:
        return ""
    monthly, once = then.monthly - now.monthly, then.once - now.once
    parts = []
    if monthly:
        parts.append(tr("{amount} a month", amount=money(monthly, signed=True)))
    if once:
        parts.append(tr("{amount} once", amount=money(once, signed=True)))
    return ", ".join(parts) or tr("no difference")


def paper_bill(choices: Choices | None) -> OfferChoice | None:
    """The offer that brings the bill on paper; None where it is not sold here."""
    offers = choices.offers if choices else ()
    return next((each for each in offers if each.role == _PAPER_BILL), None)


def paper_price(choices: Choices | None) -> Decimal | None:
    """What a paper bill costs a month; None where it is not sold here."""
    offer = paper_bill(choices)
    return offer.monthly if offer else None


def bill_by(draft: Draft, choices: Choices | None) -> str:
    """How the bill comes: what was set, else by e-mail."""
    paper = paper_bill(choices)
    if paper and draft.picks.get(paper.id):
        return BY_PAPER
    kept = draft.fields.get("billBy", BY_EMAIL)
    return kept if kept != BY_PAPER else BY_EMAIL


def send_bill(choices: Choices | None, by: str) -> tuple[edits.Edit, ...]:
    """Another way for the bill; paper is an offer that is picked or given up."""
    paper = paper_bill(choices)
    picked = (edits.pick(paper.id, 1 if by == BY_PAPER else 0),) if paper else ()
    return (*picked, edits.set_field("billBy", by))
