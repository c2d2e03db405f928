"""The facts of the Customer tab: who, where, how to reach and how to pay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from app.accounts.header import returned
from app.accounts.reading import (
    brief_address,
    emails,
    home,
    language_name,
    noted,
    people,
    telephones,
)
from app.accounts.records import Fact, Products
from app.customers.rows import telephone
from app.language import tr
from app.letters.listing import at_of
from app.texts import full_day, money, short_day
from backend_client.account import BillingAccount
from backend_client.desk_records import Account


def facts_of(account: Account, products: Products, now: dt.datetime) -> tuple[Fact, ...]:
    """Rows in three groups: the person, the money, and who else may speak for him."""
    groups = (
        tuple(_person(account, now)),
        tuple(_money(account, products)),
        tuple(_others(account)),
    )
    rows: list[Fact] = []
    for group in groups:
        if group and rows:
            rows += [replace(group[0], gap=True), *group[1:]]
        else:
            rows += group
    return tuple(rows)


def _person(account: Account, now: dt.datetime) -> Iterator[Fact]:
    yield from _party(account)
    for at, number in enumerate(telephones(account)):
        label = tr("Mobile") if number.replace(" ", "").startswith(("07", "+447")) else tr("Phone")
        yield Fact(f"phone{at}", label, telephone(number))
    yield from _emails(account, now)
    if address := home(account):
        yield Fact("home", tr("Lives at"), brief_address(address), copy=address)
    language = language_name(noted(account, "language"))
    if language:
        yield Fact("language", tr("Letters in"), tr(language))
    if seen := noted(account, "identitySeen"):
        yield Fact("identity", tr("Identity seen"), seen[:1].upper() + seen[1:])


def _party(account: Account) -> Iterator[Fact]:
    party = account.party
    if party is None:
        return
    if party.born:
        yield Fact("born", tr("Date of birth"), full_day(party.born))
    for at, each in enumerate(party.organization_identification):
        if each.identification_id:
            yield Fact(f"company{at}", tr("Company number"), each.identification_id)


def _emails(account: Account, now: dt.datetime) -> Iterator[Fact]:
    failed = returned(account)
    bad = failed.receiver[0].email if failed and failed.receiver else None
    for at, email in enumerate(emails(account)):
        if failed is not None and email == bad:
            day = short_day(at_of(failed).astimezone(now.tzinfo).date(), today=now.date())
            words = tr("Returned {day}", day=day)
            yield Fact(f"email{at}", tr("E-mail"), words, tone="warn", copy=email)
        else:
            yield Fact(f"email{at}", tr("E-mail"), email)


def _money(account: Account, products: Products) -> Iterator[Fact]:
    for at, billing in enumerate(account.billing_accounts):
        if how := _pays(billing):
            yield Fact(f"pays{at}", tr("Pays by"), how)
        if to := _bills_to(account, billing):
            yield Fact(f"bills{at}", tr("Bills to"), to)
        for balance in billing.account_balance:
            if balance.amount is not None:
                text = money(balance.amount.value)
                yield Fact(f"balance{at}", tr("Balance"), text)
    savings = [each for group in products.groups for each in group.savings]
    if savings:
        names = ", ".join(each.name for each in savings)
        total = money(sum((each.monthly for each in savings), Decimal(0)))
        yield Fact("savings", tr("Savings group"), names, note=tr("{sum} a month", sum=total))


def _pays(billing: BillingAccount) -> str:
    method = billing.default_payment_method
    cycle = billing.bill_structure.cycle_specification if billing.bill_structure else None
    parts = ((method.name or "") if method else "", (cycle.name or "") if cycle else "")
    return ", ".join(part for part in parts if part)


def _bills_to(account: Account, billing: BillingAccount) -> str:
    media = billing.bill_structure.presentation_media if billing.bill_structure else ()
    ways = ", ".join(each.name.lower() for each in media if each.name)
    where = ""
    for contact in billing.contact:
        for each in contact.contact_medium:
            found = each.characteristic
            if found is not None and found.street1:
                city = " ".join(part for part in (found.city, found.post_code) if part)
                where = ", ".join(part for part in (found.street1, city) if part)
    if where and where == home(account):
        where = tr("Same address")
    by = tr("by {way}", way=ways) if ways else ""
    words = " · ".join(part for part in (where, by) if part)
    return words[:1].upper() + words[1:]


def _others(account: Account) -> Iterator[Fact]:
    labels = {"mayask": tr("May ask"), "mayorder": tr("May order"), "guarantor": tr("Guarantor")}
    for at, party in enumerate(people(account)):
        role = party.role or ""
        label = labels.get(role.lower(), role[:1].upper() + role[1:])
        yield Fact(f"person{at}", label, party.name or "")
