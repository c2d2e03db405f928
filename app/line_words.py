"""The connection, the outbox and the last save in words for the status bar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from app.connection import Line
from app.language import tr, trn


@dataclass(frozen=True, slots=True)
class OfflineNotice:
    """The bar under the top bar while the line is gone."""

    lead: str
    text: str
    waiting: str
    next_try: str


@dataclass(frozen=True, slots=True)
class StillWorks:
    """One thing one does, and whether it works without the line."""

    text: str
    note: str
    how: Literal["works", "waits", "off"]


def connection_words(line: Line, now: dt.datetime) -> str:
    if line.online:
        return tr("Connected")
    return tr("Offline since {time}", time=f"{line.since.astimezone(now.tzinfo):%H:%M}")


def waiting_words(waiting: int) -> str:
    if not waiting:
        return tr("Nothing waiting to be sent")
    return trn("{count} waits to be sent", "{count} wait to be sent", waiting)


def saved_words(saved: dt.datetime | None, *, online: bool) -> str:
    """Say when something was last written to this machine; nothing before that."""
    if saved is None:
        return ""
    time = f"{saved:%H:%M:%S}"
    return tr("Saved {time}", time=time) if online else tr("Saved here {time}", time=time)


def offline_notice(
    line: Line, now: dt.datetime, *, waiting: int, next_try: dt.datetime | None
) -> OfflineNotice:
    since = f"{line.since.astimezone(now.tzinfo):%H:%M}"
    seconds = max(0, round((next_try - now).total_seconds())) if next_try else 0
    return OfflineNotice(
        lead=tr("No connection. As of {time}.", time=since),
        text=tr("You can read, write drafts and take orders; they are sent when the line is back."),
        waiting=waiting_words(waiting) if waiting else "",
        next_try=tr("next try in {count} s", count=seconds) if seconds else tr("trying now"),
    )


def back_online(sent: int, refused: int) -> str:
    """Say what became of the work that waited."""
    if not sent and not refused:
        return tr("Connected again.")
    if not refused:
        return tr("Connected again. {sent} sent, none refused.", sent=sent)
    return tr("Connected again. {sent} sent, {refused} refused.", sent=sent, refused=refused)


def what_still_works() -> tuple[tuple[str, tuple[StillWorks, ...]], ...]:
    """What can be done without the line, in three groups with their heads."""
    return (
        (
            tr("Works as always"),
            (
                StillWorks(
                    tr("Search, and the accounts opened here"), tr("as of the hour shown"), "works"
                ),
                StillWorks(tr("Drafts"), tr("saved on this machine, encrypted"), "works"),
            ),
        ),
        (
            tr("Works, and waits to be sent"),
            (
                StillWorks(
                    tr("New customers and orders"), tr("in the order in which you made them"),
                    "waits",
                ),
            ),
        ),
        (
            tr("Not until the line is back"),
            (
                StillWorks(tr("Holding new numbers"), tr("others could take the same one"), "off"),
                StillWorks(
                    tr("Accounts that were never opened here"), tr("they are on the server"), "off"
                ),
            ),
        ),
    )  # fmt: skip
