"""TMF629 Customer."""

from __future__ import annotations

from backend_client.calls import Sender
from backend_client.collection import Collection
from backend_client.records import (
    Characteristic,
    ContactMedium,
    Entity,
    Record,
    Ref,
    RelatedParty,
    Time,
    TimePeriod,
)


class AccountRef(Ref, frozen=True):
    description: str | None = None


class CreditProfile(Record, frozen=True):
    credit_profile_date: Time | None = None
    credit_risk_rating: int | None = None
    credit_score: int | None = None
    valid_for: TimePeriod | None = None


class Customer(Entity, frozen=True):
    """`status` is a free text in TMF629; the person or organization is `engaged_party`."""

    name: str | None = None
    status: str | None = None
    status_reason: str | None = None
    valid_for: TimePeriod | None = None
    engaged_party: RelatedParty | None = None
    account: tuple[AccountRef, ...] = ()
    agreement: tuple[Ref, ...] = ()
    characteristic: tuple[Characteristic, ...] = ()
    contact_medium: tuple[ContactMedium, ...] = ()
    credit_profile: tuple[CreditProfile, ...] = ()
    payment_method: tuple[Ref, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()


class Customers(Collection[Customer]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, "/tmf-api/customerManagement/v4/customer", Customer)
