"""The forms of tasks: what whoever completes one has to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from backend.flows.definition import Question
from backend.rest.errors import Field, Refused


def require(form: Iterable[Question], given: Mapping[str, object]) -> None:
    """Refused (`form`) unless everything asked for is there, and is what it should be."""
    wrong = tuple(
        Field(f"characteristic.{asked.name}", sentence)
        for asked in form
        if (sentence := _wrong(asked, given.get(asked.name))) is not None
    )
    if wrong:
        raise Refused(
            "The task's form is not filled in.", wrong[0].message, code="form", fields=wrong
        )


def _wrong(asked: Question, value: object) -> str | None:
    """What is wrong with an answer; what may be left out may also be empty."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return f"Fill in: {asked.label}." if asked.required else None
    match asked.type:
        case "choice":
            named = ", ".join(asked.values)
            return None if value in asked.values else f"{asked.label}: choose one of {named}."
        case "boolean":
            return None if isinstance(value, bool) else f"{asked.label}: say true or false."
        case "number":
            fits = isinstance(value, int | float) and not isinstance(value, bool)
            return None if fits else f"{asked.label}: give a number."
        case "date":
            return None if _is_day(value) else f"{asked.label}: give a day such as 2026-11-20."
        case _:
            return None if isinstance(value, str) else f"{asked.label}: give a text."


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
