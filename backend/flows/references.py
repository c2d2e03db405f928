"""What a definition refers to: a fact or what a step brought, perhaps some days from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

PATTERN = r"^[a-z][A-Za-z0-9-]*(\.[A-Za-z0-9]+)*( [+-] P[0-9]{1,4}D)?$"
"""`dueDate`, `donor.port.day`, `dueDate + P7D`."""

_PARTS = re.compile(r"([^. ]+)(?:\.(\S+))?(?: ([+-]) P(\d+)D)?")


def source_of(reference: str) -> str:
    """The fact or the step that it names."""
    return _parts(reference)[0]


def value_of(reference: str, facts: Mapping[str, Any], results: Mapping[str, Any]) -> Any:
    """What it refers to, None where that is not known; with days added, a day (ISO 8601).

    ValueError when days are added to what is no day.
    """
    source, within, days = _parts(reference)
    found = results.get(source, {}).get(within) if within else facts.get(source)
    if found in {None, ""} or not days:
        return found
    return (date.fromisoformat(str(found)[:10]) + timedelta(days=days)).isoformat()


def day_of(
    reference: str | None, facts: Mapping[str, Any], results: Mapping[str, Any]
) -> date | None:
    """The day that it refers to; None where it is not known. ValueError when it is no day."""
    found = None if reference is None else value_of(reference, facts, results)
    return date.fromisoformat(str(found)[:10]) if found else None


def _parts(reference: str) -> tuple[str, str | None, int]:
    """The fact or step, what of it, and the days after it."""
    found = _PARTS.fullmatch(reference)
    if found is None:
        raise ValueError(f"{reference} refers to nothing")
    days = int(found[4] or 0)
    return found[1], found[2], -days if found[3] == "-" else days
