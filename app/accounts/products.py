"""What the customer has: grouped by address and by number, with terms and sums."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from app.accounts.families import (
    Known,
    icon_of,
    is_over_and_done,
    is_sim,
    place_in_catalogue,
)
from app.accounts.reading import (
    HELD,
    RUNNING,
    brief_address,
    ends_on,
    home,
    line_of,
    monthly,
    months_of,
    number_of,
    text_of,
)
from app.accounts.records import Chip, Group, Product, Products
from app.customers.rows import telephone
from app.language import tr
from app.orders.items import detail, short
from app.orders.wording import becomes, leaving
from app.texts import full_day, money, short_day
from backend_client import inventory
from backend_client.desk_records import Account

_ELSEWHERE = "elsewhere"
_A_TERM = re.compile(r"\d+ m")
"""What stands behind the name of a handset on credit: the term has a place of its own."""


def products_of(account: Account, known: Known, now: dt.datetime) -> Products:
    """Everything the customer has, and what ended; a SIM counts with its number.

    What was done once, such as an engineer's visit, is told by its order alone.
    """
    lasting = [each for each in account.products if not is_over_and_done(each, known)]
    held = [each for each in lasting if each.state in HELD]
    held.sort(key=lambda each: place_in_catalogue(each, known))
    gone = [each for each in account.products if each.state not in HELD]
    view = _Viewer(account, known, now)
    groups = tuple(_groups(account, held, view))
    total = sum((group.monthly for group in groups), Decimal(0))
    ended = sorted(gone, key=lambda each: each.termination_date or now, reverse=True)
    count = sum(1 for each in held if not view.is_sim(each))
    coming = [months_of(each) for each in held if each.state not in RUNNING]
    to_come = max((months for months in coming if months > 1), default=0)
    then = sum((group.coming for group in groups), Decimal(0))
    over = tuple(view.product(each) for each in ended)
    return Products(groups, over, count, total, to_come, then)


class _Viewer:
    """Turns a product into words."""

    def __init__(self, account: Account, known: Known, now: dt.datetime) -> None:
        self._known = known
        self._today = now.date()
        self._becomes = becomes(account.orders, known)
        self._leaving = leaving(account.orders)

    def icon(self, product: inventory.Product) -> str:
        return icon_of(product, self._known)

    def is_sim(self, product: inventory.Product) -> bool:
        return is_sim(product, self._known)

    def product(self, product: inventory.Product) -> Product:
        price = monthly(product.product_price)
        name = product.name or tr("Product")
        words = detail(name)
        words = "" if _A_TERM.fullmatch(words) else words[:1].upper() + words[1:]
        moving = product.id in self._becomes or product.id in self._leaving
        state = self._moving(product) if moving else self._state(product, words)
        return Product(
            id=product.id,
            icon=self.icon(product),
            name=short(name),
            detail=words,
            until=self._until(product, price),
            term=self._term(product),
            monthly=price,
            state=state,
            since=product.start_date.date() if product.start_date else None,
            ends=ends_on(product),
            is_held=product.state in HELD,
            is_running=product.state in RUNNING,
            marked=product.state in HELD and (product.state != "active" or moving),
        )

    def _until(self, product: inventory.Product, price: Decimal) -> str:
        if product.termination_date and product.state not in HELD:
            return tr("Ended {day}", day=full_day(product.termination_date.date()))
        ends = ends_on(product)
        if ends is not None:
            return tr("Until {day}", day=full_day(ends))
        if months_of(product) > 1:
            return self._term(product)
        if not price and not months_of(product):
            return tr("Free")
        return tr("Monthly")

    def _term(self, product: inventory.Product) -> str:
        months = months_of(product)
        return tr("{months} months", months=months) if months > 1 else tr("Monthly")

    def _moving(self, product: inventory.Product) -> Chip:
        if product.id in self._becomes:
            return Chip(tr("Becomes {product}", product=self._becomes[product.id]), "info")
        return Chip(tr("Ends by an order"), "warn")

    def _state(self, product: inventory.Product, words: str) -> Chip:
        states = {
            "created": Chip(tr("Ordered"), "info"),
            "pendingActive": Chip(tr("Being set up"), "info"),
            "suspended": Chip(tr("Suspended"), "warn"),
            "pendingTerminate": Chip(tr("Is ending"), "warn"),
            "terminated": Chip(tr("Ended")),
            "cancelled": Chip(tr("Cancelled")),
            "aborted": Chip(tr("Failed"), "bad"),
        }
        since = product.start_date
        if not words and since is not None:
            day = short_day(since.date(), today=self._today)
            words = tr("Works since {day}", day=day)
        return states.get(product.state, Chip(words or tr("Active"), "good"))


def _groups(account: Account, held: list[inventory.Product], view: _Viewer) -> Iterable[Group]:
    lines = {each.id: each for each in held if number_of(each)}
    roots = _roots(held)
    places = dict.fromkeys(_place(each) for each in held if roots[each.id] not in lines)
    real = [place for place in places if place]
    for place in [*real, ""]:
        here = [
            each
            for each in held
            if roots[each.id] not in lines and (_place(each) or (real or [""])[0]) == place
        ]
        if here:
            yield _at_place(account, place, here, view)
    for line in lines.values():
        own = [each for each in held if roots[each.id] == line.id]
        yield _on_number(line, own, view)


def _roots(held: Iterable[inventory.Product]) -> Mapping[str, str]:
    """For each product the one it ends up relying on; itself where it stands alone."""
    above = {each.id: line_of(each) for each in held}
    found = {}
    for each in above:
        root, seen = each, {each}
        while above.get(root, "") in above and above[root] not in seen:
            root = above[root]
            seen.add(root)
        found[each] = root
    return found


def _place(product: inventory.Product) -> str:
    return next((each.id or each.name or "" for each in product.place), "")


def _at_place(account: Account, place: str, here: list[inventory.Product], view: _Viewer) -> Group:
    labels = {each.id: each.label for each in account.places}
    named = next((each.place[0].name for each in here if each.place and each.place[0].name), None)
    title = labels.get(place) or named or (home(account) if place else "")
    return _group(
        place or _ELSEWHERE, "pin", brief_address(title) or tr("Other products"), "", here, view
    )


def _on_number(line: inventory.Product, own: list[inventory.Product], view: _Viewer) -> Group:
    number = telephone(number_of(line))
    user = text_of(line.product_characteristic, "userName")
    sims = [each.name or "" for each in own if view.is_sim(each)]
    others = [each for each in own if not view.is_sim(each)]
    others.sort(key=lambda each: each.id != line.id)
    title = f"{number} · {user}" if user else number
    icon = "phone" if view.icon(line) == "phone" else "mobile"
    return _group(line.id, icon, title, ", ".join(sims), others, view)


def _group(
    identity: str,
    icon: str,
    title: str,
    note: str,
    here: list[inventory.Product],
    view: _Viewer,
) -> Group:
    """Savings are told on the last product that has room for it, as they are no product."""
    shown = [view.product(each) for each in here]
    savings = tuple(each for each in shown if each.monthly < 0)
    products = [each for each in shown if each.monthly >= 0]
    for saving in savings:
        free = [at for at, each in enumerate(products) if not each.marked]
        if free:
            text = f"{saving.name} {money(saving.monthly)}"
            products[free[-1]] = replace(products[free[-1]], state=Chip(text, "good"), marked=True)
    total = sum((each.monthly for each in shown if each.is_running), Decimal(0))
    then = sum((each.monthly for each in shown if not each.is_running), Decimal(0))
    return Group(identity, icon, title, note, total, tuple(products), savings, then)
