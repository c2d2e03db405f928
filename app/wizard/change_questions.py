"""What is asked of the server about products the customer has."""

from __future__ import annotations

from dataclasses import replace

from app.wizard.choices import Question, Repackage, Target, document_of
from backend_client import Client


class ChangeQuestions:
    """Every call may take its time and belongs in a thread; ApiError comes through."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def targets(self, question: Question, product_id: str) -> tuple[Target, ...]:
        """What the product may become, beside all else that is asked for."""
        rest = replace(
            question,
            ends=tuple(each for each in question.ends if each != product_id),
            moves={each: code for each, code in question.moves.items() if each != product_id},
        )
        return self._client.desk.targets(document_of(rest), product_id).targets

    def repackage(self, question: Question) -> Repackage | None:
        """The cheapest lawful package that keeps what is used; None: there is no cheaper one."""
        return self._client.desk.repackage(document_of(question))
