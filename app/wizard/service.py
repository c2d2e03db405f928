"""What the wizard asks of the server and of the store: choices, numbers, addresses, the order."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import msgspec

from app.sender import CREATION, Receipt, Sender
from app.session import User
from app.store.faults import StoreFault
from app.store.leases import Lease
from app.store.outbox import Command
from app.store.store import Store
from app.wizard.change_questions import ChangeQuestions
from app.wizard.choices import Choices, Question, Totals, document_of, for_anybody
from app.wizard.command import creation_of
from app.wizard.draft import Draft, Hold
from app.wizard.openers import Opener
from app.wizard.radar import Likely, likely
from app.wizard.sellers import Reseller, first_sellers
from backend_client import Client, Conflict, Rejected, Unreachable
from backend_client.desk_records import Address, FoundNumber, Numbers, Terms

__all__ = [
    "Address",
    "Answered",
    "FoundNumber",
    "Gone",
    "Holding",
    "How",
    "NumberQuery",
    "Numbers",
    "Outcome",
    "Terms",
    "WizardService",
]

MOST_NUMBERS = 100
KEPT_CHOICES = "wizard.choices"
KEPT_TERMS = "wizard.terms"
KEPT_SELLERS = "wizard.resellers"
_KEEP_AGAIN = 30.0  # seconds between two writes of the last choices
_SENTINEL = Terms()

How = Literal["next", "random", "contains", "like", "word"]


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """What the agent asked for. `prefix` is digits or a town; `digits` a word for "word"."""

    type: str = "mobile"
    prefix: str = ""
    grade: str = ""
    how: How = "next"
    digits: str = ""
    pool: str = "public"


@dataclass(frozen=True, slots=True)
class Answered:
    """Choices with the question they answer. `fresh` False: the server could not be asked."""

    choices: Choices | None
    question: Question
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Gone:
    """The number was taken meanwhile; `alternative` is the nearest free one, if there is any."""

    number: str
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the command. `seconds` is how long the agent waited for it."""

    state: Literal["sent", "waiting", "refused"]
    customer_id: str = ""
    account_id: str = ""
    order_id: str = ""
    order_number: str = ""
    seconds: float = 0.0
    sentence: str = ""
    fields: tuple[tuple[str, str], ...] = ()


class Holding(Protocol):
    """What the service needs of the sender."""

    def submit(self, command: Command, *, draft_id: str = "") -> Receipt: ...

    def receipt(self, command_id: str) -> Receipt: ...


class WizardService:
    """Every call may take its time and belongs in a thread; ApiError and StoreFault come through.

    `choices` alone never fails for want of a line: it then gives the last answer there was.
    """

    def __init__(
        self,
        client: Client,
        store: Store,
        sender: Sender | Holding,
        clock: Callable[[], dt.datetime],
        user: User,
        *,
        operator: str = "",
        ticks: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.changes = ChangeQuestions(client)
        self._client = client
        self._store = store
        self._sender = sender
        self._clock = clock
        self._user = user
        self._ticks = ticks
        self._operator = operator
        self._last: Choices | None = None
        self._kept_at = -_KEEP_AGAIN
        self._terms = _SENTINEL

    # --- what may be chosen -------------------------------------------------------------

    def choices(self, question: Question) -> Answered:
        """Ask what may be chosen; without a line the last answer, marked as not fresh."""
        try:
            found = self._client.desk.choices(document_of(question))
        except Unreachable:
            return Answered(self._last or self._kept(), question, fresh=False)
        self._keep(found)
        return Answered(found, question)

    def first_sellers(self) -> tuple[Reseller, ...]:
        """Whom to show until it is known for whom the user may sell; asks nobody."""
        return first_sellers(self._user, self._operator)

    def sellers(self) -> tuple[Reseller, ...]:
        """For whom the user could sell when the server was last asked; empty: it never was."""
        kept = self._store.preferences.get(KEPT_SELLERS)
        return msgspec.convert(kept, tuple[Reseller, ...]) if kept else ()

    def opener(self, question: Question, offer: str) -> Opener:
        """What would open an offer that may not be chosen; nothing is guessed without a line."""
        return self._client.desk.opener(document_of(question), offer)

    def register_interest(self, draft: Draft, offer: str) -> None:
        """Note that the customer wants what the address cannot have yet; twice is once."""
        fields = draft.fields
        self._client.desk.register_interest(
            address_id=draft.address_id or "",
            offer=offer,
            name=draft.title,
            customer_id=draft.customer_id,
            email=fields.get("email", "").strip() or None,
            telephone=fields.get("telephone", "").strip() or None,
        )

    def compare(self, question: Question, price_lists: Sequence[str]) -> Mapping[str, Totals]:
        """What the same picks cost on each of these price lists."""
        return {
            each: self._client.desk.choices(document_of(replace(question, price_list=each))).totals
            for each in price_lists
        }

    # --- numbers and addresses ----------------------------------------------------------

    def numbers(self, draft_id: str, query: NumberQuery) -> Numbers:
        """Search numbers; those held for this draft say so."""
        asked = {
            "type": query.type,
            "prefix": query.prefix,
            "grade": query.grade,
            "how": query.how,
            "digits": query.digits,
            "pool": query.pool,
        }
        given: dict[str, Any] = {name: value for name, value in asked.items() if value}
        return self._client.desk.numbers(limit=MOST_NUMBERS, draft=draft_id, **given)

    def hold(self, draft_id: str, found: FoundNumber) -> Hold | Gone:
        """Hold a number for this draft, so that nobody else can take it."""
        wanted = {
            "externalId": draft_id,
            "reservationItem": [{"resource": {"id": found.id}}],
        }
        try:
            made = self._client.reservations.create(wanted).record
        except Conflict as conflict:
            return Gone(found.id, str(conflict.told.get("alternative") or ""))
        until = made.valid_for.end_date_time if made.valid_for else None
        if until is not None:
            self._store.leases.put(Lease(found.id, draft_id, until))
        return Hold(
            number=found.id,
            display=found.display,
            grade=found.grade,
            once=str(found.once),
            reservation=made.id,
            until=until,
        )

    def prolong(self, draft_id: str, held: Hold) -> Hold | Gone:
        """Keep the number for another while."""
        try:
            made = self._client.reservations.change(held.reservation, {}).record
        except (Rejected, Conflict):
            return Gone(held.number)
        until = made.valid_for.end_date_time if made.valid_for else None
        if until is not None:
            self._store.leases.put(Lease(held.number, draft_id, until))
        return msgspec.structs.replace(held, until=until)

    def release(self, held: Hold) -> None:
        """Let a number go; one that is gone already is no fault."""
        try:
            self._client.reservations.remove(held.reservation)
        except (Rejected, Conflict):
            pass
        finally:
            self._store.leases.drop(held.number)

    def addresses(self, text: str) -> tuple[Address, ...]:
        """Addresses that begin like this, with what the network can do there."""
        return self._client.desk.addresses(text).addresses

    # --- the text, the twin, the order --------------------------------------------------

    def terms(self) -> Terms:
        """The terms in force, asked for once while the desk runs; without a line the last ones."""
        if self._terms is not _SENTINEL:
            return self._terms
        try:
            found = self._terms = self._client.desk.terms()
        except Unreachable:
            kept = self._store.preferences.get(KEPT_TERMS)
            if kept is None:
                raise
            return msgspec.convert(kept, Terms, strict=False)
        with suppress(StoreFault):  # no agreement fails for want of a copy
            self._store.preferences.put(KEPT_TERMS, msgspec.to_builtins(found))
        return found

    def nearest(self, fields: Mapping[str, str]) -> tuple[Likely, ...]:
        """Customers of this machine's store who may be this person, likeliest first."""
        return likely(fields, self._store.search.find)

    def submit(self, draft: Draft, choices: Choices | None) -> Outcome:
        """Bring the draft on its way; on disk first, so that it is sent once and surely."""
        began = self._ticks()
        command = Command(
            id=draft.command_id,
            owner=self._user.id,
            kind=CREATION,
            payload=msgspec.json.encode(creation_of(draft, choices)),
            customer=draft.customer_id or "",
        )
        receipt = self._sender.submit(command, draft_id=draft.id)
        return _outcome(receipt, self._ticks() - began)

    def outcome(self, command_id: str) -> Outcome:
        """Where a command stands now."""
        return _outcome(self._sender.receipt(command_id), 0.0)

    # --- the last answer, for hours without a line --------------------------------------

    def _keep(self, choices: Choices) -> None:
        self._last = choices
        if self._ticks() - self._kept_at < _KEEP_AGAIN:
            return
        self._kept_at = self._ticks()
        try:
            self._store.preferences.put(KEPT_CHOICES, msgspec.to_builtins(for_anybody(choices)))
            self._store.preferences.put(KEPT_SELLERS, msgspec.to_builtins(choices.resellers))
        except StoreFault:
            self._kept_at = -_KEEP_AGAIN  # no choice fails for want of a copy: try again later

    def _kept(self) -> Choices | None:
        kept = self._store.preferences.get(KEPT_CHOICES)
        return msgspec.convert(kept, Choices, strict=False) if kept else None


def _outcome(receipt: Receipt, seconds: float) -> Outcome:
    if receipt.refusal is not None:
        told = receipt.refusal
        fields = tuple(sorted(told.fields.items()))
        sentence = " ".join(part for part in (told.sentence, told.detail) if part)
        return Outcome("refused", seconds=seconds, sentence=sentence, fields=fields)
    made = receipt.created
    if made is None:
        return Outcome("waiting", seconds=seconds)
    return Outcome(
        "sent",
        customer_id=made.customer_id,
        account_id=made.account_id or "",
        order_id=made.order_id or "",
        order_number=made.order_number or "",
        seconds=seconds,
    )
