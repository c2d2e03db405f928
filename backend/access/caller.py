"""Who makes a request, as every rule sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in user.

    `rights` are names such as `customer.read`; `reseller` is the reseller's code that bounds
    what the caller may see, or None for the operator's own people.
    """

    user_id: str
    name: str
    roles: frozenset[str]
    rights: frozenset[str]
    reseller: str | None
