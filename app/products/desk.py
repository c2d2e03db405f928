"""What a product manager can do with the server: read, prove, try, propose, decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app.language import tr
from app.products import proofs, rules, trial, words
from app.products.documents import Documents, Item
from app.products.journal import ProductJournal
from app.products.proofs import Finding, Proofs
from app.products.proposals import ProposalRow, VersionRow, proposal_row, version_rows
from app.products.working import Working, begun, on_version
from app.session import User
from app.store.drafts import Drafts
from backend_client import Rejected
from backend_client import catalogue as wire
from backend_client.catalogue import faults_of

EDIT, APPROVE, SEE_CUSTOMERS = "catalogue.edit", "catalogue.approve", "customer.read"
CAPABILITY = "catalogue"

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Compared:
    """A version or proposal beside what was before it."""

    note: str
    changes: tuple[words.ChangeView, ...]
    proofs: Proofs | None = None


class NotReadable(Exception):  # noqa: N818  # no mistake of the program: a sentence for a person
    """The copy has faults, so it cannot be tried."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        first = findings[0] if findings else None
        where = f"{first.title}: {first.text}" if first else ""
        self.sentence = tr("The copy has faults, mend them first. {where}", where=where).strip()
        super().__init__(self.sentence)


class ProductDesk:
    """The catalogue for one user. Every call but `may_…` is for a thread."""

    def __init__(
        self,
        catalogue: wire.Catalogue,
        drafts: Drafts,
        clock: Clock,
        user: User,
        *,
        there: bool,
    ) -> None:
        """`there` says whether the server offers its catalogue at all."""
        self._catalogue = catalogue
        self._clock = clock
        self._user = user
        self._there = there
        self.journal = ProductJournal(drafts, user.id, clock)

    @property
    def may_edit(self) -> bool:
        return self._there and self._user.may(EDIT)

    @property
    def may_approve(self) -> bool:
        return self._there and self._user.may(APPROVE)

    @property
    def may_see_customers(self) -> bool:
        """Whether a trial may be asked for by one of the customers."""
        return self.may_edit and self._user.may(SEE_CUSTOMERS)

    def open(self) -> Working:
        """The version in force with what was kept of the working copy on it."""
        self.journal.write()
        edition = self._catalogue.in_force()
        kept = self.journal.read() if self.may_edit else None
        base = _documents(edition)
        if kept is None:
            return begun(edition.version, base)
        return on_version(edition.version, base, kept)

    def check(self, working: Working) -> Proofs:
        """The proofs of the working copy; they may take seconds."""
        names = rules.named(working.now)
        return proofs.proofs_of(self._catalogue.check(_sent(working)), names)

    def choices(self, working: Working, asked: trial.Trial) -> trial.TrialView:
        """What this customer could choose from the working copy. Raises NotReadable."""
        try:
            found = self._catalogue.trial(_sent(working), trial.question(asked))
        except Rejected as refusal:
            self._explain(refusal, working)
            raise
        return trial.view_of(found, asked)

    def propose(self, working: Working) -> wire.Proposal:
        """Hand the working copy to a second person.

        NotReadable where it has faults; Conflict where another version came into force meanwhile.
        """
        try:
            return self._catalogue.propose(
                _sent(working), based_on=working.version, note=working.note, key=working.key
            )
        except Rejected as refusal:
            self._explain(refusal, working)
            raise

    def proposals(self) -> tuple[ProposalRow, ...]:
        """All proposals, those that wait first, then newest first."""
        now = self._clock()
        rows = [proposal_row(each, now) for each in self._catalogue.proposals()]
        return tuple(sorted(rows, key=lambda each: not each.waits))

    def proposal(self, proposal_id: str) -> Compared:
        """A proposal: what it changes and what the proofs said of it."""
        found = self._catalogue.proposal(proposal_id)
        base = _documents(self._catalogue.edition(found.based_on))
        new = _documents(found, base)
        proved = proofs.proofs_of(found.check, rules.named(new))
        return Compared(found.note, words.diff(base, new), proved)

    def versions(self) -> tuple[VersionRow, ...]:
        return version_rows(self._catalogue.editions(), self._clock())

    def version(self, number: int, before: int | None) -> Compared:
        """A version beside the one before it; the first one has none."""
        edition = self._catalogue.edition(number)
        if before is None:
            return Compared(edition.note, ())
        older = self._catalogue.edition(before)
        return Compared(edition.note, words.diff(_documents(older), _documents(edition)))

    def approve(self, proposal_id: str) -> int:
        """Put a proposal in force; returns its version."""
        return self._catalogue.approve(proposal_id).version or 0

    def reject(self, proposal_id: str, reason: str) -> None:
        self._catalogue.reject(proposal_id, reason)

    def withdraw(self, proposal_id: str) -> None:
        self._catalogue.withdraw(proposal_id)

    def _explain(self, refusal: Rejected, working: Working) -> None:
        """Raise the faults of a refusal in words, where it has some."""
        if found := faults_of(refusal):
            check = wire.Check(faults=found)
            raise NotReadable(proofs.proofs_of(check, rules.named(working.now)).findings)


def _documents(found: wire.CatalogueDocuments, base: Documents | None = None) -> Documents:
    """The three documents; what a proposal leaves out is as it was."""
    return Documents(
        found.catalogue,
        _or_base(found.specifications, base, "specifications"),
        _or_base(found.prices, base, "prices"),
    )


def _or_base(found: Item | None, base: Documents | None, name: str) -> Item:
    if found is not None:
        return found
    held: Item = getattr(base, name) if base is not None else {}
    return held


def _sent(working: Working) -> wire.CatalogueDocuments:
    """What is sent: the catalogue, and of the others only what is another than in force."""
    now, base = working.now, working.base
    return wire.CatalogueDocuments(
        catalogue=now.catalogue,
        specifications=now.specifications if now.specifications != base.specifications else None,
        prices=now.prices if now.prices != base.prices else None,
    )
