"""What a client may write of a document (TMF667)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from backend.rest.parts import (
    Attachment,
    Characteristic,
    EntityRef,
    Name,
    Part,
    RelatedEntity,
    RelatedParty,
    Text,
)


class CategoryRef(EntityRef):
    version: Name | None = None


class DocumentRef(EntityRef):
    pass


class DocumentSpecification(EntityRef):
    url: Text | None = Field(None, alias="URL")
    version: Name | None = None


class About(RelatedEntity):
    """What the document belongs to; TMF667 v4 knows one, and wants its role and kind."""

    role: Name
    referred_type: Name = Field(alias="@referredType")

    tmf_type = "RelatedEntity"


class Document(Part):
    name: Name
    description: Text | None = None
    document_type: Name | None = None
    lifecycle_state: Name | None = None
    version: Name | None = None
    binary_attachment: Annotated[list[Attachment], Field(max_length=1)] | None = None
    category: list[CategoryRef] | None = None
    characteristic: list[Characteristic] | None = None
    document_relationship: list[DocumentRef] | None = None
    document_specification: DocumentSpecification | None = None
    related_entity: About | None = None
    related_party: list[RelatedParty]
