"""The states of an order and its items, and how the one follows from the others (TMF622)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from backend.rest.errors import Refused

FINAL = frozenset({"rejected", "cancelled", "completed", "failed", "partial"})
AMENDABLE = frozenset({"acknowledged", "pending", "held"})

# TM Forum's drawing; items have the same one without `partial`
MOVES: Mapping[str, frozenset[str]] = {
    "acknowledged": frozenset({"inProgress", "pending"}),
    "inProgress": frozenset(
        {"pending", "held", "assessingCancellation", "completed", "failed", "partial"}
    ),
    "pending": frozenset({"inProgress", "assessingCancellation", "cancelled"}),
    "held": frozenset({"inProgress", "assessingCancellation", "cancelled"}),
    "assessingCancellation": frozenset({"inProgress", "pending", "held", "pendingCancellation"}),
    "pendingCancellation": frozenset({"cancelled"}),
}
ITEM_MOVES: Mapping[str, frozenset[str]] = {
    state: targets - {"partial"} for state, targets in MOVES.items()
}
ITEM_STATES = frozenset(ITEM_MOVES) | FINAL - {"partial"}


@dataclass(frozen=True, slots=True)
class LatestOrder:
    """A customer's newest order; `expected` is the day it was promised for."""

    state: str
    ordered: datetime
    expected: datetime | None
    over: bool


def derive(items: Iterable[str]) -> str:
    """The state of an order whose items are in these states (at least one).

    An order is over when all its items are: `partial` when only some were completed. It waits
    (`held`, then `pending`) as long as one item does, and is being cancelled only when all that
    is left of it is.
    """
    states = set(items)
    if states <= FINAL:
        return _ended(states)
    left = states - {"cancelled", "rejected", "failed"}
    if left == {"pendingCancellation"}:
        return "pendingCancellation"
    if left <= {"assessingCancellation", "pendingCancellation"}:
        return "assessingCancellation"
    for waiting in ("held", "pending"):
        if waiting in states:
            return waiting
    return "acknowledged" if states == {"acknowledged"} else "inProgress"


def _ended(states: set[str]) -> str:
    if "completed" in states:
        return "completed" if states == {"completed"} else "partial"
    return next(state for state in ("cancelled", "failed", "rejected") if state in states)


def way(before: str, after: str) -> tuple[str, ...]:
    """The states an order goes through, the last being `after`; shortest way of the drawing.

    Items may move so that their order would jump; it takes the lawful steps instead, each told
    as an event. Refused when there is no way.
    """
    if before == after:
        return ()
    seen: dict[str, tuple[str, ...]] = {before: ()}
    queue = deque([before])
    while queue:
        state = queue.popleft()
        for following in sorted(MOVES.get(state, ())):
            if following not in seen:
                seen[following] = (*seen[state], following)
                queue.append(following)
    if after not in seen:
        raise Refused(
            f"An order can not go from {before} to {after}.",
            "Place a new order.",
            code="illegalTransition",
        )
    return seen[after]


def require_item_move(before: str, after: str) -> None:
    """Refused unless an item may go from `before` to `after` in one step."""
    allowed = ITEM_MOVES.get(before, frozenset())
    if after not in allowed:
        raise Refused(
            f"An order item can not go from {before} to {after}.",
            f"From {before} it may become: {', '.join(sorted(allowed)) or 'nothing else'}.",
            code="illegalTransition",
        )
