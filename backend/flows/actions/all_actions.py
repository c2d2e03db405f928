"""Every action that a definition may name."""

from __future__ import annotations

from backend.flows.actions import (
    arrears,
    ceasing,
    changing,
    customers,
    devices,
    holders,
    lines,
    owners,
    porting,
    prepaid,
    removals,
    selfservice,
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
    **devices.ACTIONS,
    **holders.ACTIONS,
    **lines.ACTIONS,
    **owners.ACTIONS,
    **porting.ACTIONS,
    **prepaid.ACTIONS,
    **removals.ACTIONS,
    **selfservice.ACTIONS,
    **services.ACTIONS,
    **suspending.ACTIONS,
    **swapping.ACTIONS,
    **systems.ACTIONS,
    **visits.ACTIONS,
}

NAMES = frozenset(ACTIONS) | arrears.NAMES
"""What definitions may name; those of arrears are made where orders can be placed."""
