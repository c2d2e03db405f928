"""What becomes of each product at another address: goes along, becomes another offer, or ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.accounts.families import Known, is_over_and_done
from app.deeds.deed import ENDS, STAYS
from app.deeds.subject import subject_of
from app.language import tr
from app.orders.items import bare
from app.texts import money
from app.wizard.choices import Choices, OfferChoice, Question
from backend_client.desk_records import Account
from backend_client.inventory import Product

Ask = Callable[[Question], Choices]


@dataclass(frozen=True, slots=True)
class Fate:
    """One thing that may become of a product; the id as it stands in the deed."""

    id: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mover:
    """A product at the old address. `why` says why it cannot go along as it is."""

    product_id: str
    name: str
    fates: tuple[Fate, ...]
    why: str = ""

    @property
    def first(self) -> str:
        """What is proposed: it goes along, or the nearest offer there; empty: it must be chosen."""
        return self.fates[0].id if self.fates[0].id != ENDS else ""


def at_address(
    account: Account, place: str, known: Known, *, asks: Ask, address_id: str
) -> tuple[Mover, ...]:
    """What may become of everything at `place`, by the rules at the new address.

    It is asked as if all of that ended and were chosen anew there.
    """
    here = products_at(account, place, known)
    there = asks(question_there(account, address_id, [each.id for each in here]))
    return tuple(_mover(each, there) for each in here)


def products_at(account: Account, place: str, known: Known) -> tuple[Product, ...]:
    """All that is used at an address and could move; what was done once is left out."""
    return tuple(
        each
        for each in account.products
        if each.state == "active"
        and any(one.id == place for one in each.place)
        and not _is_mobile(account, each.id, known)
        and not is_over_and_done(each, known)
    )


def _is_mobile(account: Account, product_id: str, known: Known) -> bool:
    """Whether it hangs on a mobile line, which is used anywhere."""
    subject = subject_of(account, product_id, known)
    return subject is not None and subject.is_mobile


def question_there(account: Account, address_id: str, ends: Sequence[str]) -> Question:
    """What may be chosen at another address, when all at the old one ends."""
    return Question(
        customer_id=account.customer.id if account.customer else None,
        prospect=None,
        address_id=address_id,
        reseller="",
        price_list="",
        picks={},
        numbers=(),
        ends=tuple(ends),
    )


def _mover(product: Product, there: Choices) -> Mover:
    name, end = bare(product.name or ""), Fate(ENDS, tr("Ends"))
    code = product.product_offering.id if product.product_offering else ""
    closed = next((each for each in there.hidden if each.id == code), None)
    if closed is None:
        return Mover(product.id, name, (Fate(STAYS, tr("Goes along")), end))
    others = tuple(
        Fate(each.id, tr("Becomes {name}", name=bare(each.name)), money(each.monthly))
        for each in _like(product.id, there)
    )
    why = " ".join(each.text for each in closed.reasons)
    return Mover(product.id, name, (*others, end), why)


def _like(product_id: str, there: Choices) -> list[OfferChoice]:
    """What takes its place there: offers of the same kind, the nearest in price first."""
    had = next((each for each in there.installed if each.product_id == product_id), None)
    if had is None:
        return []
    same = [
        each
        for each in there.offers
        if each.offerable and (each.family, each.kind) == (had.family, had.kind)
    ]
    return sorted(same, key=lambda each: abs(each.monthly - had.monthly))
