"""Words typed into the search that mean a deed at the customer in front."""

from __future__ import annotations

from dataclasses import dataclass

from app.deeds.possible import Choice
from app.language import tr

LEAST = 2
"""So many letters are needed before they may mean a command."""


@dataclass(frozen=True, slots=True)
class DeedCommand:
    """A deed as the search offers it."""

    id: Choice
    title: str
    about: str = ""


def commands_for(text: str) -> tuple[DeedCommand, ...]:
    """The deeds that a text may mean: "sw" is the swap of a SIM."""
    typed = text.strip().lower()
    if len(typed) < LEAST:
        return ()
    named: tuple[tuple[Choice, str, tuple[str, ...]], ...] = (
        ("sim", tr("New SIM"), (tr("swap"), tr("sim swap"), tr("new sim"), tr("esim"))),
        ("codes", tr("PUK"), (tr("puk"), tr("unlock"))),
        ("suspend", tr("Suspend"), (tr("suspend"), tr("block"), tr("lost"), tr("stolen"))),
        ("resume", tr("Resume"), (tr("resume"), tr("unblock"))),
        ("number", tr("New number"), (tr("number change"), tr("new number"))),
        ("owner", tr("New owner"), (tr("owner"), tr("new owner"))),
        ("move", tr("Move house"), (tr("move"), tr("moving"))),
    )
    return tuple(
        DeedCommand(name, title)
        for name, title, words in named
        if any(word.startswith(typed) for word in words)
    )
