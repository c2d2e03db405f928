"""All that is known of one product, as rows of facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from app.accounts.families import Known, family_of
from app.accounts.reading import (
    ends_on,
    is_monthly,
    monthly,
    months_of,
    number_of,
    once,
    text_of,
)
from app.accounts.records import Fact
from app.customers.rows import telephone
from app.language import tr, trn
from app.texts import full_day, money
from backend_client.desk_records import Account
from backend_client.inventory import Product


def product_facts(
    account: Account, product_id: str, known: Known, now: dt.datetime
) -> tuple[Fact, ...]:
    """Rows for a product; none where the account has no such product."""
    found = next((each for each in account.products if each.id == product_id), None)
    if found is None:
        return ()
    rows = [*_price(found), *_term(found, now), *_place(account, found, known)]
    return tuple(Fact(id_, label, value, note) for id_, label, value, note in rows if value)


Row = tuple[str, str, str, str]


def _price(product: Product) -> Iterator[Row]:
    prices = product.product_price
    recurs = any(is_monthly(each) for each in prices)
    if recurs or not prices:
        yield "monthly", tr("Every month"), money(monthly(prices)), ""
    paid = once(prices)
    if paid or (prices and not recurs):
        yield "once", tr("Paid once"), money(paid), ""


def _term(product: Product, now: dt.datetime) -> Iterator[Row]:
    started = product.start_date
    if started is not None:
        yield "since", tr("Works since"), full_day(started.astimezone(now.tzinfo).date()), ""
    months, ends = months_of(product), ends_on(product)
    if months > 1:
        yield "term", tr("Minimum term"), tr("{months} months", months=months), ""
    if ends is not None:
        left = (ends - now.date()).days
        words = trn("{count} day left", "{count} days left", left) if left >= 0 else tr("over")
        yield "ends", tr("Until"), full_day(ends), words
    if product.termination_date is not None:
        yield "ended", tr("Ended"), full_day(product.termination_date.date()), ""


def _place(account: Account, product: Product, known: Known) -> Iterator[Row]:
    if number := number_of(product):
        user = text_of(product.product_characteristic, "userName")
        yield "number", tr("Number"), telephone(number), user
    for each in product.realizing_resource:
        if each.name == "SIM":
            yield "sim", tr("SIM"), each.value or each.id, ""
    labels = {place.id: place.label for place in account.places}
    for at, place in enumerate(product.place):
        yield f"place{at}", tr("Address"), labels.get(place.id or "", place.name or ""), ""
    if product.product_serial_number:
        yield "serial", tr("Serial number"), product.product_serial_number, ""
    offering = product.product_offering
    family = family_of(product, known)
    if offering is not None:
        yield "offer", tr("Offer"), offering.name or offering.id, ""
    if family.category:
        yield "family", tr("Family"), family.category, ""
    numbers = {order.id: order.number for order in account.orders}
    made = next((each.product_order_id for each in product.product_order_item), "")
    if made in numbers:
        yield "order", tr("Ordered by"), numbers[made], ""
