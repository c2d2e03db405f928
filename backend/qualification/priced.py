"""What a basket comes to, and the saving to propose, as the desk reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backend.catalog.definitions import PriceList
from backend.pricing.bills import FirstBill
from backend.pricing.money import Amounts
from backend.pricing.rules import Item, Quote
from backend.product_rules import Missing
from backend.qualification.savings import Saving
from backend.rest.resource import Document


def priced(quote: Quote, givers: Mapping[str, list[str]]) -> Document:
    """Basket, savings, totals and first bill; every amount as decimal text in pounds.

    `givers` are the names of what each saving is given for.
    """
    included = quote.price_list.vat == "included"
    return {
        "basket": _items(quote.items),
        "savings": [{**item, "of": givers.get(item["id"], [])} for item in _items(quote.savings)],
        "totals": {
            "monthly": str(quote.monthly.gross if included else quote.monthly.net),
            "once": str(quote.once.gross if included else quote.once.net),
            "vat": quote.price_list.vat,
            "firstBill": quote.bill.day.isoformat(),
            "monthlyAmounts": amounts_of(quote.monthly),
            "onceAmounts": amounts_of(quote.once),
        },
        "bill": {**bill_of(quote.bill), "total": amounts_of(quote.bill_total)},
    }


def proposed(saving: Saving | None, price_list: PriceList) -> Document | None:
    """The saving to propose, None where there is none."""
    if saving is None:
        return None
    return {
        "offer": saving.offer.code,
        "name": saving.offer.name,
        "saves": str(saving.saves),
        "gains": str(saving.gains),
        "vat": price_list.vat,
        "instead": list(saving.instead),
        "opensWith": [missing_of(each) for each in saving.opens_with],
    }


def missing_of(each: Missing) -> Document:
    """What is still needed for a whole order, and what serves."""
    return {
        "rule": each.rule,
        "text": each.text,
        "exactly": each.exactly,
        "count": each.needed,
        "serves": list(each.offers),
    }


def _items(items: Iterable[Item]) -> list[Document]:
    return [
        {
            "id": item.id,
            "name": item.name,
            "quantity": item.quantity,
            "monthly": str(item.monthly),
            "once": str(item.once),
        }
        for item in items
    ]


def amounts_of(amounts: Amounts) -> Document:
    """One amount without VAT, its VAT, and with it."""
    return {"net": str(amounts.net), "vat": str(amounts.tax), "gross": str(amounts.gross)}


def bill_of(bill: FirstBill) -> Document:
    """A bill without its total."""
    return {
        "day": bill.day.isoformat(),
        "start": bill.start.isoformat(),
        "days": bill.days,
        "daysOfMonth": bill.days_of_month,
        "partMonth": str(bill.part_month),
        "monthAhead": str(bill.month_ahead),
        "once": str(bill.once),
    }
