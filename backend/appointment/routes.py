"""The HTTP side of TMF646: free times, and visits."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Annotated
from uuid import NAMESPACE_URL, uuid4, uuid5

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Path, Request, Response

from backend.access.caller import Caller
from backend.appointment import rules
from backend.appointment.visits import Visits
from backend.rest import hub, idempotency, openapi, patches
from backend.rest.checks import check, parse_object, refuse_protected
from backend.rest.documents import Stored
from backend.rest.errors import NotFound
from backend.rest.idempotency import Answer
from backend.rest.resource import READ_ONLY, Context, Document, Operation, Resource
from backend.rest.router import (
    Wiring,
    fingerprint,
    raw_body,
    require_json,
    require_right,
    resource_router,
    respond,
)


def router(wiring: Wiring, visits: Visits) -> APIRouter:
    routes = APIRouter(tags=[rules.API.name])
    base = rules.API.base
    many, one = f"{base}/appointment", f"{base}/appointment/{{id}}"
    describe = openapi.Describer(rules.APPOINTMENT)
    searching = openapi.Describer(rules.SEARCH_TIME_SLOT).route(Operation.CREATE)
    creating, patching = describe.route(Operation.CREATE), describe.route(Operation.PATCH)
    search = f"{base}/searchTimeSlot"
    routes.add_api_route(search, _searching(wiring, visits), methods=["POST"], **searching)
    routes.add_api_route(many, _booking(wiring, visits), methods=["POST"], **creating)
    routes.add_api_route(one, _changing(wiring, visits), methods=["PATCH"], **patching)
    for resource in (rules.APPOINTMENT, rules.SEARCH_TIME_SLOT):
        routes.include_router(resource_router(replace(resource, operations=READ_ONLY), wiring))
    routes.include_router(hub.router(rules.API, wiring))
    return routes


def _searching(wiring: Wiring, visits: Visits) -> Callable[..., Response]:
    def handle(
        request: Request,
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        wanted = _read(request, caller, body, rules.SEARCH_TIME_SLOT)
        answered = visits.search(_at(wiring, caller), wanted)
        return _once(
            wiring, request, caller, body, lambda context: visits.keep_search(context, answered)
        )

    return handle


def _booking(wiring: Wiring, visits: Visits) -> Callable[..., Response]:
    def handle(
        request: Request,
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        wanted = _read(request, caller, body, rules.APPOINTMENT)
        identity = _identity(request, caller, body)
        booked = visits.book(_at(wiring, caller), wanted, identity)
        try:
            return _once(
                wiring,
                request,
                caller,
                body,
                lambda context: visits.keep(context, booked, identity),
            )
        except Exception:
            visits.give_back(identity)
            raise

    return handle


def _changing(wiring: Wiring, visits: Visits) -> Callable[..., Response]:
    def handle(
        request: Request,
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        require_right(caller, rules.RIGHTS.update)
        if "\x00" in identity:
            raise NotFound("There is no such appointment.", code="notFound")
        media = request.headers.get("content-type", "application/json")
        change = patches.reader(rules.APPOINTMENT, media, body)
        condition = request.headers.get("if-match")
        write = visits.change(_at(wiring, caller), identity, change, condition)
        try:
            with wiring.database.begin() as connection:
                stored = write(wiring.context(connection, caller))
        except Exception:
            visits.put_right(_at(wiring, caller), identity)
            raise
        return respond(Answer(200, {"ETag": stored.etag}, stored.body))

    return handle


def _read(request: Request, caller: Caller, body: bytes, resource: Resource) -> Document:
    require_right(caller, resource.rights.create)
    require_json(request)
    wanted = patches.merged({}, parse_object(body))
    refuse_protected(resource, wanted)
    check(resource, wanted)
    return wanted


def _identity(request: Request, caller: Caller, body: bytes) -> str:
    """The same for the same request under the same key: the calendar books it once."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return uuid4().hex
    digest = fingerprint(request, body).hex()
    return uuid5(NAMESPACE_URL, f"{caller.user_id}|{key}|{digest}").hex


def _at(wiring: Wiring, caller: Caller) -> Callable[[sa.Connection], Context]:
    return partial(_context, wiring, caller)


def _context(wiring: Wiring, caller: Caller, connection: sa.Connection) -> Context:
    return wiring.context(connection, caller)


def _once(
    wiring: Wiring,
    request: Request,
    caller: Caller,
    body: bytes,
    write: Callable[[Context], Stored],
) -> Response:
    key, same = request.headers.get("idempotency-key"), fingerprint(request, body)

    def work(context: Context) -> Answer:
        stored = write(context)
        return Answer(201, {"Location": stored.href, "ETag": stored.etag}, stored.body)

    with wiring.database.begin() as connection:
        context = wiring.context(connection, caller)
        return respond(idempotency.once(context, key, same, lambda: work(context)))
