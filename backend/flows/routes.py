"""The HTTP side of TMF701."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from backend.access.caller import Caller
from backend.flows import rules
from backend.flows.people import People
from backend.flows.starting import Starter
from backend.rest import hub, idempotency, openapi, patches
from backend.rest.checks import check, parse_object, refuse_protected
from backend.rest.errors import NotFound
from backend.rest.idempotency import Answer
from backend.rest.resource import Context, Operation
from backend.rest.router import (
    Endpoints,
    Wiring,
    fingerprint,
    raw_body,
    require_json,
    require_right,
    resource_router,
    respond,
)

_TASKS = f"{rules.TASK_FLOW.api.base}/taskFlow"
_FLOWS = f"{rules.API.base}/processFlow"


def router(wiring: Wiring, starter: Starter, people: People) -> APIRouter:
    routes = APIRouter(tags=[rules.API.name])
    triggering = openapi.Describer(rules.PROCESS_FLOW).route(Operation.CREATE)
    routes.add_api_route(_FLOWS, _trigger(wiring, starter), methods=["POST"], **triggering)
    describe = openapi.Describer(rules.TASK_FLOW)
    one = f"{_TASKS}/{{id}}"
    listing, retrieving = _listing(wiring), _retrieving(wiring)
    routes.add_api_route(_TASKS, listing, methods=["GET"], **describe.route(Operation.LIST))
    routes.add_api_route(one, retrieving, methods=["GET"], **describe.route(Operation.RETRIEVE))
    patching = describe.route(Operation.PATCH)
    routes.add_api_route(one, _patching(wiring, people), methods=["PATCH"], **patching)
    for resource in (
        rules.READ_FLOWS,
        rules.PROCESS_FLOW_SPECIFICATION,
        rules.TASK_FLOW_SPECIFICATION,
    ):
        routes.include_router(resource_router(resource, wiring))
    routes.include_router(hub.router(rules.API, wiring))
    return routes


def _trigger(wiring: Wiring, starter: Starter) -> Callable[..., Response]:
    def handle(
        request: Request,
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        require_right(caller, rules.PROCESS_FLOW.rights.create)
        require_json(request)
        wanted = parse_object(body)
        refuse_protected(rules.PROCESS_FLOW, wanted)
        check(rules.PROCESS_FLOW, wanted)

        def work(context: Context) -> Answer:
            stored = starter.trigger(context, wanted)
            return Answer(201, {"Location": stored.href, "ETag": stored.etag}, stored.body)

        return _once(wiring, request, caller, body, work)

    return handle


def _listing(wiring: Wiring) -> Callable[..., Response]:
    def handle(
        request: Request,
        flow: Annotated[str, Path(alias="processFlowId")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
    ) -> Response:
        _require_flow(wiring, flow, caller)
        return Endpoints(rules.of_flow(flow), wiring).list_all(request, caller)

    return handle


def _retrieving(wiring: Wiring) -> Callable[..., Response]:
    def handle(
        request: Request,
        flow: Annotated[str, Path(alias="processFlowId")],
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
    ) -> Response:
        _speakable(flow)
        return Endpoints(rules.of_flow(flow), wiring).retrieve(request, identity, caller)

    return handle


def _patching(wiring: Wiring, people: People) -> Callable[..., Response]:
    def handle(
        request: Request,
        flow: Annotated[str, Path(alias="processFlowId")],
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        require_right(caller, rules.TASK_FLOW.rights.update)
        _speakable(flow, identity)
        media = request.headers.get("content-type", "application/json")
        change = patches.reader(rules.TASK_FLOW, media, body)
        condition = request.headers.get("if-match")

        def work(context: Context) -> Answer:
            stored = people.change(context, flow, identity, change, condition)
            return Answer(200, {"ETag": stored.etag}, stored.body)

        return _once(wiring, request, caller, body, work)

    return handle


def _require_flow(wiring: Wiring, flow: str, caller: Caller) -> None:
    require_right(caller, rules.TASK_FLOW.rights.read)
    _speakable(flow)
    with wiring.database.read() as connection:
        rules.find(wiring.context(connection, caller), flow)


def _speakable(*identities: str) -> None:
    if any("\x00" in identity for identity in identities):
        raise NotFound("There is no such taskFlow.", code="notFound")


def _once(
    wiring: Wiring,
    request: Request,
    caller: Caller,
    body: bytes,
    work: Callable[[Context], Answer],
) -> Response:
    key = request.headers.get("idempotency-key")
    same = fingerprint(request, body)
    with wiring.database.begin() as connection:
        context = wiring.context(connection, caller)
        answer = idempotency.once(context, key, same, lambda: work(context))
    return respond(answer)
