"""Proposals and versions in words: who wants what, who decided, what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.language import tr
from app.products.words import Tone
from app.texts import moment
from backend_client.catalogue import EditionLine, Proposal


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in the list; `waits` as long as nobody decided."""

    id: str
    note: str
    by: str
    when: str
    state: str
    tone: Tone
    waits: bool
    mine: bool
    based_on: int
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list, newest first; `before` is the one it is compared with."""

    id: str
    number: int
    note: str
    who: str
    when: str
    in_force: bool
    before: int | None


def proposal_row(found: Proposal, now: dt.datetime) -> ProposalRow:
    """The row of a proposal, as it is seen by the person at the desk."""
    state, tone = _STATES.get(found.state, (found.state, "plain"))
    words = tr(state)
    if found.state == "published" and found.version:
        words = tr("version {number}", number=found.version)
    return ProposalRow(
        id=found.id,
        note=found.note or tr("without a note"),
        by=found.by,
        when=moment(found.at, now=now) if found.at else "",
        state=words,
        tone=tone,
        waits=found.state == "proposed",
        mine=found.mine,
        based_on=found.based_on,
        reason=found.reason or "",
        version=found.version,
    )


def version_rows(found: tuple[EditionLine, ...], now: dt.datetime) -> tuple[VersionRow, ...]:
    """All versions, newest first."""
    newest = sorted(found, key=lambda each: each.version, reverse=True)
    older = [each.version for each in newest[1:]]
    return tuple(
        VersionRow(
            id=str(each.version),
            number=each.version,
            note=each.note or tr("without a note"),
            who=_who(each),
            when=moment(each.published, now=now) if each.published else "",
            in_force=at == 0,
            before=older[at] if at < len(older) else None,
        )
        for at, each in enumerate(newest)
    )


def _who(found: EditionLine) -> str:
    if found.approved_by:
        return tr("{author}, approved by {second}").format(
            author=found.published_by, second=found.approved_by
        )
    return found.published_by


_STATES: dict[str, tuple[str, Tone]] = {  # said in the language of the moment
    "proposed": ("waits", "warn"),
    "published": ("published", "good"),
    "rejected": ("rejected", "bad"),
    "withdrawn": ("withdrawn", "plain"),
}
