"""What a caller may be asked to prove who he is, with what is known of him."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.accounts.reading import contacts
from app.language import tr
from app.session import User
from app.texts import full_day
from backend_client.desk_records import Account

PIN = "pin"
_READ = "customer.read"


@dataclass(frozen=True, slots=True)
class IdentityFact:
    """A question, and what the answer must be; `value` empty: the server compares it."""

    id: str
    question: str
    value: str


def identity_facts(account: Account, user: User, *, pin: bool) -> tuple[IdentityFact, ...]:
    """The facts to compare, most telling first. `pin`: the server can check it."""
    return tuple(_facts(account, pin=pin)) if user.may(_READ) else ()


def _facts(account: Account, *, pin: bool) -> Iterator[IdentityFact]:
    born = account.party.born if account.party else None
    if born is not None:
        yield IdentityFact("birthDate", tr("Date of birth"), full_day(born))
    postcodes = (each.post_code for each in contacts(account, "postaladdress", "postal", "address"))
    if postcode := next((each for each in postcodes if each), ""):
        yield IdentityFact("postcode", tr("Postcode"), postcode)
    if pin:
        yield IdentityFact(PIN, tr("Customer PIN"), "")
