"""The product manager's desk without a server: the demo catalogue, proofs of the test's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import msgspec

from app.changes import Changes
from app.products.desk import ProductDesk
from app.session import User
from app.store.drafts import Draft, DraftState
from app.workplace import Workplace
from backend.catalog.loading import demo_tables
from backend_client.catalogue import (
    CatalogueDocuments,
    Check,
    Edition,
    EditionLine,
    Fault,
    Proposal,
)
from backend_client.choices import Choices, HiddenOffer, OfferChoice, Reason
from backend_client.errors import Conflict
from ui.background import Background
from ui.page import Surroundings
from ui.theme.theme import Theme

NOW = dt.datetime(2026, 11, 20, 14, 5, tzinfo=dt.UTC)
EDITOR, APPROVER = "catalogue.edit", "catalogue.approve"


def demo_documents() -> CatalogueDocuments:
    """The demo operator's documents, as a client reads them: with exact prices."""
    exact = msgspec.json.Decoder(float_hook=Decimal)
    catalogue, specifications, prices = (
        exact.decode(msgspec.json.encode(each)) for each in demo_tables()[:3]
    )
    return CatalogueDocuments(catalogue=catalogue, specifications=specifications, prices=prices)


@dataclass
class FakeCatalogue:
    """Answers like the server: one version in force, proposals, a second person."""

    documents: CatalogueDocuments = field(default_factory=demo_documents)
    version: int = 41
    proposed: list[Proposal] = field(default_factory=list)
    checks: int = 0
    answer: Check | None = None
    fault: Exception | None = None
    refuses: Exception | None = None
    author: str = "product"

    def in_force(self) -> Edition:
        return self.edition(self.version)

    def edition(self, version: int) -> Edition:
        self._fail()
        held = self.documents
        return Edition(
            version=version,
            catalogue=held.catalogue,
            specifications=held.specifications,
            prices=held.prices,
            published=NOW,
            published_by="system",
        )

    def editions(self) -> tuple[EditionLine, ...]:
        return tuple(
            EditionLine(version=each, published=NOW, published_by="system", note="The demo")
            for each in range(self.version, self.version - 2, -1)
        )

    def check(self, documents: CatalogueDocuments) -> Check:
        self._fail()
        self.checks += 1
        if self.answer is not None:
            return self.answer
        faults = tuple(_nameless(documents.catalogue["offers"]))
        return Check(valid=not faults, faults=faults, redundant=("R33",))

    def trial(self, documents: CatalogueDocuments, question: Mapping[str, Any]) -> Choices:
        self._fail()
        picks = question["picks"]
        offers = tuple(
            OfferChoice(
                id=each["code"],
                name=each["name"],
                family=each["family"],
                kind=each["kind"],
                monthly=Decimal(str(each["monthly"])),
                once=Decimal(str(each["oneoff"])),
                term=each["term"],
                most=each["max"],
                picked=picks.get(each["code"], 0),
            )
            for each in documents.catalogue["offers"]
            if each["family"] == "Mobile"
        )
        text = "No fibre at this address yet; you can register interest."
        hidden = HiddenOffer(
            id="F03", name="Glimt 1000", family="Internet", reasons=(Reason(rule="R25", text=text),)
        )
        return Choices(offers=offers, hidden=(hidden,), facts={"segment": "RES", "age": "26-64"})

    def propose(
        self, documents: CatalogueDocuments, *, based_on: int, note: str, key: str
    ) -> Proposal:
        self._fail()
        if based_on != self.version:
            raise Conflict("Another version came into force meanwhile.")
        made = Proposal(
            id=key,
            by=self.author,
            mine=True,
            at=NOW,
            based_on=based_on,
            note=note,
            catalogue=documents.catalogue,
            specifications=documents.specifications,
            prices=documents.prices,
            check=self.check(documents),
        )
        self.proposed.append(made)
        return made

    def proposals(self) -> tuple[Proposal, ...]:
        self._fail()
        return tuple(reversed(self.proposed))

    def proposal(self, identity: str) -> Proposal:
        return next(each for each in self.proposed if each.id == identity)

    def approve(self, identity: str) -> Proposal:
        if self.refuses is not None:
            raise self.refuses
        found = self.proposal(identity)
        self.version += 1
        self.documents = msgspec.structs.replace(self.documents, catalogue=found.catalogue)
        return self._decide(found, state="published", version=self.version)

    def reject(self, identity: str, reason: str) -> Proposal:
        return self._decide(self.proposal(identity), state="rejected", reason=reason)

    def withdraw(self, identity: str) -> Proposal:
        return self._decide(self.proposal(identity), state="withdrawn")

    def _decide(self, found: Proposal, **changes: Any) -> Proposal:
        decided = msgspec.structs.replace(found, **changes)
        self.proposed[self.proposed.index(found)] = decided
        return decided

    def seen_by(self, user: str) -> None:
        """From now on answer as to this person: what another proposed is not his."""
        self.proposed = [
            msgspec.structs.replace(each, mine=each.by == user) for each in self.proposed
        ]

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault


class FakeDrafts:
    """The draft table in memory."""

    def __init__(self) -> None:
        self.held: dict[str, Draft] = {}

    def load(self, draft_id: str, _user: str) -> Draft | None:
        return self.held.get(draft_id)

    def save(self, draft: Draft) -> Draft:
        return self._keep(msgspec.structs.replace(draft, version=draft.version + 1, changed=NOW))

    def discard(self, draft_id: str, _user: str) -> None:
        self._keep(msgspec.structs.replace(self.held[draft_id], state=DraftState.DISCARDED))

    def reopen(self, draft_id: str, _user: str) -> None:
        self._keep(msgspec.structs.replace(self.held[draft_id], state=DraftState.OPEN))

    def _keep(self, draft: Draft) -> Draft:
        self.held[draft.id] = draft
        return draft


class FakePreferences:
    """Preferences in memory."""

    def __init__(self) -> None:
        self.held: dict[str, Any] = {}

    def get(self, name: str, default: Any = None) -> Any:
        return self.held.get(name, default)

    def put(self, name: str, value: Any) -> None:
        self.held[name] = value


def product_desk(
    catalogue: FakeCatalogue,
    drafts: FakeDrafts | None = None,
    rights: Iterable[str] = (EDITOR,),
    name: str = "product",
) -> ProductDesk:
    """A desk for somebody with these rights."""
    user = User(name, name, name.title(), "Products", frozenset(), dict.fromkeys(rights, "x"))
    return ProductDesk(
        cast("Any", catalogue),
        cast("Any", drafts or FakeDrafts()),
        lambda: NOW,
        user,
        there=True,
    )


def product_surroundings(theme: Theme, background: Background, desk: ProductDesk) -> Surroundings:
    """What the page asks for, and nothing else."""
    place = SimpleNamespace(
        products=desk,
        store=SimpleNamespace(preferences=FakePreferences(), durable=True),
        changes=Changes(),
        clock=lambda: NOW,
    )
    return Surroundings(theme, background, cast("Workplace", place))


def _nameless(offers: Iterable[Mapping[str, Any]]) -> Iterable[Fault]:
    for each in offers:
        if not each["name"].strip():
            yield Fault(where=f"offer {each['code']}", text="name is a text that says something")
