"""What goes over the wire about access."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class TokenAnswer(BaseModel):
    """RFC 6749 5.1. `expires_in` is in seconds."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a kind, not a secret
    expires_in: int
    refresh_token: str


class OAuthRefusal(BaseModel):
    """RFC 6749 5.2, and TM Forum's error beside it."""

    error: Literal["invalid_grant", "invalid_request", "unsupported_grant_type"]
    error_description: str
    code: str
    reason: str
    message: str
    status: str = "400"
    type: Literal["Error"] = Field("Error", alias="@type")


class Me(BaseModel):
    """The signed-in person. `rights`: right -> x, own, second (person) or limited (by amount).

    `reseller` is the code of whose customers are all there is to see, `resellerName` its name.
    """

    id: str
    user_name: str = Field(alias="userName")
    name: str
    team: str
    roles: list[str]
    rights: dict[str, str]
    reseller: str | None
    reseller_name: str | None = Field(alias="resellerName")
