"""Why an offer may not be chosen and what opens it: records of `/desk-api/v1/choices/opener`."""

from __future__ import annotations

from backend_client.choices import OfferCount, Reason, Record


class FactToChange(Record, frozen=True):
    """A fact a person can bring about; `key` says which of the desk's keys does it."""

    fact: str
    value: str | int
    text: str
    key: str = ""  # identity guarantor benefits landlord balance senior supervisor …


class OpeningChange(Record, frozen=True):
    """The smallest change that opens an offer; empty where nothing is in its way any more."""

    text: str = ""
    changes: tuple[FactToChange, ...] = ()
    removed: tuple[OfferCount, ...] = ()
    brings: tuple[OfferCount, ...] = ()


class Mover(Record, frozen=True):
    """A product of the customer, by its TMF637 id."""

    product_id: str
    name: str = ""


class Opener(Record, frozen=True):
    """Why an offer may not be chosen, and what would open it; `opener` None: nothing would.

    `movers` are products of the customer that may become it.
    """

    offer: str
    name: str = ""
    reasons: tuple[Reason, ...] = ()
    opener: OpeningChange | None = None
    movers: tuple[Mover, ...] = ()


class Interest(Record, frozen=True):
    """Interest in a product that an address cannot have yet, as it was noted."""

    id: str
    offer: str = ""
    name: str = ""
    message_id: str | None = None
