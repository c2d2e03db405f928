"""Actions that only ask a network system: what it answers is what the step brought."""

from __future__ import annotations

from collections.abc import Mapping

from backend.flows.actions.services import ordered
from backend.flows.work import Actions, Outside, Work
from backend.rest.resource import Document

_SYSTEMS: Mapping[str, tuple[str, ...]] = {
    "access": (
        "check-line", "order-line", "cancel-line", "link-terminal", "test-line",
        "order-jumper", "connect-exchange",
    ),
    "dslam": ("assign-port", "release-port", "test-sync"),
    "sip": ("create-account", "delete-account", "route-number", "test-call"),
    "tv": ("open-channels", "watch-boot"),
    "register": ("check-emergency-address",),
}  # fmt: skip


def _kept(_work: Work, answer: Document) -> Document:
    return answer


ACTIONS: Actions = {
    f"{system}.{operation}": Outside(system, operation, ordered, _kept)
    for system, operations in _SYSTEMS.items()
    for operation in operations
}
