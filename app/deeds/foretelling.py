"""What a deed would bring, in words: cost, beginning, steps, letters, the sentence to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.accounts.reading import monthly, once
from app.customers.rows import telephone
from app.deeds.checks import day_of, is_urgent, until_of
from app.deeds.deed import Deed
from app.language import tr
from app.letters.names import titled
from app.orders.items import bare, item_name
from app.texts import full_day, long_day, money
from backend_client.desk_records import Account, Preview
from backend_client.ordering import ProductOrder, ProductOrderItem


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the panel: words, and a figure or day at the right."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Foretold:
    """What happens if it is sent now. `also` names what goes along, `letters` have their way."""

    begins: str
    lines: tuple[Line, ...]
    also: tuple[str, ...]
    steps: tuple[str, ...]
    letters: tuple[Line, ...]
    sentence: str


def foretold(deed: Deed, preview: Preview, account: Account, *, today: dt.date) -> Foretold:
    """Put into words what the server foretells of this deed."""
    order = preview.order
    items = order.product_order_item if order else ()
    return Foretold(
        begins=begins(deed, today=today),
        lines=(*_lines(deed, items, account), *_numbers(preview)),
        also=tuple(_also(deed, items)),
        steps=preview.steps,
        letters=tuple(Line(titled(each.id), _way(each.way)) for each in preview.letters),
        sentence=" ".join((*_number_words(preview), sentence(deed, order, today=today))),
    )


def begins(deed: Deed, *, today: dt.date) -> str:
    """When it begins: a hold, in which it can be undone, unless it is urgent."""
    if is_urgent(deed):
        return tr("At once, without a way back")
    day = day_of(deed, "day")
    if day is not None and day > today:
        return long_day(day)
    return tr("After 10 seconds, in which it can be undone")


def sentence(deed: Deed, order: ProductOrder | None, *, today: dt.date) -> str:
    """What the agent reads out before it is sent."""
    product, number = deed.product, telephone(deed.number)
    what = f"{product}, {number}" if number else product
    match deed.name:
        case "suspend":
            until = until_of(deed)
            words = tr("I suspend {what}.", what=what)
            if until:
                words = tr("I suspend {what} until {day}.", what=what, day=long_day(until))
            words += " " + tr("Nobody can use it meanwhile; emergency calls go on working.")
        case "resume":
            words = tr("{what} works again in a moment.", what=what)
        case "sim":
            words = _sim_words(deed, number)
        case "number":
            new = telephone(deed.hold.number) if deed.hold else _number_of(order)
            words = tr("Your number {old} stops and becomes {new}.", old=number, new=new)
        case "owner":
            words = tr(
                "{product} goes to {name}, who pays for it from then on. Do you both agree?",
                product=what,
                name=deed.taker_name,
            )
        case _:
            day = day_of(deed, "day") or today
            words = tr(
                "On {day} everything works at {place}. Do you agree?",
                day=long_day(day),
                place=deed.address,
            )
    paid = _paid(order)
    return f"{words} {tr('It costs {price} once.', price=money(paid))}" if paid else words


def _sim_words(deed: Deed, number: str) -> str:
    if deed.said("kind") == "esim":
        return tr("You get an eSIM for {number}; the old SIM stops when it works.", number=number)
    if deed.said("iccid"):
        return tr("The SIM in your hand becomes {number}; the old one stops then.", number=number)
    return tr("A new SIM for {number} is posted; the old one stops when it works.", number=number)


def _paid(order: ProductOrder | None) -> Decimal:
    items = order.product_order_item if order else ()
    return sum((once(each.item_price) for each in items), Decimal(0))


def _number_of(order: ProductOrder | None) -> str:
    """The number that the server would assign."""
    for item in order.product_order_item if order else ():
        for each in item.product.product_characteristic if item.product else ():
            if each.name == "telephoneNumber" and each.value:
                return telephone(str(each.value))
    return tr("the next free one")


def _lines(deed: Deed, items: tuple[ProductOrderItem, ...], account: Account) -> Iterator[Line]:
    yield Line(tr("Once"), money(sum((once(each.item_price) for each in items), Decimal(0))))
    prices = {each.id: monthly(each.product_price) for each in account.products}
    before = after = Decimal(0)
    for item in items:
        old = prices.get(item.product.id, Decimal(0)) if item.product else Decimal(0)
        new = monthly(item.item_price) if item.item_price else old
        before += old
        after += Decimal(0) if item.action == "delete" else new
    if deed.name == "move" and before != after:
        yield Line(tr("Every month until now"), money(before))
        yield Line(tr("Every month then"), money(after))
    if deed.name in {"suspend", "resume"} and before:
        words = tr("rests") if deed.name == "suspend" else tr("is charged again")
        yield Line(tr("{price} every month", price=money(before)), words)
    if deed.name == "suspend" and (until := until_of(deed)):
        yield Line(tr("Works again by itself"), full_day(until))
    if deed.name == "number" and deed.hold is None:
        order = ProductOrder(product_order_item=items)
        yield Line(tr("New number"), _number_of(order))


def _numbers(preview: Preview) -> Iterator[Line]:
    for each in preview.numbers:
        fate = tr("stays") if each.stays else tr("a new one")
        yield Line(telephone(each.number), fate)


def _number_words(preview: Preview) -> Iterator[str]:
    """A number that cannot go along is told before anybody agrees."""
    for each in preview.numbers:
        number = telephone(each.number)
        if each.stays:
            yield tr("The number {number} stays.", number=number)
        else:
            yield tr(
                "The number {number} belongs to the old town and ends: there will be a new one.",
                number=number,
            )


def _also(deed: Deed, items: tuple[ProductOrderItem, ...]) -> Iterator[str]:
    """What the server took along although nobody asked for it."""
    meant = {deed.product_id, *deed.fates}
    for item in items:
        if item.product and item.product.id not in meant:
            name = bare(item_name(item))
            yield tr("{name} ends", name=name) if item.action == "delete" else name


def _way(way: str) -> str:
    return {"email": tr("e-mail"), "text": tr("text")}.get(way, tr("letter"))
