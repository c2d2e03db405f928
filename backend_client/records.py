"""Records that several TM Forum APIs share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import msgspec

_LARGEST_EXPONENT = 15

Time = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment with its offset; never a naive datetime."""


class Record(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel", dict=False
):
    """An immutable part of a document. Attributes it does not know are passed over."""


class Money(Record, frozen=True):
    """An amount; `unit` is an ISO 4217 code. ValueError for what is no amount of money."""

    unit: str = ""
    value: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if not self.value.is_finite() or abs(self.value.adjusted()) > _LARGEST_EXPONENT:
            raise ValueError("no amount of money")


class Quantity(Record, frozen=True):
    amount: Decimal | None = None
    units: str | None = None


class TimePeriod(Record, frozen=True):
    start_date_time: Time | None = None
    end_date_time: Time | None = None


class Ref(Record, frozen=True):
    """A reference to another resource."""

    id: str = ""
    href: str | None = None
    name: str | None = None
    version: str | None = None
    referred_type: str | None = msgspec.field(name="@referredType", default=None)


class RelatedParty(Ref, frozen=True):
    role: str | None = None


class RelatedEntity(Ref, frozen=True):
    role: str | None = None


class Channel(Ref, frozen=True):
    role: str | None = None


class Characteristic(Record, frozen=True):
    """A named value; `value` is whatever JSON holds, decimals exact."""

    name: str = ""
    value: Any = None
    value_type: str | None = None


class Note(Record, frozen=True):
    text: str = ""
    author: str | None = None
    date: Time | None = None


class MediumCharacteristic(Record, frozen=True):
    city: str | None = None
    contact_type: str | None = None
    country: str | None = None
    email_address: str | None = None
    fax_number: str | None = None
    phone_number: str | None = None
    post_code: str | None = None
    social_network_id: str | None = None
    state_or_province: str | None = None
    street1: str | None = None
    street2: str | None = None


class ContactMedium(Record, frozen=True):
    medium_type: str | None = None
    preferred: bool | None = None
    characteristic: MediumCharacteristic | None = None
    valid_for: TimePeriod | None = None


class Place(Record, frozen=True):
    """Where something is or shall be; the address itself where the server gives it by value."""

    id: str | None = None
    href: str | None = None
    name: str | None = None
    role: str | None = None
    street_nr: str | None = None
    street_name: str | None = None
    post_code: str | None = msgspec.field(name="postcode", default=None)
    city: str | None = None
    country: str | None = None
    type: str | None = msgspec.field(name="@type", default=None)
    referred_type: str | None = msgspec.field(name="@referredType", default=None)


class Attachment(Record, frozen=True):
    """A file beside a document; its bytes are behind `url`."""

    id: str | None = None
    href: str | None = None
    name: str | None = None
    description: str | None = None
    attachment_type: str | None = None
    mime_type: str | None = None
    url: str | None = None
    size: Quantity | None = None


class Price(Record, frozen=True):
    """Amounts without and with tax; `tax_rate` and `percentage` in per cent."""

    duty_free_amount: Money | None = None
    tax_included_amount: Money | None = None
    tax_rate: Decimal | None = None
    percentage: Decimal | None = None


class PriceAlteration(Record, frozen=True):
    name: str | None = None
    description: str | None = None
    price_type: str | None = None
    application_duration: int | None = None
    priority: int | None = None
    recurring_charge_period: str | None = None
    unit_of_measure: str | None = None
    price: Price | None = None


class Entity(Record, frozen=True):
    """A resource of its own. `type` is TMF's @type."""

    id: str = ""
    href: str | None = None
    type: str | None = msgspec.field(name="@type", default=None)
    base_type: str | None = msgspec.field(name="@baseType", default=None)


def characteristic(characteristics: Iterable[Characteristic], name: str) -> Any:
    """The value of the first characteristic of this name, or None."""
    return next((each.value for each in characteristics if each.name == name), None)
