"""Writes of a product manager through TMF620: what is sold changes only by a proposal."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from backend.access.caller import Caller
from backend.catalog import authorship, proposals, rules
from backend.catalog.desk_routes import PATH, faulty
from backend.catalog.editions import Document, Edition
from backend.catalog.faces import LAUNCHED
from backend.catalog.prover import Prover
from backend.rest import documents, etags, idempotency, openapi, patches
from backend.rest.checks import parse_object
from backend.rest.documents import Stored
from backend.rest.errors import Forbidden, NotFound, Refused
from backend.rest.idempotency import Answer
from backend.rest.resource import Context, Operation, Resource
from backend.rest.router import (
    Endpoints,
    Wiring,
    fingerprint,
    raw_body,
    require_right,
    respond,
)

AUTHORED = (rules.PRODUCT_SPECIFICATION, rules.PRODUCT_OFFERING, rules.PRODUCT_OFFERING_PRICE)
"""What is sold, as TMF620 has it; categories and catalogs only sort it."""
_LIFE = "lifecycleStatus"
_SOLD_BY_OFFERINGS = "It is launched with the offering that has it."


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A change of what is sold: the entity as it is and as it would be, and why."""

    resource: Resource
    before: Document
    after: Document

    @property
    def name(self) -> str:
        return f"{self.resource.name}/{self.before['id']}"

    @property
    def launches(self) -> bool:
        return self.before.get(_LIFE) != LAUNCHED and self.after.get(_LIFE) == LAUNCHED

    @property
    def note(self) -> str:
        name = self.after.get("name", self.before["id"])
        if self.launches:
            return f"{name}: launched through TMF620"
        if self.after.get(_LIFE) != LAUNCHED:
            return f"{name}: {str(self.after.get(_LIFE)).lower()} through TMF620"
        return f"{name}: changed through TMF620"


@dataclass(frozen=True, slots=True)
class Authoring(Endpoints):
    """Writes of what is sold: drafts change at once, what is launched by a second person.

    Answers 202 with the entity as it still is, and the proposal's place in Location. Who may
    approve launches what another has proposed by the same PATCH.
    """

    prover: Prover

    def create(self, request: Request, body: bytes, caller: Caller) -> Response:
        require_right(caller, self.resource.rights.create)
        if parse_object(body).get(_LIFE) == LAUNCHED:
            raise Refused(
                "What is new begins as a draft.",
                "Create it as Active, then launch it: another person approves that.",
                code="illegalState",
            )
        return Endpoints.create(self, request, body, caller)

    def patch(self, request: Request, identity: str, body: bytes, caller: Caller) -> Response:
        may_approve = proposals.APPROVE in caller.rights
        if not may_approve:
            require_right(caller, self.resource.rights.update)
        wanted, stored = self._wanted(request, identity, body, caller)
        if wanted.after == wanted.before or LAUNCHED not in {
            wanted.before.get(_LIFE),
            wanted.after.get(_LIFE),
        }:
            require_right(caller, self.resource.rights.update)
            return Endpoints.patch(self, request, identity, body, caller)
        etags.require(request.headers.get("if-match"), stored.revision)
        if wanted.launches and may_approve:
            return self._approve(wanted, caller)
        require_right(caller, self.resource.rights.update)
        return self._propose(request, body, caller, wanted)

    def _wanted(
        self, request: Request, identity: str, body: bytes, caller: Caller
    ) -> tuple[_Wanted, Stored]:
        media = request.headers.get("content-type", "application/json")
        change = patches.reader(self.resource, media, body)
        if "\x00" in identity:
            raise NotFound(f"There is no such {self.resource.name}.", code="notFound")
        with self.wiring.database.read() as connection:
            stored = documents.read(connection, self.resource, caller, identity)
        before = stored.document
        return _Wanted(self.resource, before, change(before)), stored

    def _propose(self, request: Request, body: bytes, caller: Caller, wanted: _Wanted) -> Response:
        _require_legal(wanted)
        with self.wiring.database.read() as connection:
            context = self.wiring.context(connection, caller)
            number, in_force = proposals.edition_in_force(connection)
            edition = _edition(context, in_force, wanted)
            waits = proposals.waiting_for(context, wanted.name)
        if waits and waits["mine"]:
            raise Forbidden(
                f"This waits already, as proposal {waits['id']}.",
                "Ask another person to approve it, or take it back first.",
                code="secondPersonNeeded",
            )
        if edition is None:  # nothing of it is sold
            return Endpoints.patch(self, request, wanted.before["id"], body, caller)
        check = proposals.examined(edition, in_force, self.prover)
        if check["valid"] and not check["changes"]:
            return Endpoints.patch(self, request, wanted.before["id"], body, caller)

        def work(context: Context) -> Answer:
            made = proposals.propose(
                context,
                edition,
                based_on=number,
                note=wanted.note,
                check=check,
                entity=wanted.name,
            )
            stored = self._waiting(context, wanted, made)
            place = {"Location": f"{PATH}/proposal/{made['id']}", "ETag": stored.etag}
            return Answer(202, place, stored.body)

        key = request.headers.get("idempotency-key")
        try:
            with self.wiring.database.begin() as connection:
                context = self.wiring.context(connection, caller)
                same = fingerprint(request, body)
                return respond(idempotency.once(context, key, same, lambda: work(context)))
        except proposals.Faulty as refusal:
            return faulty(refusal)

    def _waiting(self, context: Context, wanted: _Wanted, made: Document) -> Stored:
        """The entity as it still is; an offering says that somebody must approve."""

        def change(now: Document) -> Document:
            if self.resource is not rules.PRODUCT_OFFERING:
                return now
            reason = f"Proposal {made['id']} waits for another person's approval."
            return {**now, "statusReason": reason}

        return documents.rewrite(context, self.resource, wanted.before["id"], change)

    def _approve(self, wanted: _Wanted, caller: Caller) -> Response:
        with self.wiring.database.begin() as connection:
            context = self.wiring.context(connection, caller)
            waits = proposals.waiting_for(context, wanted.name)
            if waits is None:
                raise Refused(
                    "Nobody has proposed to launch it.",
                    "A product manager proposes it first.",
                    code="notProposed",
                )
            try:
                proposals.approve(context, waits["id"])
            except proposals.Faulty as refusal:
                connection.rollback()
                return faulty(refusal)
            identity = wanted.before["id"]
            stored = documents.read(connection, self.resource, caller, identity)
        return Response(stored.body, headers={"ETag": stored.etag}, media_type="application/json")


def router(resource: Resource, wiring: Wiring, prover: Prover) -> APIRouter:
    """The writes of one resource that is sold, at its official path."""
    routes = APIRouter(tags=[resource.api.name])
    endpoints = Authoring(resource, wiring, prover)
    current = wiring.current_caller

    def creating(
        request: Request,
        caller: Annotated[Caller, Depends(current)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        return endpoints.create(request, body, caller)

    def patching(
        request: Request,
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(current)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        return endpoints.patch(request, identity, body, caller)

    described = openapi.Describer(resource).route(Operation.PATCH)
    described["responses"] = {
        202: {"description": "Proposed: another person must approve it"},
        **described["responses"],
    }
    many = f"{resource.api.base}/{resource.name}"
    created = openapi.Describer(resource).route(Operation.CREATE)
    routes.add_api_route(many, creating, methods=["POST"], **created)
    routes.add_api_route(f"{many}/{{id}}", patching, methods=["PATCH"], **described)
    return routes


def _require_legal(wanted: _Wanted) -> None:
    """A state is left only for those that follow it."""
    states = wanted.resource.states
    old, new = wanted.before.get(_LIFE), wanted.after.get(_LIFE)
    if states is None or old == new:
        return
    allowed = states.transitions.get(str(old), frozenset())
    if new not in allowed:
        raise Refused(
            f"{_LIFE} can not go from {old} to {new}.",
            f"From {old} it may become: {', '.join(sorted(allowed)) or 'nothing else'}.",
            code="illegalTransition",
        )


def _edition(context: Context, in_force: Edition, wanted: _Wanted) -> Edition | None:
    """What would be in force; None where the write is about nothing that is sold."""
    make = _MAKERS[wanted.resource.name]
    return make(context, in_force, wanted)


def _of_offering(context: Context, in_force: Edition, wanted: _Wanted) -> Edition | None:
    def price(identity: str) -> Document | None:
        try:
            return documents.find(context, rules.PRODUCT_OFFERING_PRICE, identity)
        except NotFound:
            return None

    if wanted.after.get(_LIFE) != LAUNCHED:
        return authorship.without_offering(in_force, wanted.before["id"])
    return authorship.with_offering(in_force, wanted.after, price)


def _of_price(_context: Context, in_force: Edition, wanted: _Wanted) -> Edition | None:
    if wanted.launches or wanted.after.get(_LIFE) != LAUNCHED:
        raise Refused(_SOLD_BY_OFFERINGS, "Change the offering.", code="notAlone")
    return authorship.with_price(in_force, wanted.after)


def _of_specification(_context: Context, in_force: Edition, wanted: _Wanted) -> Edition | None:
    if wanted.launches or wanted.after.get(_LIFE) != LAUNCHED:
        raise Refused(_SOLD_BY_OFFERINGS, "Propose a catalogue with it.", code="notAlone")
    names = ("productSpecCharacteristic",)
    if any(wanted.before.get(name) != wanted.after.get(name) for name in names):
        raise Refused(
            "What can be set is part of the catalogue.",
            "Propose a catalogue in which it is changed.",
            code="notAlone",
        )
    return authorship.with_specification(in_force, wanted.after)


_MAKERS: dict[str, Callable[[Context, Edition, _Wanted], Edition | None]] = {
    rules.PRODUCT_OFFERING.name: _of_offering,
    rules.PRODUCT_OFFERING_PRICE.name: _of_price,
    rules.PRODUCT_SPECIFICATION.name: _of_specification,
}
