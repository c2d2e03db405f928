"""What a client may write of an account (TMF666)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from backend.rest.parts import (
    Characteristic,
    ContactMedium,
    EntityRef,
    Identity,
    Money,
    Name,
    Part,
    Text,
    TimePeriod,
)


class AccountParty(EntityRef):
    """TMF666's RelatedParty; for the customer the server fills in name and kind."""

    role: Name | None = None


class AccountRelationship(Part):
    relationship_type: Name
    account: EntityRef | None = None
    valid_for: TimePeriod


class BillingCycleSpecificationRefOrValue(Part):
    id: Identity | None = None
    href: Text | None = None
    name: Name
    is_ref: bool
    billing_date_shift: int | None = None
    billing_period: Text | None = None
    charge_date_offset: int | None = None
    credit_date_offset: int | None = None
    date_shift: int | None = None
    description: Text | None = None
    frequency: Text | None = None
    mailing_date_offset: int | None = None
    payment_due_date_offset: int | None = None
    valid_for: TimePeriod | None = None


class BillFormatRefOrValue(Part):
    id: Identity | None = None
    href: Text | None = None
    name: Name
    is_ref: bool
    description: Text | None = None


class BillPresentationMediaRefOrValue(Part):
    id: Identity | None = None
    href: Text | None = None
    name: Name
    is_ref: bool
    description: Text | None = None


class BillStructure(Part):
    cycle_specification: BillingCycleSpecificationRefOrValue | None = None
    format: BillFormatRefOrValue | None = None
    presentation_media: list[BillPresentationMediaRefOrValue] | None = None


class Contact(Part):
    contact_type: Name
    valid_for: TimePeriod
    contact_name: Text | None = None
    party_role_type: Text | None = None
    contact_medium: list[ContactMedium] | None = None
    related_party: AccountParty | None = None


class PaymentPlan(Part):
    number_of_payments: int | None = None
    payment_frequency: Text | None = None
    plan_type: Text | None = None
    priority: int | None = None
    status: Text | None = None
    payment_method: EntityRef | None = None
    total_amount: Money | None = None
    valid_for: TimePeriod | None = None


class AccountTaxExemption(Part):
    issuing_jurisdiction: Name
    valid_for: TimePeriod
    certificate_number: Text | None = None
    reason: Text | None = None


class BillingAccount(Part):
    name: Name
    related_party: Annotated[list[AccountParty], Field(min_length=1)]
    account_type: Text | None = None
    description: Text | None = None
    state: Name | None = None
    account_relationship: list[AccountRelationship] | None = None
    bill_structure: BillStructure | None = None
    characteristic: list[Characteristic] | None = None
    contact: list[Contact] | None = None
    credit_limit: Money | None = None
    default_payment_method: EntityRef | None = None
    financial_account: EntityRef | None = None
    payment_plan: list[PaymentPlan] | None = None
    tax_exemption: list[AccountTaxExemption] | None = None


class BillTerm(Part):
    """A bill format or a presentation medium."""

    name: Name
    description: Text | None = None


class BillingCycleSpecification(BillTerm):
    billing_date_shift: int | None = None
    billing_period: Text | None = None
    charge_date_offset: int | None = None
    credit_date_offset: int | None = None
    frequency: Text | None = None
    mailing_date_offset: int | None = None
    payment_due_date_offset: int | None = None
    valid_for: TimePeriod | None = None
