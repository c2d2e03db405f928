"""For whom an agent sells, also before the server has named anybody."""

from __future__ import annotations

from collections.abc import Sequence

from app.language import tr
from app.session import User
from backend_client.choices import Reseller

__all__ = ["DIRECT", "OWN", "Reseller", "first_sellers", "is_partner", "seller_of"]

DIRECT = "R0"
OWN = ""
"""A partner whose code is not known yet; nothing is sent, and the server takes the caller's own."""


def is_partner(user: User) -> bool:
    """Whether the user works for a reseller, and may sell for nobody else."""
    return "reseller" in user.roles


def first_sellers(user: User, operator: str) -> tuple[Reseller, ...]:
    """Whom to show until the server or the store has named them; never an empty list."""
    if is_partner(user):
        return (Reseller(id=OWN, name=user.team or tr("Your own company")),)
    name = operator.split(maxsplit=1)[0] if operator else ""
    return (Reseller(id=DIRECT, name=tr("{operator} direct", operator=name).strip()),)


def seller_of(said: str, sellers: Sequence[Reseller]) -> str:
    """The reseller that a draft goes under: what was said, if it may be sold for, else the first.

    The server names the default first, and a partner's own alone.
    """
    known = [each.id for each in sellers]
    return said if said in known or not known else known[0]
