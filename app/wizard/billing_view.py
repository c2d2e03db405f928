"""The billing step in words: lawful price lists with their difference, and how the bill comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.language import tr
from app.texts import money
from app.wizard.choices import Choices, Totals
from app.wizard.draft import Draft

PAPER_BILL = "X09"  # the catalogue's offer; another operator may have none, then paper is free
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


def paper_price(choices: Choices | None) -> Decimal | None:
    """What a paper bill costs a month; None where it is not sold here."""
    offer = choices.offer(PAPER_BILL) if choices else None
    return offer.monthly if offer else None


def bill_by(draft: Draft) -> str:
    """How the bill comes: what was set, else by e-mail."""
    if draft.picks.get(PAPER_BILL):
        return BY_PAPER
    kept = draft.fields.get("billBy", BY_EMAIL)
    return kept if kept != BY_PAPER else BY_EMAIL
