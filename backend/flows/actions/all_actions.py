"""Every action that a definition may name."""

from __future__ import annotations

from backend.flows.actions import (
    customers,
    holders,
    lines,
    prepaid,
    services,
    suspending,
    swapping,
    systems,
)
from backend.flows.work import Actions

ACTIONS: Actions = {
    **customers.ACTIONS,
    **holders.ACTIONS,
    **lines.ACTIONS,
    **prepaid.ACTIONS,
    **services.ACTIONS,
    **suspending.ACTIONS,
    **swapping.ACTIONS,
    **systems.ACTIONS,
}
