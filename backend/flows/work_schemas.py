"""What is asked of the work list."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Assignment(BaseModel):
    """To whom a step is given: `me`, a person's id, or nobody."""

    model_config = ConfigDict(extra="forbid")

    user_id: str | None = Field(alias="userId", max_length=100)


class Compensation(BaseModel):
    """Why a flow is taken back; `force` also after its point of no return."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(max_length=500)
    force: bool = False
