"""The basket at the side: rows, totals, and the one thing that is still missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from app.language import tr
from app.texts import long_day, money
from app.wizard.change_summary import (
    changed_lines,
    difference_of,
    next_bill_words,
    was_words,
)
from app.wizard.change_view import product_by_id, set_anew
from app.wizard.choices import BasketItem, Choices, Difference, lines_of, sims_of
from app.wizard.draft import Draft
from app.wizard.offers_view import split_name
from app.wizard.summary import basket
from app.wizard.wizard import Wizard

_MAIN = frozenset({"line", "service"})
_NUMBER = "number:"


@dataclass(frozen=True, slots=True)
class BasketRow:
    """One row; main rows are strong, savings are good news."""

    id: str
    name: str
    text: str = ""
    monthly: str = ""
    once: str = ""
    kind: Literal["main", "part", "saving"] = "part"


@dataclass(frozen=True, slots=True)
class BasketView:
    """Rows and totals; `lags`: the totals are those before the last change.

    Of a change `was` says what each month cost before; `exit_fees` and `bill` are amounts, empty
    where there are none.
    """

    rows: tuple[BasketRow, ...]
    monthly: str
    once: str
    first_bill: str
    vat: str
    missing: str
    empty: str = ""
    lags: bool = False
    was: str = ""
    exit_fees: str = ""
    bill: str = ""
    title: str = ""


def basket_of(wizard: Wizard) -> BasketView:
    """What stands at the side now."""
    return basket_view(wizard.draft, wizard.choices, unchecked=wizard.unchecked, lags=wizard.lags)


def basket_view(
    draft: Draft, choices: Choices | None, *, unchecked: bool = False, lags: bool = False
) -> BasketView:
    """Put a draft's basket into words and figures."""
    if choices is None or draft.only_account:
        empty = tr("Only an account is made.") if draft.only_account else ""
        return BasketView((), money_zero(), money_zero(), "", "", "", empty, lags)
    totals = choices.totals
    first = totals.first_bill
    missing = choices.missing[0].text if choices.missing else ""
    if unchecked:
        missing = tr("No line: these are the prices of the last answer.")
    view = BasketView(
        rows=tuple(_rows(draft, choices)),
        monthly=money(totals.monthly),
        once=money(totals.once),
        first_bill=tr("First bill, {day}", day=long_day(first).partition(" ")[2]) if first else "",
        vat=tr("VAT added") if totals.vat == "added" else tr("with VAT"),
        missing=missing,
        empty="" if choices.basket else tr("Nothing is chosen yet."),
        lags=lags,
    )
    difference = difference_of(draft, choices)
    return view if difference is None else _changed(view, draft, choices, difference)


def _changed(
    view: BasketView, draft: Draft, choices: Choices, difference: Difference
) -> BasketView:
    """The same for a customer who has something: what changes, and what it then costs."""
    name, bill = next_bill_words(difference)
    added = (_signed(row) for row in view.rows)
    rows = (*_change_rows(difference), *_set_anew(draft, choices), *added)
    return replace(
        view,
        rows=rows,
        monthly=money(difference.monthly_after),
        once=money(difference.once),
        first_bill=name,
        empty="" if rows else tr("Nothing is changed yet."),
        was=was_words(difference),
        exit_fees=money(difference.exit_fees) if difference.exit_fees else "",
        bill=bill,
        title=tr("Change"),
    )


def _set_anew(draft: Draft, choices: Choices) -> Iterable[BasketRow]:
    """Products of which only settings change; they cost what they cost."""
    for identity in set_anew(draft):
        product = product_by_id(choices, identity)
        if product is not None:
            name = split_name(product.name)[0]
            yield BasketRow(f"set:{identity}", name, tr("set anew"), kind="main")


def _signed(row: BasketRow) -> BasketRow:
    """What comes is more: beside what ends it is written with its sign."""
    return replace(row, monthly=f"+{row.monthly}") if row.monthly.startswith("£") else row


def _change_rows(difference: Difference) -> Iterable[BasketRow]:
    """What becomes something else with its difference, and what ends with what it cost."""
    for line in changed_lines(difference):
        if line.change == "add":
            continue  # stands in the basket
        name = split_name(line.name)[0]
        was = split_name(line.was)[0] if line.was else ""
        yield BasketRow(
            id=f"{line.change}:{line.product_id or line.offer}",
            name=name,
            text=tr("instead of {was}", was=was) if line.change == "move" else tr("ends"),
            monthly=money(line.monthly_after - line.monthly_before, signed=True),
            once=money(line.once) if line.once else "",
            kind="main",
        )


def money_zero() -> str:
    return "£0.00"


def _rows(draft: Draft, choices: Choices) -> Iterable[BasketRow]:
    items = basket(draft, choices)
    sims = {offer.id for offer in sims_of(draft.picks, choices)}
    held = {hold.number for hold in draft.holds.values()}
    for item in items:
        offer = choices.offer(item.id)
        if item.id in sims and not item.monthly and not item.once:
            continue  # named under its line
        if item.id.startswith(_NUMBER) and item.id.removeprefix(_NUMBER) in held:
            continue  # its price stands beside its line
        name, _ = split_name(item.name)
        if item.quantity > 1:
            name = f"{item.quantity} × {name}"
        kind: Literal["main", "part", "saving"] = "part"
        if item.monthly < 0:
            kind = "saving"
        elif offer and offer.role in _MAIN:
            kind = "main"
        yield BasketRow(
            item.id, name, _text(draft, choices, item), _monthly(item), _once(draft, item), kind
        )


def _monthly(item: BasketItem) -> str:
    return money(item.monthly) if item.monthly or not item.once else ""


def _once(draft: Draft, item: BasketItem) -> str:
    """What the item costs once, with the numbers held for it."""
    lines = (key for key in draft.holds if key.partition("#")[0] == item.id)
    once = item.once + sum((Decimal(draft.holds[key].once) for key in lines), Decimal(0))
    return money(once) if once else ""


def _text(draft: Draft, choices: Choices, item: BasketItem) -> str:
    """Numbers and SIMs under a line; under a saving what it is given for."""
    given = item.of or next((each.of for each in choices.savings if each.id == item.id), ())
    if given:
        return tr("for {names}", names=", ".join(split_name(name)[0] for name in given))
    lines = lines_of(draft.picks, choices)
    sims = sims_of(draft.picks, choices)
    mobile = [line for line in lines if line.number_type == "mobile"]
    said = []
    for line in lines:
        if line.offer.id != item.id:
            continue
        held = draft.holds.get(line.key)
        parts = [held.display] if held else []
        if line in mobile and mobile.index(line) < len(sims):
            sim = sims[mobile.index(line)].name
            parts.append(sim[0].lower() + sim[1:] if held else sim)
        if parts:
            said.append(", ".join(parts))
    return " · ".join(said)
