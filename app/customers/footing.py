"""The sentence under the results: who has answered so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.customers.search import Answer
from app.language import tr, trn


@dataclass(frozen=True, slots=True)
class Footing:
    """How complete the rows are; `tone` is the colour of the dot before the words."""

    text: str
    tone: Literal["good", "warn", "ink3"]


def still_looking() -> Footing:
    return Footing(tr("Shown from this machine. The server is still looking."), "ink3")


def only_here(*, online: bool, on_server: bool = True) -> Footing:
    """Say that the server was not asked, or did not answer."""
    if not on_server:
        return Footing(tr("Shown from this machine."), "ink3")
    if online:
        return Footing(tr("Shown from this machine. The server did not answer."), "warn")
    return Footing(tr("Shown from this machine. There is no connection."), "warn")


def answered(here: Answer, everywhere: Answer) -> Footing:
    """Say what the server added."""
    if not everywhere.from_server:
        return Footing(tr("Shown from this machine."), "ink3")
    more = len(everywhere.rows) - len(here.rows)
    if more <= 0:
        return Footing(tr("Server has answered, nothing more found"), "good")
    text = trn(
        "Server has answered, {count} more found", "Server has answered, {count} more found", more
    )
    return Footing(text, "good")


def nobody(text: str, *, may_create: bool) -> str:
    """Say that nobody was found, and what to do."""
    if may_create:
        return tr(
            'Nobody found for "{what}". Ctrl+N makes a new customer with this name.', what=text
        )
    return tr('Nobody found for "{what}".', what=text)
