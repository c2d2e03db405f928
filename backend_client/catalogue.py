"""What is sold, as its authors write it: versions, proofs, proposals and their approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from backend_client.calls import Call, Params, Sender, segment
from backend_client.cancel import Cancel
from backend_client.choices import Choices
from backend_client.decoding import Document, decoded, encoded
from backend_client.errors import Rejected
from backend_client.records import Record, Time

_API = "/desk-api/v1/catalogue"
_PUBLISHED = "CatalogBatchEvent"
_NOTHING: Mapping[str, Any] = {}

R = TypeVar("R", bound=Record)


class CatalogueDocuments(Record, frozen=True):
    """The documents a catalogue is written in, as the server keeps them.

    `catalogue` holds offers, groups, context, rules and perhaps changes. An edition that leaves
    out the others keeps those in force.
    """

    catalogue: Mapping[str, Any] = msgspec.field(default_factory=dict)
    specifications: Mapping[str, Any] | None = None
    prices: Mapping[str, Any] | None = None
    golden: tuple[Mapping[str, Any], ...] | None = None
    """Orders that must stay as they are: facts, picks, valid."""


class Edition(CatalogueDocuments, frozen=True):
    """A version as it was published; `approved_by` is the second person."""

    version: int = 0
    published: Time | None = None
    published_by: str = ""
    approved_by: str | None = None
    note: str = ""


class EditionLine(Record, frozen=True):
    """A version in the list of all, newest first."""

    version: int = 0
    published: Time | None = None
    published_by: str = ""
    approved_by: str | None = None
    note: str = ""


class Fault(Record, frozen=True):
    """One mistake: where it is ("offer F03", "rule R12", "group BB"), what to mend.

    `line` is that of the text as it was sent; None where it stands in no line.
    """

    where: str = ""
    text: str = ""
    line: int | None = None


class BrokenOrder(Record, frozen=True):
    """A golden order that is no longer what it was; `breaks` names rules and offers."""

    line: int = 0
    expected: str = "valid"
    breaks: tuple[str, ...] = ()


class Golden(Record, frozen=True):
    checked: int = 0
    broken: tuple[BrokenOrder, ...] = ()


class Price(Record, frozen=True):
    monthly: Decimal = Decimal(0)
    once: Decimal = Decimal(0)


class PriceChange(Record, frozen=True):
    """What a basket costs now and would cost; None where an offer of it does not exist."""

    basket: Mapping[str, int] = msgspec.field(default_factory=dict)
    before: Price | None = None
    after: Price | None = None


class Change(Record, frozen=True):
    """One entry that differs from the version in force.

    `kind` is offer, rule, group, fact, change, specification, priceList, price or golden;
    `change` is added, removed or changed; `before` and `after` are the entries as documents.
    """

    kind: str = ""
    id: str = ""
    change: str = "changed"
    before: Any = None
    after: Any = None


class Check(Record, frozen=True):
    """What was proved of an edition. It may be proposed where it is `valid`."""

    valid: bool = False
    faults: tuple[Fault, ...] = ()
    dead: tuple[str, ...] = ()
    redundant: tuple[str, ...] = ()
    unpriced: tuple[str, ...] = ()
    untexted: tuple[str, ...] = ()
    empty_order: str = "valid"
    empty_order_breaks: tuple[str, ...] = ()
    golden: Golden = Golden()
    prices: tuple[PriceChange, ...] = ()
    changes: tuple[Change, ...] = ()


class Proposal(CatalogueDocuments, frozen=True):
    """`state` is proposed, published, rejected or withdrawn; a list leaves the documents out."""

    id: str = ""
    state: str = "proposed"
    by: str = ""
    mine: bool = False
    at: Time | None = None
    based_on: int = 0
    note: str = ""
    check: Check = Check()
    decided_by: str | None = None
    decided_at: Time | None = None
    reason: str | None = None
    version: int | None = None
    """Of a published proposal: the version it became."""


class _Editions(Record, frozen=True):
    versions: tuple[EditionLine, ...] = ()


class _Proposals(Record, frozen=True):
    proposals: tuple[Proposal, ...] = ()


class Catalogue:
    """Asked for by the capability `catalogue`; approving needs another person than the author."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def in_force(self, *, cancel: Cancel | None = None) -> Edition:
        """The version in force with its documents."""
        return self._get("", Edition, cancel)

    def edition(self, version: int, *, cancel: Cancel | None = None) -> Edition:
        """A version, as it will be readable for ever."""
        path = f"{_API}/version/{segment(str(version))}"
        call = Call(method="GET", path=path, route=f"{_API}/version/{{n}}", cancel=cancel)
        return decoded(self._sender.send(call), Edition)

    def editions(self, *, cancel: Cancel | None = None) -> tuple[EditionLine, ...]:
        """All versions, newest first."""
        return self._get("/version", _Editions, cancel).versions

    def check(self, documents: CatalogueDocuments, *, cancel: Cancel | None = None) -> Check:
        """The proofs; faults are in the answer, and nothing is kept. May take seconds."""
        call = Call(
            method="POST",
            path=f"{_API}/check",
            body=encoded(documents),
            keyed=True,  # a question asked twice has no second effect
            cancel=cancel,
        )
        return decoded(self._sender.send(call), Check)

    def trial(
        self, documents: CatalogueDocuments, question: Document, *, cancel: Cancel | None = None
    ) -> Choices:
        """What could be chosen if this were in force; `question` as for `Desk.choices`.

        Rejected with faults (see `faults_of`) for documents that cannot be read.
        """
        body = {**msgspec.to_builtins(documents, builtin_types=(Decimal,)), **question}
        call = Call(
            method="POST", path=f"{_API}/try", body=encoded(body), keyed=True, cancel=cancel
        )
        return decoded(self._sender.send(call), Choices)

    def propose(
        self,
        documents: CatalogueDocuments,
        *,
        based_on: int,
        note: str,
        key: str,
        cancel: Cancel | None = None,
    ) -> Proposal:
        """Hand an edition to a second person. `key` makes a repetition the same proposal.

        Rejected with faults (see `faults_of`); Conflict where `based_on` is not in force any more.
        """
        body = {
            **msgspec.to_builtins(documents, builtin_types=(Decimal,)),
            "basedOn": based_on,
            "note": note,
        }
        call = Call(
            method="POST", path=f"{_API}/proposal", body=encoded(body), key=key, cancel=cancel
        )
        return decoded(self._sender.send(call), Proposal)

    def proposals(self, state: str = "", *, cancel: Cancel | None = None) -> tuple[Proposal, ...]:
        """Proposals without their documents, newest first; all, or those in one state."""
        params: Params = (("state", state),) if state else ()
        return self._get("/proposal", _Proposals, cancel, params).proposals

    def proposal(self, identity: str, *, cancel: Cancel | None = None) -> Proposal:
        """One proposal, with its documents."""
        path = f"{_API}/proposal/{segment(identity)}"
        call = Call(method="GET", path=path, route=f"{_API}/proposal/{{id}}", cancel=cancel)
        return decoded(self._sender.send(call), Proposal)

    def approve(self, identity: str, *, cancel: Cancel | None = None) -> Proposal:
        """Put a proposal in force; its `version` is the new one.

        NotAllowed for its author; Conflict where it is decided, or no longer based on what is
        in force.
        """
        return self._decide(identity, "approval", {}, cancel)

    def reject(self, identity: str, reason: str, *, cancel: Cancel | None = None) -> Proposal:
        return self._decide(identity, "rejection", {"reason": reason}, cancel)

    def withdraw(self, identity: str, *, cancel: Cancel | None = None) -> Proposal:
        """The author takes the proposal back."""
        return self._decide(identity, "withdrawal", {}, cancel)

    def _decide(
        self, identity: str, decision: str, body: Document, cancel: Cancel | None
    ) -> Proposal:
        call = Call(
            method="POST",
            path=f"{_API}/proposal/{segment(identity)}/{decision}",
            route=f"{_API}/proposal/{{id}}/{decision}",
            body=encoded(body),
            keyed=True,  # the same decision by the same person again gives the same answer
            cancel=cancel,
        )
        return decoded(self._sender.send(call), Proposal)

    def _get(self, path: str, kind: type[R], cancel: Cancel | None, params: Params = ()) -> R:
        call = Call(method="GET", path=f"{_API}{path}", params=params, cancel=cancel)
        return decoded(self._sender.send(call), kind)


def faults_of(refusal: Rejected) -> tuple[Fault, ...]:
    """Each mistake in an edition that was refused; empty for a refusal of another kind."""
    told = refusal.told.get("faults", ())
    entries: Iterable[Any] = told if isinstance(told, list | tuple) else ()
    try:
        return tuple(msgspec.convert(each, Fault) for each in entries)
    except msgspec.ValidationError:
        return ()


def published_version(event_type: str, document: Mapping[str, Any] = _NOTHING) -> str | None:
    """The version a live event says is in force now; None for every other event.

    `event_type` and `document` are those of `events.Event`.
    """
    return str(document.get("version", "")) if event_type == _PUBLISHED else None
