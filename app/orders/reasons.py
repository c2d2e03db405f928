"""Why an order is cancelled, as people choose it and as it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.language import tr
from app.orders.items import listed
from app.orders.options import uncapitalised
from app.orders.records import NoReturn, Step

OTHER = "other"
REASON, WORDS = "reason", "words"
"""The names of the two fields, as they are kept while they are typed."""

_REASONS: Mapping[str, str] = {
    "mind": "Changed their mind",
    "mistake": "Ordered by mistake",
    "slow": "Takes too long",
    "cheaper": "Found it cheaper elsewhere",
    "moving": "Moves away",
    OTHER: "Another reason",
}


def reasons() -> tuple[tuple[str, str], ...]:
    """All reasons by id, the frequent ones first."""
    return tuple((identity, tr(text)) for identity, text in _REASONS.items())


def reason_text(identity: str, words: str) -> str:
    """What goes to the server; empty where another reason is chosen and none is given."""
    said = words.strip()
    if identity == OTHER:
        return said
    chosen = tr(_REASONS.get(identity, ""))
    return f"{chosen}: {said}" if said else chosen


def taken_back(steps: Sequence[Step | NoReturn]) -> str:
    """What has been done and is undone again when the order is cancelled."""
    done = [each.title for each in steps if isinstance(each, Step) and each.state == "done"]
    if not done:
        return tr("Nothing has been done yet that would have to be taken back.")
    names = listed([uncapitalised(title) for title in reversed(done)])
    return tr("Taken back, the last first: {names}.", names=names)
