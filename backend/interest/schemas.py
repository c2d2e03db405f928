"""What is noted of somebody's interest."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from backend.rest.parts import Identity, Name

_Email = Annotated[str, Field(max_length=250, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
_Telephone = Annotated[str, Field(max_length=40, pattern=r"^\+?[0-9 ()-]{5,}$")]


class Interest(BaseModel):
    """Who wants which offer, and where; a customer of ours, or anybody who can be reached."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")

    customer_id: Identity | None = None
    address_id: Identity
    offer: Annotated[str, Field(max_length=60)]
    name: Name
    email: _Email | None = None
    telephone: _Telephone | None = None
