"""What a creation command would bring: it is carried out, looked at, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

import orjson
import sqlalchemy as sa

from backend.access.caller import Caller
from backend.creation.rules import Command, Creating
from backend.creation.schemas import Agreement
from backend.database import Database
from backend.ordering import rules as ordering
from backend.rest.resource import Context, Document

Foresee = Callable[[Context, Document], Document]
"""The steps and letters of an order that stands, by the flows in force."""


@dataclass(frozen=True, slots=True)
class Previews:
    """Answers what an order would cost and bring, by the same rules that would accept it."""

    database: Database
    creating: Creating
    foresee: Foresee

    def of(
        self, context: Callable[[sa.Connection, Caller], Context], caller: Caller, body: Document
    ) -> Document:
        """`order` as it would stand, its `steps` by name, its `letters`, `numbers` that move.

        Refuses what the command itself would refuse, in the same words. Nothing is kept: the
        transaction is taken back whatever happens. An agreement is taken for given.
        """
        command = self.creating.prepare(str(uuid4()), body)
        with self.database.engine.connect() as connection:
            transaction = connection.begin()
            try:
                return self._tried(context(connection, caller), command)
            finally:
                transaction.rollback()

    def _tried(self, context: Context, command: Command) -> Document:
        creation, terms = command.creation, self.creating.terms
        said = {"termsVersion": terms.version, "termsHash": terms.sha256}
        given = Agreement.model_validate({"way": "voice", "at": context.now, **said})
        granted = {
            "agreement": creation.agreement or given,
            "new_owner_agreement": creation.new_owner_agreement or given,
        }
        quiet = creation.model_copy(update={"messages": [], **granted})
        created = self.creating.carry_out(context, replace(command, creation=quiet))
        order_id = orjson.loads(created.body)["orderId"]
        if order_id is None:
            return {"order": None, "steps": [], "letters": [], "numbers": []}
        order = ordering.find(context, order_id)
        return {"order": order, **self.foresee(context, order)}
