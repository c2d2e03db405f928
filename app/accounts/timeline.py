"""What happened between customer and operator, newest first: orders and letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from app.accounts.families import Known
from app.accounts.records import Contact, Target
from app.language import tr
from app.letters.records import Letter
from app.orders.wording import title_of
from app.texts import moment, short_day
from backend_client.desk_records import Account


def contacts_of(
    account: Account, letters: Iterable[Letter], known: Known, now: dt.datetime
) -> tuple[Contact, ...]:
    found = [*_orders(account, known, now), *_letters(letters, now)]
    return tuple(sorted(found, key=lambda contact: contact.at, reverse=True))


def _orders(account: Account, known: Known, now: dt.datetime) -> Iterator[Contact]:
    for order in account.orders:
        if order.order_date is None:
            continue
        who = next((each.name for each in order.channel if each.name), "")
        yield Contact(
            id=f"order-{order.id}",
            icon="film",
            title=tr("Ordered {what}", what=title_of(order, known)),
            note=" · ".join(part for part in (who, order.number) if part),
            at=order.order_date,
            when=_when(order.order_date, now),
            target=Target("orders", order.id),
        )


def _letters(letters: Iterable[Letter], now: dt.datetime) -> Iterator[Contact]:
    for letter in letters:
        yield Contact(
            id=f"letter-{letter.id}",
            icon=letter.icon,
            title=letter.title,
            note=letter.note,
            at=letter.at,
            when=_when(letter.at, now),
            target=Target("letters", letter.id),
            tone=letter.tone,
        )


def _when(value: dt.datetime, now: dt.datetime) -> str:
    local = value.astimezone(now.tzinfo)
    if local.date() == now.date():
        return moment(value, now=now)
    return short_day(local.date(), today=now.date())
