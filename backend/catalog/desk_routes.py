"""The HTTP side of `/desk-api/v1/catalogue`: versions, proofs, proposals."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from collections.abc import Callable
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from backend.access.caller import Caller
from backend.catalog import proposals
from backend.catalog.editions import Document, Edition, read
from backend.catalog.prover import Prover
from backend.rest import error_pages, idempotency, openapi
from backend.rest.checks import parse_object
from backend.rest.errors import Forbidden, Invalid
from backend.rest.idempotency import Answer
from backend.rest.resource import Context
from backend.rest.router import Wiring, fingerprint, raw_body, require_json, require_right, respond

PATH = "/desk-api/v1/catalogue"
_SCHEMA = {"title": "CatalogueEdition", "type": "object", "required": ["catalogue"]}
_OFFER = {
    "code": "N01",
    "name": "Glimt 1500",
    "family": "Internet",
    "kind": "broadband",
    "monthly": 52.0,
    "oneoff": 0,
    "term": 24,
    "max": 1,
    "note": "",
}
_EXAMPLE: dict[str, Any] = {
    "catalogue": {"offers": [_OFFER], "groups": {}, "context": {"segment": ["RES"]}, "rules": []}
}
_PROPOSAL = {**_EXAMPLE, "basedOn": 1, "note": "A second bandwidth"}


class Pages:
    """What the routes answer; each in a transaction of its own, proofs in none."""

    def __init__(self, wiring: Wiring, prover: Prover) -> None:
        self._wiring = wiring
        self._prover = prover

    def in_force(self, caller: Caller) -> Response:
        return self._read(caller, lambda context: proposals.version(context.connection))

    def version(self, caller: Caller, number: int) -> Response:
        return self._read(caller, lambda context: proposals.version(context.connection, number))

    def versions(self, caller: Caller) -> Response:
        def work(context: Context) -> Document:
            return {"versions": proposals.versions(context.connection)}

        return self._read(caller, work)

    def proposal(self, caller: Caller, identity: str) -> Response:
        return self._read(caller, lambda context: proposals.one(context, identity))

    def proposals(self, caller: Caller, state: str | None) -> Response:
        def work(context: Context) -> Document:
            return {"proposals": proposals.listed(context, state)}

        return self._read(caller, work)

    def check(self, request: Request, caller: Caller, body: bytes) -> Response:
        require_right(caller, proposals.EDIT)
        _, edition, in_force, _ = self._edition(request, body)
        return _json(proposals.examined(edition, in_force, self._prover))

    def propose(self, request: Request, caller: Caller, body: bytes) -> Response:
        require_right(caller, proposals.EDIT)
        wanted, edition, in_force, number = self._edition(request, body)
        based_on, note = wanted.get("basedOn", number), wanted.get("note", "")
        if not isinstance(based_on, int) or not isinstance(note, str):
            raise Invalid("basedOn is a version's number, note a text.", code="invalidBody")
        check = proposals.examined(edition, in_force, self._prover)

        def work(context: Context) -> Answer:
            made = proposals.propose(context, edition, based_on=based_on, note=note, check=check)
            place = {"Location": f"{PATH}/proposal/{made['id']}"}
            return Answer(201, place, orjson.dumps(made))

        key = request.headers.get("idempotency-key")
        try:
            with self._wiring.database.begin() as connection:
                context = self._wiring.context(connection, caller)
                same = fingerprint(request, body)
                return respond(idempotency.once(context, key, same, lambda: work(context)))
        except proposals.Faulty as refusal:
            return faulty(refusal)

    def approve(self, caller: Caller, identity: str) -> Response:
        self._require_second_person(caller, identity)
        try:
            return self._write(caller, lambda context: proposals.approve(context, identity))
        except proposals.Faulty as refusal:
            return faulty(refusal)

    def reject(self, request: Request, caller: Caller, identity: str, body: bytes) -> Response:
        require_right(caller, proposals.APPROVE)
        require_json(request)
        reason = parse_object(body).get("reason")
        said = reason if isinstance(reason, str) else ""
        return self._write(caller, lambda context: proposals.reject(context, identity, said))

    def withdraw(self, caller: Caller, identity: str) -> Response:
        require_right(caller, proposals.EDIT)
        return self._write(caller, lambda context: proposals.withdraw(context, identity))

    def _require_second_person(self, caller: Caller, identity: str) -> None:
        """Who has proposed it reads that, whatever else he may do."""
        if proposals.APPROVE in caller.rights:
            return
        require_right(caller, proposals.EDIT)
        with self._wiring.database.read() as connection:
            context = self._wiring.context(connection, caller)
            mine = proposals.one(context, identity)["mine"]
        raise Forbidden(
            "You proposed this yourself." if mine else "You may not approve a catalogue.",
            "Ask someone who may approve it.",
            code="secondPersonNeeded" if mine else "forbidden",
        )

    def _edition(self, request: Request, body: bytes) -> tuple[Document, Edition, Edition, int]:
        """What was sent, as an edition; what is in force, and its number."""
        require_json(request)
        wanted = parse_object(body)
        with self._wiring.database.read() as connection:
            number, in_force = proposals.edition_in_force(connection)
        return wanted, read(body, wanted, in_force), in_force, number

    def _read(self, caller: Caller, work: Callable[[Context], Document]) -> Response:
        if not caller.rights & {proposals.EDIT, proposals.APPROVE}:
            require_right(caller, proposals.EDIT)
        with self._wiring.database.read() as connection:
            return _json(work(self._wiring.context(connection, caller)))

    def _write(self, caller: Caller, work: Callable[[Context], Document]) -> Response:
        with self._wiring.database.begin() as connection:
            return _json(work(self._wiring.context(connection, caller)))


def router(wiring: Wiring, prover: Prover) -> APIRouter:
    routes = APIRouter(tags=["desk"])
    pages = Pages(wiring, prover)
    _add_reading(routes, wiring, pages)
    _add_writing(routes, wiring, pages)
    _add_decisions(routes, wiring, pages)
    return routes


def _add_reading(routes: APIRouter, wiring: Wiring, pages: Pages) -> None:
    Asking = Annotated[Caller, Depends(wiring.current_caller)]  # noqa: N806 - a type
    told = openapi.errors(401, 403, 404)

    @routes.get(PATH, operation_id="readCatalogue", responses=told, response_model=None)
    def in_force(caller: Asking) -> Response:
        """The version in force, as its authors wrote it."""
        return pages.in_force(caller)

    @routes.get(f"{PATH}/version", operation_id="listVersions", responses=told, response_model=None)
    def versions(caller: Asking) -> Response:
        """All versions, newest first."""
        return pages.versions(caller)

    @routes.get(
        f"{PATH}/version/{{number}}",
        operation_id="readVersion",
        responses=told,
        response_model=None,
    )
    def version(caller: Asking, number: Annotated[int, Path(ge=1)]) -> Response:
        """One version, with its documents."""
        return pages.version(caller, number)

    @routes.get(
        f"{PATH}/proposal", operation_id="listProposals", responses=told, response_model=None
    )
    def proposals_(caller: Asking, state: Annotated[str | None, Query()] = None) -> Response:
        """The newest proposals; `state` is proposed, published, rejected or withdrawn."""
        return pages.proposals(caller, state)

    @routes.get(
        f"{PATH}/proposal/{{id}}",
        operation_id="readProposal",
        responses=told,
        response_model=None,
    )
    def proposal(caller: Asking, identity: Annotated[str, Path(alias="id")]) -> Response:
        """One proposal, with its documents."""
        return pages.proposal(caller, identity)


def _add_writing(routes: APIRouter, wiring: Wiring, pages: Pages) -> None:
    Asking = Annotated[Caller, Depends(wiring.current_caller)]  # noqa: N806 - a type
    Body = Annotated[bytes, Depends(raw_body)]  # noqa: N806 - a type

    @routes.post(
        f"{PATH}/check",
        operation_id="checkCatalogue",
        responses=openapi.errors(400, 401, 403, 413, 415, 422),
        response_model=None,
        openapi_extra=openapi.json_body(_SCHEMA, _EXAMPLE),
    )
    def check(request: Request, caller: Asking, body: Body) -> Response:
        """Prove an edition; nothing is kept."""
        return pages.check(request, caller, body)

    @routes.post(
        f"{PATH}/proposal",
        operation_id="proposeCatalogue",
        status_code=201,
        responses=openapi.errors(400, 401, 403, 409, 413, 415, 422),
        response_model=None,
        openapi_extra=openapi.json_body(_SCHEMA, _PROPOSAL),
    )
    def propose(request: Request, caller: Asking, body: Body) -> Response:
        """Hand an edition to a second person."""
        return pages.propose(request, caller, body)


def _add_decisions(routes: APIRouter, wiring: Wiring, pages: Pages) -> None:
    Asking = Annotated[Caller, Depends(wiring.current_caller)]  # noqa: N806 - a type
    Body = Annotated[bytes, Depends(raw_body)]  # noqa: N806 - a type
    Identity = Annotated[str, Path(alias="id")]  # noqa: N806 - a type
    one = f"{PATH}/proposal/{{id}}"
    told = openapi.errors(400, 401, 403, 404, 409, 422)

    @routes.post(
        f"{one}/approval",
        operation_id="approveProposal",
        responses=told,
        response_model=None,
        openapi_extra=openapi.json_body({"type": "object"}, {}),
    )
    def approve(caller: Asking, identity: Identity) -> Response:
        """Put a proposal in force; its author may not."""
        return pages.approve(caller, identity)

    @routes.post(
        f"{one}/rejection",
        operation_id="rejectProposal",
        responses=told,
        response_model=None,
        openapi_extra=openapi.json_body({"type": "object"}, {"reason": "Too dear."}),
    )
    def reject(request: Request, caller: Asking, identity: Identity, body: Body) -> Response:
        """Send a proposal back to its author."""
        return pages.reject(request, caller, identity, body)

    @routes.post(
        f"{one}/withdrawal",
        operation_id="withdrawProposal",
        responses=told,
        response_model=None,
        openapi_extra=openapi.json_body({"type": "object"}, {}),
    )
    def withdraw(caller: Asking, identity: Identity) -> Response:
        """The author takes a proposal back."""
        return pages.withdraw(caller, identity)


def _json(document: Document, status: int = 200) -> Response:
    return Response(orjson.dumps(document), status, media_type="application/json")


def faulty(refusal: proposals.Faulty) -> Response:
    """The refusal of an edition, with each of its faults."""
    page = error_pages.render(refusal)
    told = orjson.loads(page.body) | {"faults": refusal.faults}
    return _json(told, page.status_code)
