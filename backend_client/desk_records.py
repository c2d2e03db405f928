"""What the extensions under /desk-api/v1 answer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from backend_client.account import BillingAccount
from backend_client.choices import PlannedLetter
from backend_client.communication import CommunicationMessage
from backend_client.customer import Customer
from backend_client.document import Document
from backend_client.inventory import Product
from backend_client.ordering import ProductOrder
from backend_client.party import Party
from backend_client.process_flow import ProcessFlow, TaskFlow
from backend_client.records import Record, Time


class Operator(Record, frozen=True):
    name: str = ""


class SignIn(Record, frozen=True):
    """Ways to sign in: by password, or by OpenID Connect with the issuer's settings."""

    password: bool = False
    oidc: Mapping[str, Any] | None = None


class Welcome(Record, frozen=True):
    """What a server says of itself before anyone has signed in."""

    version: int = 0
    operator: Operator = Operator()
    demo: bool = False
    sign_in: SignIn = SignIn()
    capabilities: frozenset[str] = frozenset()


class Chip(Record, frozen=True):
    """The most urgent fact; `tone` is info, good, warn, bad or neutral."""

    text: str = ""
    tone: str = "neutral"


class Hit(Record, frozen=True):
    customer_id: str = ""
    name: str = ""
    address: str | None = None
    telephone: str | None = None
    more_telephones: int = 0
    chip: Chip | None = None
    last_contact: Time | None = None


class Hits(Record, frozen=True):
    """`total` counts all that were found, `hits` are the best of them."""

    total: int = 0
    hits: tuple[Hit, ...] = ()


class DirectoryRow(Record, frozen=True):
    """A customer as the desk's own search needs it."""

    customer_id: str = ""
    name: str = ""
    given_name: str | None = None
    family_name: str | None = None
    address: str | None = None
    postcode: str | None = None
    telephones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    order_numbers: tuple[str, ...] = ()
    iccids: tuple[str, ...] = ()
    chip: Chip | None = None
    last_contact: Time | None = None
    revision: int = 0


class DirectoryPage(Record, frozen=True):
    """`next` goes back as `after`; None at the end."""

    rows: tuple[DirectoryRow, ...] = ()
    next: str | None = None
    total: int | None = None


class Flow(Record, frozen=True):
    """The process flow of one order with its steps, in the order of the definition."""

    order_id: str = ""
    process_flow: ProcessFlow | None = None
    task_flows: tuple[TaskFlow, ...] = ()


class KnownPlace(Record, frozen=True):
    id: str = ""
    label: str = ""
    networks: Mapping[str, bool] = msgspec.field(default_factory=dict)


class Account(Record, frozen=True):
    """A whole account in one answer."""

    as_of: Time | None = None
    customer: Customer | None = None
    party: Party | None = None
    billing_accounts: tuple[BillingAccount, ...] = ()
    products: tuple[Product, ...] = ()
    orders: tuple[ProductOrder, ...] = ()
    flows: tuple[Flow, ...] = ()
    documents: tuple[Document, ...] = ()
    messages: tuple[CommunicationMessage, ...] = ()
    places: tuple[KnownPlace, ...] = ()
    facts: Mapping[str, Any] = msgspec.field(default_factory=dict)


class Numbers(Record, frozen=True):
    """Telephone numbers that fit a search; `grades` counts all that fit, by grade."""

    total: int = 0
    grades: Mapping[str, int] = msgspec.field(default_factory=dict)
    numbers: tuple[FoundNumber, ...] = ()


class FoundNumber(Record, frozen=True):
    """`once` is the one-off price; `state` is available, held or release."""

    id: str = ""
    display: str = ""
    memorable: str | None = None
    grade: str = ""
    why: str | None = None
    once: Decimal = Decimal(0)
    state: str = ""
    holder: str | None = None
    held_until: Time | None = None


class Address(Record, frozen=True):
    id: str = ""
    label: str = ""
    street: str | None = None
    house: str | None = None
    city: str | None = None
    postcode: str | None = None
    flat: bool = False
    networks: Mapping[str, bool] = msgspec.field(default_factory=dict)


class Addresses(Record, frozen=True):
    addresses: tuple[Address, ...] = ()


class Terms(Record, frozen=True):
    """The terms and conditions in force; `hash` goes into the agreement."""

    version: str = ""
    hash: str = ""
    text: str = ""
    valid_from: str | None = None


class MovingNumber(Record, frozen=True):
    """A fixed number whose line moves; it `stays` where the area code is the same there."""

    number: str = ""
    stays: bool = False


class Preview(Record, frozen=True):
    """What a creation command would bring: the order as it would stand, its steps and letters.

    `numbers` are those of lines that move house.
    """

    order: ProductOrder | None = None
    steps: tuple[str, ...] = ()
    letters: tuple[PlannedLetter, ...] = ()
    numbers: tuple[MovingNumber, ...] = ()


class PinAnswer(Record, frozen=True):
    """Whether a PIN was right; `left` is how many more tries the customer has now."""

    right: bool = False
    left: int = 0


class Created(Record, frozen=True):
    """What one creation command made. `created` is False for a repetition of an earlier one."""

    customer_id: str
    account_id: str | None = None
    order_id: str | None = None
    order_number: str | None = None
    created: bool = True
