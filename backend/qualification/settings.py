"""Whether what was set for an offering's characteristic fits."""

from __future__ import annotations

import re

from backend.catalog.definitions import Characteristic


def fault_of(known: Characteristic, value: object) -> str | None:
    """A sentence on what is wrong with the value; None where it fits."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    allowed = {each.value for each in known.values}
    if known.type == "boolean":
        allowed = {"true", "false"}
    if allowed and text not in allowed:
        return f"{known.label}: choose one of {', '.join(sorted(allowed))}."
    if known.pattern is not None and re.fullmatch(known.pattern, text) is None:
        return f"{known.label} is not written as it should be."
    return None
