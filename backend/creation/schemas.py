"""The body of a creation command, as the wizard sends it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from backend.rest import errors
from backend.rest.resource import Document

_Id = Annotated[str, Field(min_length=1, max_length=100)]
_Line = Annotated[str, Field(max_length=250)]
_Text = Annotated[str, Field(max_length=4000)]
_Nested = dict[str, Any]


class Body(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")


class Agreement(Body):
    """How and when the customer agreed, and to which text: `terms_hash` is its SHA-256."""

    way: Literal["voice", "email", "paper"]
    at: AwareDatetime
    terms_version: _Line
    terms_hash: _Line


class Waiver(Body):
    """A warning the agent went on in spite of, and why."""

    code: _Line
    reason: _Text


class Message(Body):
    """An e-mail; `to` is `customer`, `reseller` or an address, `attachments` letters or ids."""

    to: _Line
    subject: _Line
    content: _Text
    attachments: Annotated[list[_Id], Field(max_length=20)] = []


class Creation(Body):
    """Nested resources are checked by their own nouns."""

    customer: _Nested
    billing_account: _Nested | None = None
    order: _Nested | None = None
    picks: Annotated[dict[_Id, Annotated[int, Field(ge=0)]], Field(max_length=500)] = {}
    address_id: _Id | None = None
    price_list: str | None = None
    reservations: Annotated[list[_Id], Field(max_length=200)] = []
    agreement: Agreement | None = None
    new_owner_agreement: Agreement | None = None
    waivers: Annotated[list[Waiver], Field(max_length=100)] = []
    messages: Annotated[list[Message], Field(max_length=20)] = []


def read(document: Document) -> Creation:
    """The command; Invalid names every attribute that is wrong."""
    try:
        return Creation.model_validate_json(orjson.dumps(document))
    except ValidationError as error:
        fields = tuple(
            errors.Field(".".join(map(str, one["loc"])), f"{one['msg']}.")
            for one in error.errors(include_url=False, include_input=False)
        )
        raise errors.Invalid(
            "This is not a valid creation.",
            "Correct: " + ", ".join(field.path for field in fields) + ".",
            code="invalidBody",
            fields=fields,
        ) from error
