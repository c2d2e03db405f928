"""The notifications step in words: who may get an e-mail, and what it says to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from app.language import tr
from app.wizard.choices import Choices
from app.wizard.draft import Draft, Message
from app.wizard.offers_view import split_name
from app.wizard.sellers import DIRECT, OWN

CUSTOMER, RESELLER = "customer", "reseller"
LETTERS = ("LT01", "LT02")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may be told; `note` says where it goes."""

    to: str
    name: str
    note: str


def recipients(draft: Draft) -> tuple[Recipient, ...]:
    """Everybody involved: the customer, the reseller, and addresses that were added."""
    email = draft.fields.get("email", "").strip()
    known = [
        Recipient(CUSTOMER, draft.title or tr("The customer"), email or tr("address on file")),
    ]
    reseller = draft.fields.get("reseller", DIRECT)
    if reseller not in {DIRECT, OWN}:
        known.append(Recipient(RESELLER, tr("Reseller {code}", code=reseller), ""))
    more = (message.to for message in draft.messages if "@" in message.to)
    return (*known, *(Recipient(to, to, tr("added here")) for to in more))


def message_to(draft: Draft, to: str, choices: Choices | None) -> Message:
    """The e-mail as it stands; a fresh one begins with what was ordered."""
    for message in draft.messages:
        if message.to == to:
            return message
    names = [
        split_name(item.name)[0]
        for item in (choices.basket if choices else ())
        if draft.picks.get(item.id)
    ]
    ordered = ", ".join(names)
    content = tr("You have ordered: {products}.", products=ordered) if ordered else ""
    return Message(to=to, subject=tr("Your order"), content=content, chosen=False)


def changed(
    draft: Draft, choices: Choices | None, to: str, **change: object
) -> tuple[Message, ...]:
    """The draft's e-mails after a change of one of them."""
    new = replace(message_to(draft, to, choices), **change)
    others = [message for message in draft.messages if message.to != to]
    order = [message.to for message in draft.messages]
    kept = [*others]
    kept.insert(order.index(to) if to in order else len(kept), new)
    return tuple(kept)


def letter_name(letter: str) -> str:
    return {
        "LT01": tr("LT01 Order confirmation"),
        "LT02": tr("LT02 Contract summary"),
    }.get(letter, letter)
