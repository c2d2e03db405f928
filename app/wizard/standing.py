"""How far a draft has come: what is missing, what it costs and what it is about."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from app.texts import money
from app.wizard.choices import Choices
from app.wizard.draft import Draft, Standing
from app.wizard.news import prices_of
from app.wizard.offers_view import split_name
from app.wizard.report import Report

_NAMED = frozenset({"line", "service", "item"})


def with_standing(draft: Draft, choices: Choices | None, report: Report) -> Draft:
    """The draft as it is written down; as long as nothing was answered it keeps what it had."""
    if choices is None:
        return draft
    standing = Standing(
        missing=len(report.blockers(draft)),
        price=_price(draft, choices),
        about=() if draft.only_account else _about(choices),
        catalogue=choices.catalogue_version,
        facts=dict(choices.facts),
        prices=prices_of(choices),
    )
    return replace(draft, standing=standing)


def _price(draft: Draft, choices: Choices) -> str:
    if draft.only_account:
        return ""
    changed = choices.difference
    if changed is not None and (changed.monthly_before or draft.changes_installed):
        return money(changed.monthly_after - changed.monthly_before, signed=True)
    if not draft.picks:
        return ""
    return money(choices.totals.monthly if choices.basket else Decimal(0))


def _about(choices: Choices) -> tuple[str, ...]:
    """Names of what stands in the basket for itself, with how many where there are several."""
    names = []
    for item in choices.basket:
        offer = choices.offer(item.id)
        if offer is None or offer.role not in _NAMED or item.monthly < 0:
            continue
        name = split_name(item.name)[0]
        names.append(name if item.quantity == 1 else f"{item.quantity} × {name}")
    return tuple(names)
