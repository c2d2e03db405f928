"""What a client may write of a customer (TMF629)."""

from __future__ import annotations

from backend.rest.parts import (
    Characteristic,
    ContactMedium,
    EntityRef,
    Moment,
    Name,
    Part,
    RelatedParty,
    Text,
    TimePeriod,
)


class EngagedParty(EntityRef):
    """The party behind the customer; its kind is looked up when it is not said."""

    role: Name | None = None


class AgreementRef(EntityRef):
    pass


class PaymentMethodRef(EntityRef):
    pass


class CreditProfile(Part):
    credit_profile_date: Moment
    credit_risk_rating: int | None = None
    credit_score: int | None = None
    valid_for: TimePeriod


class Customer(Part):
    name: Name
    engaged_party: EngagedParty
    status: Name | None = None
    status_reason: Text | None = None
    agreement: list[AgreementRef] | None = None
    characteristic: list[Characteristic] | None = None
    contact_medium: list[ContactMedium] | None = None
    credit_profile: list[CreditProfile] | None = None
    payment_method: list[PaymentMethodRef] | None = None
    related_party: list[RelatedParty] | None = None
    valid_for: TimePeriod | None = None
