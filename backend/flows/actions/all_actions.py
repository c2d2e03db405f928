"""Every action that a definition may name."""

from __future__ import annotations

from backend.flows.actions import customers, lines, prepaid, services, systems
from backend.flows.work import Actions

ACTIONS: Actions = {
    **customers.ACTIONS,
    **lines.ACTIONS,
    **prepaid.ACTIONS,
    **services.ACTIONS,
    **systems.ACTIONS,
}
