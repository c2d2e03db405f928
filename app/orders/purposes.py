"""What an order is for, beyond adding products: its title, and how it is spoken of."""

from __future__ import annotations

from collections.abc import Mapping

from app.accounts.reading import brief_address, monthly, text_of
from app.customers.rows import telephone
from app.language import tr
from app.orders.items import bare, item_name, listed
from backend_client.ordering import ProductOrder, ProductOrderItem

_ABOUT_ALL = ("ownership", "relocate")  # these are about the order, not about one of its items
_BY_ACTION: Mapping[str, str] = {"delete": "discontinue", "noChange": ""}
"""For servers that name no purpose; an action that says too little stands for itself."""
_TOLD = frozenset(
    {*_ABOUT_ALL, "suspend", "resume", "simSwap", "numberChange", "change", "discontinue"}
)


def purpose_of(order: ProductOrder) -> str:
    """The one thing an order is for; empty where it adds, moves, or does several things."""
    found = {purpose for item in order.product_order_item if (purpose := _purpose(item))}
    for purpose in _ABOUT_ALL:
        if purpose in found:
            return purpose
    only = found.pop() if len(found) == 1 else ""
    return only if only in _TOLD else ""


def title_by_purpose(order: ProductOrder) -> str:
    """The title of an order that is for one thing; empty where its products say more.

    What has ended is called by its name alone: its lane says the rest.
    """
    purpose = purpose_of(order)
    if purpose == "discontinue" and order.is_final:
        return ""
    what, number = subject(order), number_of(order)
    titles = {
        "suspend": tr("Suspension of {what}", what=what),
        "resume": tr("Restart of {what}", what=what),
        "simSwap": tr("SIM change, {what}", what=number or what),
        "numberChange": tr("Change of number to {number}", number=number),
        "change": tr("Change of {what}", what=what),
        "discontinue": tr("End of {what}", what=what),
        "relocate": tr("Move to {place}", place=street(order)),
        "ownership": tr("New owner: {name}", name=new_owner(order)),
    }
    bare_titles = {
        "numberChange": tr("Change of number, {what}", what=what) if not number else "",
        "relocate": tr("Move to another address") if not street(order) else "",
        "ownership": tr("Change of owner") if not new_owner(order) else "",
    }
    return bare_titles.get(purpose) or titles.get(purpose, "")


def spoken_of(order: ProductOrder, title: str) -> str:
    """An order at the beginning of a sentence to a caller."""
    what, number = subject(order), number_of(order)
    phrases = {
        "suspend": tr("The suspension of {what}", what=what),
        "resume": tr("The restart of {what}", what=what),
        "simSwap": tr("The change of SIM for {what}", what=number or what),
        "numberChange": tr("The change of number of {what}", what=bare_subject(order)),
        "change": tr("The change of {what}", what=what),
        "discontinue": tr("The end of {what}", what=what),
        "relocate": tr("The move to {place}", place=street(order) or tr("another address")),
        "ownership": tr("The change of owner of {what}", what=what),
    }
    return phrases.get(purpose_of(order)) or tr("Your order {title}", title=title)


def done_words(order: ProductOrder, day: str) -> str:
    """What has come of an order that is done; empty where "done" says it all."""
    what, number = subject(order), number_of(order)
    since = tr("since {day}", day=day) if day else ""
    words = {
        "suspend": tr("{what} is suspended", what=what),
        "resume": tr("{what} works again", what=what),
        "simSwap": tr("{what} works with its new SIM", what=number or what),
        "numberChange": tr("The new number is {number}", number=number) if number else "",
        "relocate": tr("Everything works at {place}", place=street(order)) if street(order) else "",
    }.get(purpose_of(order), "")
    return f"{words} {since}".strip() + "." if words else ""


def subject(order: ProductOrder) -> str:
    """`Skarv 100, 07700 900471`; where the order is about several, all their names."""
    name, number = bare_subject(order), number_of(order)
    return f"{name}, {number}" if name and number else name or number


def bare_subject(order: ProductOrder) -> str:
    """The names of what the order is about, without the number."""
    items = order.product_order_item
    lines = [item for item in items if _number(item)]
    paid = [item for item in items if monthly(item.item_price) > 0]
    return listed(list(dict.fromkeys(bare(item_name(item)) for item in lines or paid or items)))


def number_of(order: ProductOrder) -> str:
    """The telephone number an order is about, as people read it; empty for none or several."""
    found = {number for item in order.product_order_item if (number := _number(item))}
    return telephone(found.pop()) if len(found) == 1 else ""


def street(order: ProductOrder) -> str:
    """`3 Sprucegate`: where everything moves."""
    named = [
        place.name
        for item in order.product_order_item
        if item.product
        for place in item.product.place
        if place.name
    ]
    return brief_address(named[0]).partition(",")[0] if named else ""


def new_owner(order: ProductOrder) -> str:
    """Who takes the products over, by name."""
    named = (each.name for each in order.related_party if each.role == "newOwner")
    return next((name for name in named if name), "")


def _purpose(item: ProductOrderItem) -> str:
    return item.purpose if item.purpose is not None else _BY_ACTION.get(item.action, item.action)


def _number(item: ProductOrderItem) -> str:
    return text_of(item.product.product_characteristic, "telephoneNumber") if item.product else ""
