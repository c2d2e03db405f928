"""TMF679 Product Offering Qualification: what a customer may have, and why not."""

from __future__ import annotations

from backend_client.calls import Sender
from backend_client.collection import Collection
from backend_client.inventory import Product
from backend_client.records import Entity, Note, Place, Record, Ref, RelatedParty, Time


class UnavailabilityReason(Record, frozen=True):
    code: str | None = None
    label: str | None = None


class TerminationError(Record, frozen=True):
    id: str | None = None
    value: str | None = None


class AlternateProposal(Record, frozen=True):
    id: str | None = None
    alternate_activation_date: Time | None = None
    alternate_product: Product | None = None
    alternate_product_offering: Ref | None = None


class QualificationItem(Record, frozen=True):
    id: str = ""
    action: str | None = None
    state: str | None = None
    qualification_item_result: str | None = None
    expected_activation_date: Time | None = None
    product: Product | None = None
    product_offering: Ref | None = None
    alternate_product_offering_proposal: tuple[AlternateProposal, ...] = ()
    eligibility_unavailability_reason: tuple[UnavailabilityReason, ...] = ()
    note: tuple[Note, ...] = ()
    termination_error: tuple[TerminationError, ...] = ()


class ProductOfferingQualification(Entity, frozen=True):
    """Asked with or without items; without, the server lists what is on offer."""

    description: str | None = None
    state: str | None = None
    qualification_result: str | None = None
    instant_sync_qualification: bool | None = None
    provide_alternative: bool | None = None
    provide_only_available: bool | None = None
    provide_unavailability_reason: bool | None = None
    product_offering_qualification_date: Time | None = None
    effective_qualification_date: Time | None = None
    expiration_date: Time | None = None
    category: Ref | None = None
    channel: Ref | None = None
    note: tuple[Note, ...] = ()
    place: tuple[Place, ...] = ()
    product_offering_qualification_item: tuple[QualificationItem, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()


class ProductOfferingQualifications(Collection[ProductOfferingQualification]):
    def __init__(self, sender: Sender) -> None:
        path = "/tmf-api/productOfferingQualification/v4/productOfferingQualification"
        super().__init__(sender, path, ProductOfferingQualification)
