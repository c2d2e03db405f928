"""The states of a telephone number, and the moves between them."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from backend.numbers.grades import Grade
from backend.rest.errors import Refused


class State(Enum):
    """A number is in exactly one state. The first three after FREE end by themselves."""

    FREE = "free"
    HELD = "held"
    RESERVED = "reserved"
    QUARANTINE = "quarantine"
    ASSIGNED = "assigned"
    PORTING_IN = "portingIn"
    PORTING_OUT = "portingOut"
    FROZEN = "frozen"

    @property
    def ends(self) -> bool:
        """Whether time alone makes the number free again."""
        return self in _ENDING


_ENDING = frozenset({State.HELD, State.RESERVED, State.QUARANTINE})

HOLD = timedelta(minutes=15)
"""For one draft in the wizard; prolonged while the agent types."""
RESERVATION = timedelta(days=28)
"""For a quote, or for an order until its number is assigned."""
QUARANTINE = timedelta(days=90)
MEMORABLE_QUARANTINE = timedelta(days=180)
"""Gold and Platinum numbers are remembered longer by those who used to call them."""

MOVES: dict[State, frozenset[State]] = {
    State.FREE: frozenset(
        {State.HELD, State.RESERVED, State.ASSIGNED, State.PORTING_IN, State.FROZEN}
    ),
    State.HELD: frozenset({State.HELD, State.FREE, State.RESERVED, State.ASSIGNED}),
    State.RESERVED: frozenset({State.RESERVED, State.FREE, State.ASSIGNED}),
    State.ASSIGNED: frozenset({State.FREE, State.QUARANTINE, State.PORTING_OUT, State.FROZEN}),
    State.PORTING_IN: frozenset({State.ASSIGNED, State.FREE}),
    State.PORTING_OUT: frozenset({State.ASSIGNED, State.QUARANTINE}),
    State.QUARANTINE: frozenset({State.FREE, State.FROZEN}),
    State.FROZEN: frozenset({State.FREE, State.ASSIGNED, State.QUARANTINE}),
}


def require_move(display: str, before: State, after: State) -> None:
    """Refused, with a sentence, unless a number may go from `before` to `after`."""
    if after not in MOVES[before]:
        raise Refused(
            f"{display} is {before.value}; it can not become {after.value}.",
            "Choose another number.",
            code="illegalNumberState",
        )


def quarantine_of(grade: Grade) -> timedelta:
    """How long a number of this grade rests after its last user."""
    return MEMORABLE_QUARANTINE if grade in {Grade.PLATINUM, Grade.GOLD} else QUARANTINE
