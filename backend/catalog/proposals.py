"""What is decided about new editions: proved, proposed by one person, approved by another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from backend.access import audit
from backend.access.audit import Entry
from backend.catalog import records, rules
from backend.catalog.bundles import read_bundles
from backend.catalog.differences import differences
from backend.catalog.editions import Document, Edition
from backend.catalog.in_step import bring_in_step
from backend.catalog.prover import Prover
from backend.product_rules import BadCatalogue
from backend.product_rules.catalogue import Fault
from backend.rest.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from backend.rest.events import timestamp
from backend.rest.resource import Context

EDIT, APPROVE = "catalogue.edit", "catalogue.approve"
PROPOSED, PUBLISHED, REJECTED, WITHDRAWN = "proposed", "published", "rejected", "withdrawn"
STATES = (PROPOSED, PUBLISHED, REJECTED, WITHDRAWN)
_NOTHING_PROVED: Mapping[str, Any] = {
    "dead": [],
    "redundant": [],
    "unpriced": [],
    "untexted": [],
    "emptyOrder": "valid",
    "emptyOrderBreaks": [],
    "golden": {"checked": 0, "broken": []},
    "prices": [],
}
_LONGEST_NOTE = 2_000
_MOST_LISTED = 200
_LONGEST_ID = 9
_LARGEST_NUMBER = 2**31 - 1


@dataclass
class Faulty(Refused):
    """An edition with faults; each is told with its line."""

    faults: list[Document] = field(default_factory=list)


def edition_in_force(connection: sa.Connection) -> tuple[int, Edition]:
    """The version in force and its documents; 0 and nothing before the first is published."""
    number = records.newest(connection)
    if number is None:
        return 0, Edition({}, {}, {})
    return number, _edition(records.version(connection, number))


def examined(edition: Edition, in_force: Edition, prover: Prover) -> Document:
    """Everything that can be said of an edition before it is published. Needs no database."""
    faults = [_told(fault) for fault in _faults(edition)]
    if edition.oversized is not None:
        return {"valid": False, "faults": faults, **_NOTHING_PROVED, "changes": []}
    proof = prover.prove(edition, in_force if in_force.rules else None)
    own = edition.sent.get("catalogue")
    moved = (own.line if own else 1) - 1
    for fault in proof.pop("faults"):
        line = fault["line"]
        told = {**fault, "line": line + moved if line is not None else None}
        if told not in faults:
            faults.append(told)
    return {
        "valid": not faults,
        "faults": faults,
        **_NOTHING_PROVED,
        **proof,
        "changes": differences(in_force, edition),
    }


def refused(faults: Iterable[Fault]) -> Faulty:
    """The refusal of an edition that cannot be read."""
    return _refusal([_told(fault) for fault in faults])


def propose(
    context: Context,
    edition: Edition,
    *,
    based_on: int,
    note: str,
    check: Document,
    entity: str | None = None,
) -> Document:
    """Keep an edition for a second person. Faulty, Conflict, Invalid.

    `entity` is what a write through TMF620 was about.
    """
    if not note.strip() or len(note) > _LONGEST_NOTE:
        raise Invalid("Say in a note what is new.", code="noNote")
    _refuse_faulty(check["faults"])
    if not check["changes"]:
        raise Refused("Nothing differs from what is in force.", code="noChange")
    records.lock_publishing(context.connection)
    _require_in_force(context, based_on)
    row = records.propose(
        context.connection,
        author=context.caller.user_id,
        author_name=context.caller.name,
        proposed=context.now,
        based_on=based_on,
        note=note.strip(),
        rules=edition.rules,
        specifications=edition.specifications,
        prices=edition.prices,
        golden=edition.golden,
        proof=check,
        entity=entity,
    )
    _note(context, "catalogue.proposed", row)
    return told(context, row)


def approve(context: Context, identity: str) -> Document:
    """Put a proposal in force: version, TMF620 entities, events, all in this transaction.

    Forbidden for its author; Conflict where it is decided, or something else is in force now.
    """
    records.lock_publishing(context.connection)
    row = _found(context, identity, lock=True)
    if row.author == context.caller.user_id:
        raise Forbidden(
            "You proposed this yourself.",
            "Ask another person to approve it.",
            code="secondPersonNeeded",
        )
    if row.state == PUBLISHED and row.decided_by == context.caller.user_id:
        return told(context, row)
    _require_open(row)
    _require_in_force(context, row.based_on)
    edition = _edition(row)
    _refuse_faulty([_told(fault) for fault in _faults(edition)])
    number = rules.publish(
        context,
        row.rules,
        row.specifications,
        row.prices,
        golden=row.golden,
        author=row.author_name,
        note=row.note,
    )
    definitions = edition.definitions(number)
    bring_in_step(context, definitions, read_bundles(definitions.catalogue, row.specifications))
    return _decided(context, row, PUBLISHED, version=number)


def reject(context: Context, identity: str, reason: str) -> Document:
    """Send a proposal back, with the reason."""
    if not reason.strip() or len(reason) > _LONGEST_NOTE:
        raise Invalid("Say why, so that the author can mend it.", code="noReason")
    row = _found(context, identity, lock=True)
    if row.state == REJECTED and row.decided_by == context.caller.user_id:
        return told(context, row)
    _require_open(row)
    return _decided(context, row, REJECTED, reason=reason.strip())


def withdraw(context: Context, identity: str) -> Document:
    """The author takes a proposal back."""
    row = _found(context, identity, lock=True)
    if row.author != context.caller.user_id:
        raise Forbidden(
            "Only who proposed this can take it back.", "Reject it instead.", code="notTheAuthor"
        )
    if row.state == WITHDRAWN:
        return told(context, row)
    _require_open(row)
    return _decided(context, row, WITHDRAWN)


def one(context: Context, identity: str) -> Document:
    """A proposal with its documents."""
    row = _found(context, identity)
    return {**told(context, row), **documents_of(row)}


def listed(context: Context, state: str | None) -> list[Document]:
    """The newest proposals without their documents; Invalid for an unknown state."""
    if state is not None and state not in STATES:
        raise Invalid(f"A state is one of {', '.join(STATES)}.", code="unknownState")
    rows = records.proposals(context.connection, state, _MOST_LISTED)
    return [told(context, row) for row in rows]


def waiting_for(context: Context, entity: str) -> Document | None:
    """The newest proposal that waits for a second person and is about this entity of TMF620."""
    number = records.waiting_for(context.connection, entity)
    return None if number is None else told(context, _found(context, str(number)))


def versions(connection: sa.Connection) -> list[Document]:
    """All versions, newest first."""
    return [_version_line(row) for row in records.versions(connection)]


def version(connection: sa.Connection, number: int | None = None) -> Document:
    """A version with its documents, or the one in force."""
    found = records.newest(connection) if number is None else number
    row = None
    if found is not None and found <= _LARGEST_NUMBER:
        row = records.find_version(connection, found)
    if row is None:
        raise NotFound("There is no such version of the catalogue.", code="notFound")
    return {**_version_line(row), **documents_of(row)}


def documents_of(row: sa.Row[Any]) -> Document:
    return {
        "catalogue": row.rules,
        "specifications": row.specifications,
        "prices": row.prices,
        "golden": row.golden,
    }


def told(context: Context, row: sa.Row[Any]) -> Document:
    """A proposal as it is answered; `mine` says that the caller is its author."""
    return {
        "id": str(row.number),
        "state": row.state,
        "by": row.author_name,
        "mine": row.author == context.caller.user_id,
        "at": timestamp(row.proposed),
        "basedOn": row.based_on,
        "note": row.note,
        "check": row.proof,
        "decidedBy": row.decider_name,
        "decidedAt": timestamp(row.decided) if row.decided else None,
        "reason": row.reason,
        "version": row.version,
    }


def _version_line(row: sa.Row[Any]) -> Document:
    return {
        "version": row.number,
        "published": timestamp(row.published),
        "publishedBy": row.published_by,
        "approvedBy": row.approved_by,
        "note": row.note,
    }


def _edition(row: sa.Row[Any]) -> Edition:
    return Edition(row.rules, row.specifications, row.prices, row.golden)


def _faults(edition: Edition) -> tuple[Fault, ...]:
    try:
        edition.definitions()
    except BadCatalogue as error:
        return error.faults
    return ()


def _told(fault: Fault) -> Document:
    return {"where": fault.where, "line": fault.line, "text": fault.text}


def _refuse_faulty(faults: list[Document]) -> None:
    if faults:
        raise _refusal(faults)


def _refusal(faults: list[Document]) -> Faulty:
    first = faults[0]
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    return Faulty(
        f"The catalogue has faults: {first['where']}: {first['text']}{more}.",
        "Mend them and try again; the catalogue in force stays.",
        code="badCatalogue",
        faults=faults,
    )


def _require_in_force(context: Context, based_on: int) -> None:
    if records.newest(context.connection) != based_on:
        raise Conflict(
            "Another version is in force by now.",
            "Take its changes over and propose yours again.",
            code="notInForce",
        )


def _require_open(row: sa.Row[Any]) -> None:
    if row.state != PROPOSED:
        raise Conflict(f"This proposal is {row.state} already.", code="alreadyDecided")


def _found(context: Context, identity: str, *, lock: bool = False) -> sa.Row[Any]:
    known = identity.isascii() and identity.isdigit() and len(identity) <= _LONGEST_ID
    row = records.proposal(context.connection, int(identity), lock=lock) if known else None
    if row is None:
        raise NotFound("There is no such proposal.", code="notFound")
    return row


def _decided(context: Context, row: sa.Row[Any], state: str, **values: Any) -> Document:
    decided = records.decide(
        context.connection,
        row.number,
        state=state,
        decided_by=context.caller.user_id,
        decider_name=context.caller.name,
        decided=context.now,
        **values,
    )
    _note(context, f"catalogue.{state}", decided)
    return told(context, decided)


def _note(context: Context, action: str, row: sa.Row[Any]) -> None:
    audit.record(
        context.connection,
        Entry(
            action,
            actor=context.caller.user_id,
            subject=str(row.number),
            reason=row.reason,
            details={"basedOn": row.based_on, "author": row.author, "version": row.version},
        ),
    )
