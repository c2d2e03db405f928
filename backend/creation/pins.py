"""Whether a caller knows the customer's PIN: a few tries, each one noted, the PIN never shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from backend.access import audit
from backend.access.passwords import Passwords
from backend.creation import records
from backend.customer import rules as customer
from backend.rest.errors import Field, Invalid
from backend.rest.resource import Context, Document
from backend.rest.router import require_right

RIGHT = "pin.verify"
MOST_TRIES = 5
"""Wrong tries a customer has within `LOOKS_BACK`; then nothing is compared any more."""
LOOKS_BACK = timedelta(minutes=15)
_REFUSED = "pin.refused"


@dataclass(frozen=True, slots=True)
class Pins:
    """Compares PINs with the hashes that were kept."""

    passwords: Passwords

    def check(self, context: Context, customer_id: str, body: Document) -> Document:
        """`right`, and how many tries are `left`. NotFound where the caller sees no such customer.

        A customer without a PIN has none that is right. Once too many were wrong the answer is
        no without a look, until the oldest of them is a quarter of an hour old.
        """
        require_right(context.caller, RIGHT)
        given = body.get("pin")
        if not isinstance(given, str) or not given:
            field = Field("pin", "Say which PIN the caller gave.")
            raise Invalid(field.message, code="invalidBody", fields=(field,))
        owner = customer.find(context, customer_id)
        connection, within = context.connection, LOOKS_BACK
        wrong = audit.count(connection, _REFUSED, customer_id=owner["id"], within=within)
        if wrong >= MOST_TRIES:
            return {"right": False, "left": 0}
        stored = records.pin_hash(connection, owner["id"])
        right = self.passwords.matches(stored, given)
        self._note(context, owner["id"], right=right)
        return {"right": right, "left": MOST_TRIES - wrong - (not right)}

    def _note(self, context: Context, customer_id: str, *, right: bool) -> None:
        action = "pin.verified" if right else _REFUSED
        actor = context.caller.user_id
        entry = audit.Entry(action=action, actor=actor, customer_id=customer_id)
        audit.record(context.connection, entry)
