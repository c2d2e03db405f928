"""Finds in TM Forum's documents what the account needs; patient with other servers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from backend_client.decoding import read
from backend_client.desk_records import Account
from backend_client.errors import Trace
from backend_client.inventory import Product, ProductPrice
from backend_client.ordering import OrderPrice
from backend_client.records import (
    Characteristic,
    ContactMedium,
    MediumCharacteristic,
    Price,
    RelatedParty,
    characteristic,
)

_ADDRESS = re.compile(
    r"(?P<street>[^,]+),.*?\b(?P<postcode>[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})$"  # British
)

HELD = frozenset({"created", "pendingActive", "active", "suspended", "pendingTerminate"})
"""States of TMF637 in which a product is the customer's, or will be."""

RUNNING = frozenset({"active", "suspended", "pendingTerminate"})
"""States in which a product has begun: it is paid for."""

LANGUAGES = {
    "en": "English", "da": "Danish", "sv": "Swedish", "nb": "Norwegian", "fi": "Finnish",
}  # fmt: skip


def account_of(body: bytes) -> Account:
    """The bundle of `/desk-api/v1/account`; ServerFault where it cannot be read."""
    return read(body, Account, Trace(method="GET", route="/desk-api/v1/account/{id}"))


def text_of(characteristics: Iterable[Characteristic], name: str) -> str:
    """A characteristic as text; empty where it is not there."""
    value = characteristic(characteristics, name)
    return "" if value is None else str(value)


def moment_of(value: Any) -> dt.datetime | None:
    """A time out of a characteristic; a bare day is its midnight in UTC."""
    if isinstance(value, dt.datetime):
        return value
    try:
        found = dt.datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def is_day(value: Any) -> bool:
    """Whether a time was given as a day, without an hour."""
    return isinstance(value, str) and "T" not in value


def language_name(code: str) -> str:
    """English, for en or en-GB; a code that nobody knows stays as it is."""
    return LANGUAGES.get(code.partition("-")[0].lower(), code)


def media(account: Account) -> tuple[ContactMedium, ...]:
    """Ways to reach the customer: his own, and those of the person behind him."""
    own = account.customer.contact_medium if account.customer else ()
    return own or (account.party.contact_medium if account.party else ())


def contacts(account: Account, *kinds: str) -> Iterator[MediumCharacteristic]:
    """Media of these kinds, the preferred first. TMF629 leaves the kinds' spelling open."""
    found = [each for each in media(account) if (each.medium_type or "").lower() in kinds]
    found.sort(key=lambda each: not each.preferred)
    return (each.characteristic for each in found if each.characteristic is not None)


def telephones(account: Account) -> tuple[str, ...]:
    kinds = ("phone", "mobile", "telephone", "telephonenumber")
    return tuple(each.phone_number for each in contacts(account, *kinds) if each.phone_number)


def emails(account: Account) -> tuple[str, ...]:
    found = contacts(account, "email", "emailaddress")
    return tuple(each.email_address for each in found if each.email_address)


def home(account: Account) -> str:
    """Where the customer lives, in one line; empty where nobody knows."""
    for each in contacts(account, "postaladdress", "postal", "address"):
        city = " ".join(part for part in (each.city, each.post_code) if part)
        line = ", ".join(part for part in (each.street1, each.street2, city) if part)
        if line:
            return line
    noted = _noted(account, "addressId")
    labels = {place.id: place.label for place in account.places}
    return labels.get(noted, "")


def brief_address(line: str) -> str:
    """`14 Pebblewick Rise, QX4 7TR` for a whole address with its town."""
    found = _ADDRESS.match(line)
    return f"{found['street']}, {found['postcode']}" if found else line


def _noted(account: Account, name: str) -> str:
    return text_of(account.customer.characteristic, name) if account.customer else ""


def noted(account: Account, name: str) -> str:
    """A characteristic of the customer; empty where it is not there."""
    return _noted(account, name)


def fact(account: Account, name: str) -> str:
    """A fact of the product rules, such as the segment; empty where the server has none."""
    value = account.facts.get(name)
    return "" if value is None else str(value)


def people(account: Account) -> Iterator[RelatedParty]:
    """People beside the customer, each with a name and a role."""
    for party in account.customer.related_party if account.customer else ():
        if party.name and party.role and party.role not in {"customer", "reseller"}:
            yield party


def monthly(prices: Iterable[ProductPrice | OrderPrice]) -> Decimal:
    """What recurs each month, in pounds as the customer's price list writes them."""
    found = [price for price in prices if is_monthly(price)]
    return sum((amount(price.price) for price in found), Decimal(0))


def once(prices: Iterable[ProductPrice | OrderPrice]) -> Decimal:
    """What is paid one time, in pounds."""
    found = [price for price in prices if not is_monthly(price)]
    return sum((amount(price.price) for price in found), Decimal(0))


def is_monthly(price: ProductPrice | OrderPrice) -> bool:
    """Whether it recurs each month; what does not is paid one time."""
    return (price.price_type or "").replace("_", "").lower().startswith("recurring")


def amount(price: Price | None) -> Decimal:
    """With tax where the server gave both."""
    if price is None:
        return Decimal(0)
    money = price.tax_included_amount or price.duty_free_amount
    return money.value if money else Decimal(0)


def number_of(product: Product) -> str:
    """The telephone number of a line, as digits; empty for anything else."""
    found = text_of(product.product_characteristic, "telephoneNumber")
    if found:
        return found
    named = (each for each in product.realizing_resource if each.name == "TelephoneNumber")
    return next((each.value or each.id for each in named), "")


def line_of(product: Product) -> str:
    """The id of the product that this one relies on; empty where it stands alone."""
    for relation in product.product_relationship:
        if relation.relationship_type == "reliesOn" and relation.product is not None:
            return relation.product.id
    return ""


def ends_on(product: Product) -> dt.date | None:
    """The last day of the longest minimum term; a single month is no term."""
    ends = [
        term.valid_for.end_date_time.date()
        for term in product.product_term
        if term.valid_for and term.valid_for.end_date_time and months_of(product) > 1
    ]
    return max(ends, default=None)


def months_of(product: Product) -> int:
    """The minimum term in months; 0 where there is none."""
    found = [
        int(term.duration.amount or 0)
        for term in product.product_term
        if term.duration and (term.duration.units or "").startswith("month")
    ]
    return max(found, default=0)
