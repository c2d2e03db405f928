"""What stands above the tabs: who it is, what he asks most, what he must hear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from app.accounts.families import Known
from app.accounts.reading import emails, fact, home, language_name, noted, telephones
from app.accounts.records import Alert, Answer, Chip, Header, Piece, Products, Target
from app.customers.rows import telephone
from app.language import tr, trn
from app.letters.listing import at_of, document_of, fate, way
from app.orders.film import progress_of
from app.orders.orders import change_each_month, open_orders, state_of
from app.orders.tasks import tasks_of
from app.orders.wording import title_of
from app.texts import full_day, long_day, money, short_day
from backend_client.communication import CommunicationMessage
from backend_client.desk_records import Account


def header_of(account: Account, products: Products, known: Known, now: dt.datetime) -> Header:
    """`products` as `products_of` gave them."""
    customer = account.customer
    return Header(
        name=name_of(account),
        number=customer.id if customer else "",
        chips=tuple(_chips(account)),
        pieces=tuple(_pieces(account, now)),
        answers=tuple(_answers(account, products, known, now)),
        alerts=tuple(_alerts(account, known, now)),
    )


def name_of(account: Account) -> str:
    party, customer = account.party, account.customer
    if customer and customer.name:
        return customer.name
    if party is None:
        return tr("Customer")
    if party.is_organization:
        return party.trading_name or party.name or tr("Organization")
    whole = " ".join(name for name in (party.given_name, party.family_name) if name)
    return party.full_name or whole or tr("Customer")


def _chips(account: Account) -> Iterator[Chip]:
    status = (account.customer.status if account.customer else None) or ""
    words = {
        "suspended": Chip(tr("Suspended"), "warn"),
        "closed": Chip(tr("Closed"), "bad"),
        "initialized": Chip(tr("Not active yet"), "info"),
    }
    if status in words:
        yield words[status]
    segments = {"RES": tr("Private"), "BUS": tr("Business"), "STAFF": tr("Staff")}
    segment = segments.get(fact(account, "segment"))
    if segment:
        yield Chip(segment)
    if credit := fact(account, "credit"):
        yield Chip(tr("Credit {letter}", letter=credit))
    if fact(account, "vulnerable") in {"1", "True"}:
        yield Chip(tr("Depends on the phone"), "info")


def _pieces(account: Account, now: dt.datetime) -> Iterator[Piece]:
    born = account.party.born if account.party else None
    if born is not None:
        years = now.year - born.year - ((now.month, now.day) < (born.month, born.day))
        yield Piece(trn("{count} year", "{count} years", years))
    if address := home(account):
        yield Piece(address, "pin")
    if numbers := telephones(account):
        yield Piece(telephone(numbers[0]), "phone")
    if addresses := emails(account):
        yield Piece(addresses[0], "letter")
    period = account.customer.valid_for if account.customer else None
    if period and period.start_date_time:
        day = period.start_date_time.astimezone(now.tzinfo).date()
        yield Piece(tr("Customer since {day}", day=_day_of(day)))
    if spoken := ", ".join(_languages(account)):
        yield Piece(tr("Speaks {languages}", languages=spoken))


def _day_of(value: dt.date) -> str:
    return f"{long_day(value).partition(' ')[2]} {value.year}"


def _languages(account: Account) -> list[str]:
    known = account.party.language_ability if account.party else ()
    ordered = sorted(known, key=lambda each: not each.is_favourite_language)
    found = [each.language_name or language_name(each.language_code or "") for each in ordered]
    noted_language = language_name(noted(account, "language"))
    return [tr(name) for name in found if name] or ([tr(noted_language)] if noted_language else [])


def _answers(
    account: Account, products: Products, known: Known, now: dt.datetime
) -> Iterator[Answer]:
    if products.count:
        yield _bill(account, products, known)
    if account.orders:
        yield _order(account, known, now)
    if products.count:
        yield _contract(products)


def _bill(account: Account, products: Products, known: Known) -> Answer:
    changes = [order for order in open_orders(account) if change_each_month(account, order)]
    if products.is_to_come:
        cause = tr("From the day it works")
    elif changes:
        change = sum((change_each_month(account, order) for order in changes), Decimal(0))
        title = title_of(changes[0], known)
        cause = tr("{change} after {order}", change=money(change, signed=True), order=title)
    else:
        cause = trn("{count} product", "{count} products", products.count)
    return Answer(
        id="bill",
        icon="receipt",
        question=tr("What do I pay?"),
        answer=money(products.total),
        note=tr("every month"),
        cause=cause,
        target=Target("subscriptions"),
    )


def _order(account: Account, known: Known, now: dt.datetime) -> Answer:
    question = tr("Where is my order?")
    moving = open_orders(account)
    if not moving:
        last = account.orders[0]
        ended = last.completion_date or last.cancellation_date or last.order_date
        day = short_day(ended.astimezone(now.tzinfo).date(), today=now.date()) if ended else ""
        cause = ", ".join(part for part in (title_of(last, known), day) if part)
        return Answer("order", "list", question, tr("No open order"), cause,
                      Target("orders", last.id))  # fmt: skip
    order = moving[0]
    tasks = tasks_of(account.flows, order.id)
    state = state_of(order, tasks, now)
    progress = progress_of(tasks, now)
    parts = [progress.hours, state.text[:1].lower() + state.text[1:]]
    if progress.of:
        parts.append(tr("step {at} of {of}", at=progress.at, of=progress.of))
    if len(moving) > 1:
        parts.append(trn("{count} more order", "{count} more orders", len(moving) - 1))
    answer = f"{progress.title} {progress.day}".strip() or title_of(order, known)
    cause = progress.reason or " · ".join(part for part in parts if part)
    return Answer("order", "list", question, answer, cause, Target("orders", order.id), key="C")


def _contract(products: Products) -> Answer:
    bound = [each for group in products.groups for each in group.products if each.ends]
    bound.sort(key=lambda each: (each.ends or dt.date.max, each.name))
    question = tr("When does my contract end?")
    if not bound and products.to_come:
        answer = trn("{count} month", "{count} months", products.to_come)
        return Answer("contract", "calendar", question, answer,
                      tr("From the day it works"), Target("subscriptions"))  # fmt: skip
    if not bound:
        return Answer("contract", "calendar", question, tr("Any time"),
                      tr("No minimum term"), Target("subscriptions"))  # fmt: skip
    first, last = bound[0], bound[-1]
    ends = full_day(last.ends or dt.date.max)
    if first.ends == last.ends:
        cause = ", ".join(each.name for each in bound)
    else:
        day = full_day(first.ends or dt.date.max)
        cause = tr("{product} before, {day}", product=first.name, day=day)
    return Answer("contract", "calendar", question, ends, cause, Target("subscriptions", last.id))


def _alerts(account: Account, known: Known, now: dt.datetime) -> Iterator[Alert]:
    for order in open_orders(account):
        tasks = tasks_of(account.flows, order.id)
        state = state_of(order, tasks, now)
        if state.tone in {"warn", "bad"}:
            progress = progress_of(tasks, now)
            lead = tr("{order}: {state}.", order=title_of(order, known), state=state.text.lower())
            reason = progress.reason or progress.title
            yield Alert(f"order-{order.id}", "film", lead, reason, Target("orders", order.id))
    failed = returned(account)
    if failed is not None:
        day = short_day(at_of(failed).astimezone(now.tzinfo).date(), today=now.date())
        kind = way(failed)
        lead = tr("{way} returned on {day}.", way=kind, day=day)
        text = tr("Ask for the right address.") if kind == tr("E-mail") else tr("Ask how to reach.")
        target = Target("letters", document_of(failed) or failed.id)
        yield Alert("returned", "letter", lead, text, target)
    if fact(account, "arrears") in {"1", "True"}:
        text = tr("Settle it, or agree a payment plan.")
        yield Alert("arrears", "receipt", tr("There is an unpaid balance."), text,
                    Target("subscriptions"))  # fmt: skip


def returned(account: Account) -> CommunicationMessage | None:
    """The last message to an address if it failed; a later success to it clears it."""
    latest: dict[str, CommunicationMessage] = {}
    for message in sorted(account.messages, key=at_of):
        to = message.receiver[0] if message.receiver else None
        address = (to.email or to.phone_number or "") if to else ""
        if address and message.state in {"completed", "failed"}:
            latest[address] = message
    current = {*emails(account), *telephones(account)}
    failed = [
        message
        for address, message in latest.items()
        if fate(message) == "bad" and address in current
    ]
    return max(failed, key=at_of, default=None)
