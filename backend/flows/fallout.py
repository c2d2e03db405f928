"""What seniors and supervisors do about work that waits: give it to somebody, take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from backend.flows import orders, papers, records
from backend.flows.plan import ACTIVE, HOLD
from backend.flows.progress import Progress
from backend.flows.rules import PROCESS_FLOW, TASK_FLOW
from backend.flows.work import Work
from backend.rest import documents
from backend.rest.errors import Field, NotFound, Refused
from backend.rest.resource import Context, Document

_ROLE = "assignee"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be given work."""

    id: str
    name: str
    team: str


People = Callable[[sa.Connection], Sequence[Person]]
"""Who may be given work just now."""


class Fallout:
    """Changes steps and flows that need somebody."""

    def __init__(self, progress: Progress, people: People) -> None:
        self._progress = progress
        self._people = people

    def people(self, context: Context) -> list[Document]:
        """Who may be given work, by name."""
        found = sorted(self._people(context.connection), key=lambda each: each.name)
        return [{"id": each.id, "name": each.name, "team": each.team} for each in found]

    def assign(self, context: Context, task: str, user: str | None) -> None:
        """Give an open step to a person, `me` or nobody. NotFound, Refused."""
        person = self._person(context, user)
        work = self._open(context, task)
        party: list[Document] = []
        if person is not None:
            party = [
                {
                    "id": person.id,
                    "name": person.name,
                    "role": _ROLE,
                    "@type": "RelatedParty",
                    "@referredType": "Individual",
                }
            ]

        def given(document: Document) -> Document:
            others = [one for one in document.get("relatedParty", ()) if one.get("role") != _ROLE]
            return {**document, "relatedParty": [*others, *party]}

        records.set_task(context.connection, work.task.id, assignee=person and person.id)
        documents.rewrite(context, TASK_FLOW, work.task.id, given)

    def compensate(self, context: Context, task: str, reason: str, *, force: bool) -> Document:
        """Take back what the step's flow did, the last first, and cancel its items.

        After the point of no return only with `force`: what has no way back then stays.
        Refused, NotFound. Returns the flow.
        """
        if not reason.strip():
            field = Field("reason", "Say why it is taken back.")
            raise Refused(field.message, code="reasonMissing", fields=(field,))
        flow = self._open(context, task).flow
        if flow.cancelling:
            raise Refused("This is being taken back already.", code="illegalTransition")
        if flow.no_return and not force:
            raise Refused(
                "The point of no return is passed.",
                "Take back only what can be taken back, or let it go on.",
                code="pastNoReturn",
            )
        said = {"reason": reason.strip(), "doneBy": context.caller.name}
        documents.rewrite(
            context, PROCESS_FLOW, flow.id, lambda document: papers.noted(document, said)
        )
        orders.assess(context, flow)
        self._progress.cancel(context, flow)
        return documents.find(context, PROCESS_FLOW, flow.id)

    def _open(self, context: Context, task: str) -> Work:
        """A step that is not over, with its flow, for this caller."""
        documents.find(context, TASK_FLOW, task)
        work = self._progress.work(context, task)
        if work.task.state not in {ACTIVE, HOLD}:
            raise NotFound("This step needs nobody now.", code="notFound")
        return work

    def _person(self, context: Context, user: str | None) -> Person | None:
        if user is None:
            return None
        wanted = context.caller.user_id if user == "me" else user
        found = [each for each in self._people(context.connection) if each.id == wanted]
        if not found:
            field = Field("userId", "Choose somebody from the list.")
            raise Refused("This person can not be given work.", code="unknown", fields=(field,))
        return found[0]
