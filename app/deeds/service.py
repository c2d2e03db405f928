"""What a deed asks of the server and the store; each call may take its time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from app.accounts.families import Known
from app.customers.search import CustomerSearch
from app.deeds.command import creation_of
from app.deeds.deed import Deed
from app.deeds.foretelling import Foretold, foretold
from app.deeds.moving import Mover, at_address
from app.language import trn
from app.sender import CREATION
from app.session import User
from app.store.outbox import Command
from app.store.records import Found
from app.wizard.choices import document_of
from app.wizard.draft import Hold
from app.wizard.service import (
    Address,
    FoundNumber,
    Gone,
    Holding,
    NumberQuery,
    Outcome,
    Terms,
    WizardService,
)
from app.workplace import Workplace
from backend_client import Client
from backend_client.desk_records import Account

PREVIEW, PIN = "preview", "pin"
"""Capabilities of the server that deeds ask for."""
MOST_NUMBERS = 6
MOST_PEOPLE = 6


class DeedService:
    """ApiError and StoreFault come through. Numbers and addresses are the wizard's."""

    def __init__(
        self,
        client: Client,
        sender: Holding,
        wizard: WizardService,
        customers: CustomerSearch,
        user: User,
        *,
        capabilities: frozenset[str],
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._client = client
        self._sender = sender
        self._wizard = wizard
        self._customers = customers
        self._user = user
        self._clock = clock
        self.foretells = PREVIEW in capabilities
        self.checks_pins = PIN in capabilities

    def account(self, customer_id: str) -> Account:
        """All the customer has, as it is now."""
        return self._client.desk.account(customer_id)

    def foretold(self, deed: Deed, account: Account) -> Foretold:
        """What would happen; Rejected in the server's words where it may not be."""
        preview = self._client.desk.preview(creation_of(deed))
        return foretold(deed, preview, account, today=self._clock().date())

    def submit(self, deed: Deed) -> Outcome:
        """Bring the deed on its way; on disk first, so that it is sent once and surely."""
        command = Command(
            id=deed.command_id,
            owner=self._user.id,
            kind=CREATION,
            payload=msgspec.json.encode(creation_of(deed)),
            customer=deed.customer_id,
        )
        self._sender.submit(command, draft_id=deed.id)
        return self._wizard.outcome(command.id)

    def outcome(self, command_id: str) -> Outcome:
        return self._wizard.outcome(command_id)

    def pin_words(self, customer_id: str, pin: str) -> tuple[bool, str]:
        """Whether it is the customer's PIN, and what to say where it is not."""
        answer = self._client.desk.check_pin(customer_id, pin)
        if answer.right:
            return True, ""
        one = "This is not the PIN. {count} more try."
        many = "This is not the PIN. {count} more tries."
        return False, trn(one, many, answer.left)

    def numbers(self, deed: Deed, digits: str) -> tuple[FoundNumber, ...]:
        """Numbers of the line's type that can be had, with these digits if there are any."""
        kind = "mobile" if deed.number.startswith("07") else "fixed"
        typed = "".join(digits.split())
        query = NumberQuery(type=kind, how="contains" if typed else "next", digits=typed)
        found = self._wizard.numbers(deed.id, query).numbers
        free = [each for each in found if each.state == "available"]
        return tuple(free[:MOST_NUMBERS])

    def hold(self, deed: Deed, found: FoundNumber) -> Hold | Gone:
        return self._wizard.hold(deed.id, found)

    def release(self, held: Hold) -> None:
        self._wizard.release(held)

    def addresses(self, text: str) -> tuple[Address, ...]:
        return self._wizard.addresses(text)

    def people(self, text: str, *, but: str) -> tuple[Found, ...]:
        """Customers who may be the new owner: this machine's first, then the server's."""
        here = self._customers.here(text)
        found = self._customers.everywhere(here).rows
        return tuple(each for each in found if each.id != but)[:MOST_PEOPLE]

    def movers(
        self, account: Account, place: str, known: Known, address_id: str
    ) -> tuple[Mover, ...]:
        """What may become of everything at `place` at another address."""
        return at_address(
            account,
            place,
            known,
            asks=lambda question: self._client.desk.choices(document_of(question)),
            address_id=address_id,
        )

    def terms(self) -> Terms:
        return self._wizard.terms()


def deed_service(place: Workplace) -> DeedService:
    """Make the service of one deed from the parts of a workplace."""
    wizard = WizardService(place.client, place.store, place.sender, place.clock, place.user)
    return DeedService(
        place.client,
        place.sender,
        wizard,
        place.customers,
        place.user,
        capabilities=place.welcome.capabilities,
        clock=place.clock,
    )
