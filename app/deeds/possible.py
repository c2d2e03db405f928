"""What can be done to a product now, and why the rest cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.accounts.families import Known
from app.deeds import codes
from app.deeds.deed import DeedName
from app.deeds.subject import Subject, subject_of
from app.language import tr
from app.session import User
from backend_client.desk_records import Account

Choice = Literal[DeedName, "codes", "change", "end"]

RIGHTS: dict[str, str] = {
    "suspend": "product.suspend",
    "resume": "product.resume",
    "sim": "order.create",
    "codes": codes.RIGHT,
    "number": "order.create",
    "owner": "owner.change",
    "move": "order.create",
    "change": "order.create",
    "end": "product.cease",
}


@dataclass(frozen=True, slots=True)
class DeedRow:
    """One thing that can be done, or not now: then `why` says why not, or who may."""

    id: Choice
    key: str
    icon: str
    title: str
    note: str = ""
    why: str = ""

    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.note, self.why) if part)

    def can_be_current(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Possible:
    """The deeds at a product: those that fit it, in the order of the list."""

    subject: Subject
    rows: tuple[DeedRow, ...]

    def row(self, key: str) -> DeedRow | None:
        """The row that this key chooses."""
        return next((each for each in self.rows if each.key == key), None)


def possible(account: Account, product_id: str, known: Known, user: User) -> Possible | None:
    """What can be done to a product; None where the customer has none of that id."""
    subject = subject_of(account, product_id, known)
    return Possible(subject, tuple(_rows(subject, user))) if subject else None


def _rows(subject: Subject, user: User) -> Iterator[DeedRow]:
    for row in _fitting(subject):
        why = _who_may(row.id) if not user.may(RIGHTS[row.id]) else _why_not(row.id, subject)
        yield DeedRow(row.id, row.key, row.icon, row.title, "" if why else row.note, why)


def _fitting(subject: Subject) -> Iterator[DeedRow]:
    """The deeds that mean something for such a product."""
    yield DeedRow("change", "C", "edit", tr("Change"), tr("another plan, settings, extras"))
    if subject.root.state == "suspended":
        yield DeedRow("resume", "R", "play", tr("Resume"), tr("it works again"))
    else:
        yield DeedRow("suspend", "S", "pause", tr("Suspend"), tr("lost, stolen or not needed"))
    if subject.is_mobile:
        yield DeedRow("sim", "I", "sim", tr("New SIM"), tr("plastic or eSIM, same number"))
        yield DeedRow("codes", "K", "key", tr("PUK"), tr("unlocks the SIM"))
    if subject.number:
        yield DeedRow("number", "N", "phone", tr("New number"), tr("the old one stops"))
    yield DeedRow("owner", "O", "users", tr("New owner"), tr("both must agree"))
    if subject.place and not subject.is_mobile:
        yield DeedRow("move", "H", "pin", tr("Move house"), tr("all that is at this address"))
    yield DeedRow("end", "E", "x", tr("End"))


def _why_not(choice: Choice, subject: Subject) -> str:
    """What stands in the way as things are; empty where nothing does."""
    if choice == "codes":
        return "" if codes.card_of(subject) else tr("The server names no SIM of this line.")
    state = subject.asked.state if choice in {"change", "end"} else subject.root.state
    if state in {"created", "pendingActive"}:
        return tr("It is being set up. This can be done once it works.")
    if state == "pendingTerminate":
        return tr("It is ending already.")
    urgent = choice == "resume" or (choice == "suspend" and subject.is_mobile)
    if subject.order and not urgent:
        return tr("Order {number} is changing it already.", number=subject.order)
    if state == "suspended" and choice in {"number", "move", "change"}:
        return tr("It is suspended. Resume it first.")
    return ""


def _who_may(choice: Choice) -> str:
    if choice == "owner":
        return tr("A senior agent or supervisor can do this.")
    return tr("Your role may not do this. Ask your supervisor.")
