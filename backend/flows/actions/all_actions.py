"""Every action that a definition may name."""

from __future__ import annotations

from backend.flows.actions import (
    ceasing,
    changing,
    customers,
    holders,
    lines,
    porting,
    prepaid,
    services,
    suspending,
    swapping,
    systems,
    visits,
)
from backend.flows.work import Actions

ACTIONS: Actions = {
    **ceasing.ACTIONS,
    **changing.ACTIONS,
    **customers.ACTIONS,
    **holders.ACTIONS,
    **lines.ACTIONS,
    **porting.ACTIONS,
    **prepaid.ACTIONS,
    **services.ACTIONS,
    **suspending.ACTIONS,
    **swapping.ACTIONS,
    **systems.ACTIONS,
    **visits.ACTIONS,
}
