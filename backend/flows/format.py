"""The format of a flow definition: what may stand in its file, as a model with a JSON schema."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.flows.references import PATTERN

Kind = Literal["automatic", "wait", "event", "manual", "notice"]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""Lower case words with hyphens between them."""

Verb = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z]+(-[a-z]+)*$", max_length=60)]
"""What a step does, such as `sim.reserve`."""

Word = Annotated[str, Field(pattern=r"^[a-z][A-Za-z0-9]*$", max_length=40)]
"""One word, as conditions write it."""

Department = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""A department of the operator, by its letters (resources/departments.toml)."""

Reference = Annotated[str, Field(pattern=PATTERN, max_length=80)]
"""A fact such as `endsOn`, or what a step brought, `donor.port.day`; a day may be moved by days,
`dueDate + P7D`."""

Sentence = Annotated[str, Field(min_length=1, max_length=200)]
Letter = Annotated[str, Field(pattern=r"^LT[0-9]{2}$")]
Span = Annotated[timedelta, Field(gt=timedelta(0), description="ISO 8601, such as PT20M or P7D")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)


class FormEntry(_Entry):
    """One thing that whoever completes a task is asked; found as results.<step>.<name>."""

    name: Word
    label: Sentence
    type: Literal["text", "date", "choice", "boolean", "number"] = "text"
    required: bool = False
    values: list[Sentence] = Field([], description="choice: what may be chosen")


class StepEntry(_Entry):
    """One step. Steps stand in the order in which people read them."""

    id: Name
    name: Sentence = Field(description="What is done, as the film of the order shows it")
    who: Sentence = Field(description="Who does it: a system, a desk or a timer")
    kind: Kind
    department: Department | None = Field(
        None, description="who has the task, and helps when the step can not go on; without it PV"
    )
    does: Verb | None = Field(None, description="automatic, event: what is done")
    undo: Verb | None = Field(None, description="automatic: what takes it back")
    after: list[Name] | None = Field(None, description="steps above; without it, the one above")
    when: Sentence | None = Field(None, description="CEL; where it is false the step is skipped")
    within: Span | None = Field(None, description="how long it usually takes; event: at most")
    lasts: Span | None = Field(None, alias="for", description="wait: how long")
    until: Reference | None = Field(
        None, description="wait, event: the day it lasts to: a fact, or step.result, + P7D"
    )
    event: Name | None = Field(None, description="event: its name")
    ended_by: Name | None = Field(
        None, description="only when this event has ended the flow (ends_on), else skipped"
    )
    point_of_no_return: bool = Field(default=False, description="no way back once it begins")
    happens: Name | None = Field(
        None, description="event: the step above that booked the time at which it happens"
    )
    exceptional: bool = Field(
        default=False, description="happens only when something went wrong: not told before it does"
    )
    announces: Name | None = Field(
        None, description="an event that the order's other flows hear when the step is done"
    )
    told: list[Letter] = Field([], description="notice: the letters the customer is given")
    late: Literal["hold", "continue"] = Field(
        "hold", description="event: when it does not come: people decide, or results.<step>.late"
    )
    once_per: Literal["step", "flow", "order", "customer"] = Field(
        "flow", description="notice: a letter is given once for each of these"
    )
    fields: dict[str, Sentence] = Field(
        {}, description="notice: fields of its letters that are the same for everybody"
    )
    filled: dict[str, Reference] = Field(
        {}, description="notice: fields of its letters by the fact, or step.result, that tells them"
    )
    to: Literal["customer", "newOwner", "line"] = Field(
        "customer", description="notice: to whom; line: its texts go to the line's own number"
    )
    must_reach: bool = Field(
        default=True, description="notice: without a way to the customer, people must help"
    )
    refusal: Literal["hold", "continue"] = Field(
        "hold", description="when a system refuses: people decide, or results.<step>.refused"
    )
    form: list[FormEntry] = Field([], description="manual: what is asked when it is completed")
    tries: int = Field(6, ge=1, le=20, description="calls without an answer before people help")
    says: Sentence | None = Field(None, description="what the customer may be told about it")


class EndingEntry(_Entry):
    """An event that ends the flow wherever it is; its steps with `ended_by` follow then."""

    event: Name
    right: str = Field(description="the right of people who may report it")
    asks: list[FormEntry] = Field([], description="what they say with it: ended.<name>")


class FlowEntry(_Entry):
    """A process flow."""

    id: str = Field(pattern=r"^PF[0-9]{2}$")
    name: Sentence
    description: Sentence
    begins_with: list[str] = Field(
        [], description="kinds of offerings that begin a flow; others ride along with them"
    )
    takes: list[str] = Field(
        [], description="flows whose items ride along where none of their own begins"
    )
    right: str | None = Field(
        None, description="who may begin it for a customer without an order; without it nobody"
    )
    asks: list[FormEntry] = Field(
        [], description="what must be said to begin it without an order; facts of its conditions"
    )
    ends_on: list[EndingEntry] = Field([], description="events that end it from anywhere")
    step: list[StepEntry] = Field(min_length=1, max_length=60)


def json_schema() -> dict[str, Any]:
    """The schema of a definition, for editors and for people."""
    schema = FlowEntry.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
