"""The pieces that many TMF resources are made of, as they are checked on the way in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

Text = Annotated[str, Field(max_length=4000)]
Name = Annotated[str, Field(min_length=1, max_length=250)]
Identity = Annotated[str, Field(min_length=1, max_length=100)]
Moment = AwareDatetime
Day = AwareDatetime | date
"""A day: TMF632 declares date-time, people and forms send a plain date."""


class Part(BaseModel):
    """An object of a TMF resource.

    Unknown attributes are refused, unless the object says by `@type` and `@baseType` that it
    extends the standard one (TMF630 part 2): then it may carry attributes of its own.
    Fields are in snake_case here and in TMF's camelCase on the wire.
    """

    model_config = ConfigDict(
        extra="allow", strict=True, alias_generator=to_camel, protected_namespaces=()
    )
    tmf_type: ClassVar[str] = ""

    type: Name | None = Field(None, alias="@type")
    base_type: Name | None = Field(None, alias="@baseType")
    schema_location: Text | None = Field(None, alias="@schemaLocation")

    @model_validator(mode="after")
    def only_known_attributes(self) -> Self:
        extra = self.__pydantic_extra__
        if extra and not self._extends():
            names = sorted(extra)
            raise PydanticCustomError("unknown_attribute", "{names}", {"names": names})
        return self

    def _extends(self) -> bool:
        standard = self.tmf_type or self.__class__.__name__
        return self.type is not None and self.type != standard and self.base_type == standard


class TimePeriod(Part):
    start_date_time: Moment | None = None
    end_date_time: Moment | None = None


class EntityRef(Part):
    """A reference to another resource by id."""

    id: Identity
    href: Text | None = None
    name: Text | None = None
    referred_type: Name | None = Field(None, alias="@referredType")


class RelatedParty(EntityRef):
    """TMF wants the kind of every related party."""

    role: Name | None = None
    referred_type: Name = Field(alias="@referredType")


class RelatedEntity(EntityRef):
    role: Name | None = None


class RelatedPlace(Part):
    """A place by reference or by value; TMF673 addresses come in many shapes."""

    id: Identity | None = None
    href: Text | None = None
    name: Text | None = None
    role: Name | None = None
    referred_type: Name | None = Field(None, alias="@referredType")

    def _extends(self) -> bool:
        return True


class Characteristic(Part):
    id: Identity | None = None
    name: Name
    value_type: Name | None = None
    value: Any


class Money(Part):
    unit: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    value: Decimal | None = None


class Quantity(Part):
    amount: Decimal | None = None
    units: Name | None = None


class Note(Part):
    id: Identity | None = None
    author: Text | None = None
    date: Moment | None = None
    text: Text | None = None


class MediumCharacteristic(Part):
    city: Text | None = None
    contact_type: Text | None = None
    country: Text | None = None
    email_address: Text | None = None
    fax_number: Text | None = None
    phone_number: Text | None = None
    post_code: Text | None = None
    social_network_id: Text | None = None
    state_or_province: Text | None = None
    street1: Text | None = None
    street2: Text | None = None


class ContactMedium(Part):
    medium_type: Name
    preferred: bool | None = None
    characteristic: MediumCharacteristic
    valid_for: TimePeriod | None = None


class Attachment(Part):
    """TMF's AttachmentRefOrValue."""

    id: Identity | None = None
    href: Text | None = None
    attachment_type: Name | None = None
    content: str | None = None
    description: Text | None = None
    mime_type: Name | None = None
    name: Text | None = None
    url: Text | None = None
    size: Quantity | None = None
    valid_for: TimePeriod | None = None
    referred_type: Name | None = Field(None, alias="@referredType")
