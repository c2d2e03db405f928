"""What a client may write of an individual or an organization (TMF632)."""

from __future__ import annotations

from backend.rest.parts import (
    Attachment,
    Characteristic,
    ContactMedium,
    Day,
    EntityRef,
    Identity,
    Moment,
    Name,
    Part,
    RelatedParty,
    Text,
    TimePeriod,
)


class PartyCreditProfile(Part):
    credit_agency_name: Text | None = None
    credit_agency_type: Text | None = None
    rating_reference: Text | None = None
    rating_score: int | None = None
    valid_for: TimePeriod | None = None


class Disability(Part):
    disability_code: Text | None = None
    disability_name: Text | None = None
    valid_for: TimePeriod | None = None


class ExternalReference(Part):
    external_reference_type: Text | None = None
    name: Text | None = None


class IndividualIdentification(Part):
    identification_id: Text | None = None
    identification_type: Text | None = None
    issuing_authority: Text | None = None
    issuing_date: Moment | None = None
    attachment: Attachment | None = None
    valid_for: TimePeriod | None = None


class OrganizationIdentification(Part):
    identification_id: Text | None = None
    identification_type: Text | None = None
    issuing_authority: Text | None = None
    issuing_date: Moment | None = None
    attachment: Attachment | None = None
    valid_for: TimePeriod | None = None


class LanguageAbility(Part):
    is_favourite_language: bool | None = None
    language_code: Text | None = None
    language_name: Text | None = None
    listening_proficiency: Text | None = None
    reading_proficiency: Text | None = None
    speaking_proficiency: Text | None = None
    writing_proficiency: Text | None = None
    valid_for: TimePeriod | None = None


class OtherNameIndividual(Part):
    aristocratic_title: Text | None = None
    family_name: Text | None = None
    family_name_prefix: Text | None = None
    formatted_name: Text | None = None
    full_name: Text | None = None
    generation: Text | None = None
    given_name: Text | None = None
    legal_name: Text | None = None
    middle_name: Text | None = None
    preferred_given_name: Text | None = None
    title: Text | None = None
    valid_for: TimePeriod | None = None


class OtherNameOrganization(Part):
    name: Text | None = None
    name_type: Text | None = None
    trading_name: Text | None = None
    valid_for: TimePeriod | None = None


class Skill(Part):
    comment: Text | None = None
    evaluated_level: Text | None = None
    skill_code: Text | None = None
    skill_name: Text | None = None
    valid_for: TimePeriod | None = None


class TaxDefinition(Part):
    id: Identity | None = None
    name: Text | None = None
    tax_type: Text | None = None


class TaxExemptionCertificate(Part):
    id: Identity | None = None
    attachment: Attachment | None = None
    tax_definition: list[TaxDefinition] | None = None
    valid_for: TimePeriod | None = None


class OrganizationParentRelationship(Part):
    relationship_type: Text | None = None
    organization: EntityRef | None = None


class OrganizationChildRelationship(Part):
    relationship_type: Text | None = None
    organization: EntityRef | None = None


class Individual(Part):
    given_name: Name
    family_name: Name
    status: Name | None = None
    aristocratic_title: Text | None = None
    birth_date: Day | None = None
    country_of_birth: Text | None = None
    death_date: Day | None = None
    family_name_prefix: Text | None = None
    formatted_name: Text | None = None
    full_name: Text | None = None
    gender: Text | None = None
    generation: Text | None = None
    legal_name: Text | None = None
    location: Text | None = None
    marital_status: Text | None = None
    middle_name: Text | None = None
    nationality: Text | None = None
    place_of_birth: Text | None = None
    preferred_given_name: Text | None = None
    title: Text | None = None
    contact_medium: list[ContactMedium] | None = None
    credit_rating: list[PartyCreditProfile] | None = None
    disability: list[Disability] | None = None
    external_reference: list[ExternalReference] | None = None
    individual_identification: list[IndividualIdentification] | None = None
    language_ability: list[LanguageAbility] | None = None
    other_name: list[OtherNameIndividual] | None = None
    party_characteristic: list[Characteristic] | None = None
    related_party: list[RelatedParty] | None = None
    skill: list[Skill] | None = None
    tax_exemption_certificate: list[TaxExemptionCertificate] | None = None


class Organization(Part):
    trading_name: Name
    status: Name | None = None
    is_head_office: bool | None = None
    is_legal_entity: bool | None = None
    name: Text | None = None
    name_type: Text | None = None
    organization_type: Text | None = None
    contact_medium: list[ContactMedium] | None = None
    credit_rating: list[PartyCreditProfile] | None = None
    exists_during: TimePeriod | None = None
    external_reference: list[ExternalReference] | None = None
    organization_child_relationship: list[OrganizationChildRelationship] | None = None
    organization_identification: list[OrganizationIdentification] | None = None
    organization_parent_relationship: OrganizationParentRelationship | None = None
    other_name: list[OtherNameOrganization] | None = None
    party_characteristic: list[Characteristic] | None = None
    related_party: list[RelatedParty] | None = None
    tax_exemption_certificate: list[TaxExemptionCertificate] | None = None
