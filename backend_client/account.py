"""TMF666 Account: the billing accounts of a customer."""

from __future__ import annotations

from backend_client.calls import Sender
from backend_client.collection import Collection
from backend_client.records import (
    ContactMedium,
    Entity,
    Money,
    Record,
    Ref,
    RelatedParty,
    Time,
    TimePeriod,
)


class Contact(Record, frozen=True):
    """Where bills and letters of this account go."""

    contact_name: str | None = None
    contact_type: str | None = None
    party_role_type: str | None = None
    contact_medium: tuple[ContactMedium, ...] = ()
    related_party: RelatedParty | None = None
    valid_for: TimePeriod | None = None


class AccountBalance(Record, frozen=True):
    balance_type: str | None = None
    amount: Money | None = None
    valid_for: TimePeriod | None = None


class AccountRelationship(Record, frozen=True):
    relationship_type: str | None = None
    account: Ref | None = None
    valid_for: TimePeriod | None = None


class BillStructure(Record, frozen=True):
    cycle_specification: Ref | None = None
    format: Ref | None = None
    presentation_media: tuple[Ref, ...] = ()


class PaymentPlan(Record, frozen=True):
    number_of_payments: int | None = None
    payment_frequency: str | None = None
    plan_type: str | None = None
    priority: int | None = None
    status: str | None = None
    payment_method: Ref | None = None
    total_amount: Money | None = None
    valid_for: TimePeriod | None = None


class BillingAccount(Entity, frozen=True):
    name: str | None = None
    account_type: str | None = None
    description: str | None = None
    state: str | None = None
    payment_status: str | None = None
    last_modified: Time | None = None
    credit_limit: Money | None = None
    bill_structure: BillStructure | None = None
    default_payment_method: Ref | None = None
    financial_account: Ref | None = None
    account_balance: tuple[AccountBalance, ...] = ()
    account_relationship: tuple[AccountRelationship, ...] = ()
    contact: tuple[Contact, ...] = ()
    payment_plan: tuple[PaymentPlan, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()


class BillingAccounts(Collection[BillingAccount]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, "/tmf-api/accountManagement/v4/billingAccount", BillingAccount)
