"""TMF632 Party: people and organizations."""

from __future__ import annotations

from datetime import date

from backend_client.calls import Sender
from backend_client.collection import Collection
from backend_client.records import (
    Characteristic,
    ContactMedium,
    Entity,
    Record,
    RelatedParty,
    Time,
    TimePeriod,
)

_API = "/tmf-api/party/v4"


class IndividualIdentification(Record, frozen=True):
    """A passport, a driving licence and the like."""

    identification_id: str | None = None
    identification_type: str | None = None
    issuing_authority: str | None = None
    issuing_date: Time | None = None
    valid_for: TimePeriod | None = None


class LanguageAbility(Record, frozen=True):
    language_code: str | None = None
    language_name: str | None = None
    is_favourite_language: bool | None = None


class ExternalReference(Record, frozen=True):
    external_reference_type: str | None = None
    name: str | None = None


class CreditRating(Record, frozen=True):
    credit_agency_name: str | None = None
    credit_agency_type: str | None = None
    rating_reference: str | None = None
    rating_score: int | None = None
    valid_for: TimePeriod | None = None


class Individual(Entity, frozen=True):
    """A person. `birth_date` is the text the server sent; `born` is the day."""

    title: str | None = None
    given_name: str | None = None
    middle_name: str | None = None
    family_name_prefix: str | None = None
    family_name: str | None = None
    formatted_name: str | None = None
    full_name: str | None = None
    preferred_given_name: str | None = None
    gender: str | None = None
    birth_date: str | None = None
    death_date: str | None = None
    nationality: str | None = None
    status: str | None = None
    contact_medium: tuple[ContactMedium, ...] = ()
    credit_rating: tuple[CreditRating, ...] = ()
    external_reference: tuple[ExternalReference, ...] = ()
    individual_identification: tuple[IndividualIdentification, ...] = ()
    language_ability: tuple[LanguageAbility, ...] = ()
    party_characteristic: tuple[Characteristic, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()

    @property
    def born(self) -> date | None:
        """The day of the calendar, though TMF632 writes a time: no offset may move it."""
        try:
            return date.fromisoformat((self.birth_date or "")[:10])
        except ValueError:
            return None


class OrganizationIdentification(Record, frozen=True):
    identification_id: str | None = None
    identification_type: str | None = None
    issuing_authority: str | None = None
    valid_for: TimePeriod | None = None


class Organization(Entity, frozen=True):
    name: str | None = None
    trading_name: str | None = None
    name_type: str | None = None
    organization_type: str | None = None
    is_head_office: bool | None = None
    is_legal_entity: bool | None = None
    status: str | None = None
    exists_during: TimePeriod | None = None
    contact_medium: tuple[ContactMedium, ...] = ()
    credit_rating: tuple[CreditRating, ...] = ()
    external_reference: tuple[ExternalReference, ...] = ()
    organization_identification: tuple[OrganizationIdentification, ...] = ()
    party_characteristic: tuple[Characteristic, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()


class Party(Individual, frozen=True):
    """A person or an organization, where a document may hold either; `type` tells which."""

    name: str | None = None
    trading_name: str | None = None
    organization_type: str | None = None
    organization_identification: tuple[OrganizationIdentification, ...] = ()

    @property
    def is_organization(self) -> bool:
        return self.type == "Organization" or self.base_type == "Organization"


class Individuals(Collection[Individual]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/individual", Individual)


class Organizations(Collection[Organization]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/organization", Organization)
