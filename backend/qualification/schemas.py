"""What is asked of `/desk-api/v1/choices`, and of TMF679."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from backend.rest.parts import (
    EntityRef,
    Identity,
    Moment,
    Name,
    Note,
    Part,
    RelatedParty,
    RelatedPlace,
    Text,
)

Code = Annotated[str, Field(max_length=60)]
Quantity = Annotated[int, Field(ge=0, le=10_000)]
UnitKey = Annotated[str, Field(max_length=110)]
"""`M03#1` for a new unit of a pick, `p:<productId>` for a product the customer has."""
_Single = Annotated[str, Field(max_length=1_000)] | bool | int
_SettingValue = _Single | Annotated[list[_Single], Field(max_length=50)] | None
Settings = Annotated[dict[Code, _SettingValue], Field(max_length=50)]


class Asked(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")


class Prospect(Asked):
    """Somebody who is not a customer yet, as far as he is known."""

    party_type: Literal["individual", "organization"] = "individual"
    birth_date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    given_name: Annotated[str, Field(max_length=250)] | None = None
    family_name: Annotated[str, Field(max_length=250)] | None = None
    identity_checked: bool = False


class ChoicesQuestion(Asked):
    """For whom, where, and what is picked so far. Facts are found on the server."""

    customer_id: Code | None = None
    prospect: Prospect | None = None
    address_id: Code | None = None
    reseller: Code = "R0"
    price_list: Code | None = None
    picks: Annotated[dict[Code, Quantity], Field(max_length=500)] = Field(default_factory=dict)
    numbers: Annotated[list[Code], Field(max_length=500)] = Field(default_factory=list)
    ends: Annotated[list[Identity], Field(max_length=500)] = Field(default_factory=list)
    moves: Annotated[dict[Identity, Code], Field(max_length=500)] = Field(default_factory=dict)
    settings: Annotated[dict[UnitKey, Settings], Field(max_length=500)] = Field(
        default_factory=dict
    )


class OpenerQuestion(ChoicesQuestion):
    """What would open this offer."""

    offer: Code


class TargetsQuestion(ChoicesQuestion):
    """What this product of the customer may become."""

    product_id: Identity


class OfferingRef(EntityRef):
    pass


class QualificationItem(Part):
    """One offering that is asked about."""

    tmf_type: ClassVar[str] = "ProductOfferingQualificationItem"

    id: Name
    action: Literal["add", "modify", "delete", "noChange"] | None = None
    product_offering: OfferingRef | None = None
    note: list[Note] | None = None


class ProductOfferingQualification(Part):
    """What a client may ask (TMF679); the result is the server's."""

    description: Text | None = None
    instant_sync_qualification: bool | None = None
    provide_alternative: bool | None = None
    provide_only_available: bool | None = None
    provide_unavailability_reason: bool | None = None
    requested_poq_completion_date: Annotated[
        Moment | None, Field(alias="requestedPOQCompletionDate")
    ] = None
    category: EntityRef | None = None
    channel: EntityRef | None = None
    note: list[Note] | None = None
    place: list[RelatedPlace] | None = None
    product_offering_qualification_item: list[QualificationItem] | None = None
    related_party: list[RelatedParty] | None = None
