"""What deeds, their fields and their reasons are called."""

from __future__ import annotations

import datetime as dt

from app.customers.rows import telephone
from app.deeds.deed import Deed, DeedName
from app.deeds.subject import suspension_of
from app.language import tr
from app.texts import full_day
from backend_client.desk_records import Account

DEEDS: tuple[DeedName, ...] = ("suspend", "resume", "sim", "number", "owner", "move")


def head_of(deed: Deed) -> str:
    """The head of its page: `Suspend Skarv 100`."""
    heads: dict[DeedName, str] = {
        "suspend": tr("Suspend {product}", product=deed.product),
        "resume": tr("Resume {product}", product=deed.product),
        "sim": tr("New SIM for {number}", number=telephone(deed.number)),
        "number": tr("New number for {product}", product=deed.product),
        "owner": tr("New owner for {product}", product=deed.product),
        "move": tr("Move to another address"),
    }
    return heads[deed.name]


def about(deed: Deed) -> str:
    """In a list of drafts: what, and to which number."""
    number = telephone(deed.number)
    words = head_of(deed)
    return f"{words} · {number}" if number and number not in words else words


def press_of(name: DeedName) -> str:
    """The words of the button that does it."""
    words: dict[DeedName, str] = {
        "suspend": tr("Suspend"),
        "resume": tr("Resume"),
        "sim": tr("Swap the SIM"),
        "number": tr("Change the number"),
        "owner": tr("Change the owner"),
        "move": tr("Order the move"),
    }
    return words[name]


def icon_of(name: DeedName) -> str:
    icons: dict[DeedName, str] = {
        "suspend": "pause",
        "resume": "play",
        "sim": "sim",
        "number": "phone",
        "owner": "users",
        "move": "pin",
    }
    return icons[name]


def suspend_reason(reason: str) -> str:
    """`lost` in words."""
    words = {
        "lost": tr("Lost"),
        "stolen": tr("Stolen"),
        "request": tr("On request"),
        "seasonal": tr("Seasonal"),
        "arrears": tr("Arrears"),
        "fraud": tr("Fraud"),
    }
    return words.get(reason, reason)


def rest_words(account: Account, product_id: str) -> str:
    """How a product came to rest, and until when it would; empty where nobody wrote it."""
    product = next((each for each in account.products if each.id == product_id), None)
    if product is None:
        return ""
    reason, until = suspension_of(product)
    words = tr("It rests: {reason}.", reason=suspend_reason(reason).lower()) if reason else ""
    if until:
        day = full_day(dt.date.fromisoformat(until))
        words += " " + tr("It would work again by itself on {day}.", day=day)
    return words.strip() or tr("It rests until it is resumed.")


def sim_reason(reason: str) -> str:
    words = {
        "damaged": tr("Damaged"),
        "device": tr("New phone"),
        "lost": tr("Lost"),
        "stolen": tr("Stolen"),
    }
    return words.get(reason, reason)
