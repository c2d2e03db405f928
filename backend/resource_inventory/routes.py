"""The HTTP side of TMF639, with the one way to see a SIM's PIN and PUK."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from backend.access.caller import Caller
from backend.resource_inventory import rules, stock
from backend.resource_inventory.shown import API, LOGICAL, PHYSICAL, RESOURCE
from backend.rest import hub, idempotency, openapi, patches
from backend.rest.checks import parse_object
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

_CODES = {"PIN1", "PUK1"}
_MANY = f"{API.base}/resource"
_ONE = f"{_MANY}/{{id}}"


@dataclass(frozen=True, slots=True)
class Resources:
    """The operations on resources that are more than reading a document."""

    wiring: Wiring

    def retrieve(
        self, request: Request, identity: str, reason: str | None, caller: Caller
    ) -> Response:
        asked = {name.strip() for name in request.query_params.get("fields", "").split(",")}
        if not asked & _CODES:
            return Endpoints(RESOURCE, self.wiring).retrieve(request, identity, caller)
        require_right(caller, RESOURCE.rights.read)
        with self.wiring.database.begin() as connection:
            context = self.wiring.context(connection, caller)
            codes = rules.reveal_to_person(context, identity.replace("\x00", ""), reason)
        values = {"PIN1": codes.pin1, "PUK1": codes.puk1}
        body = {
            "id": identity,
            "href": RESOURCE.href(identity),
            "resourceCharacteristic": [
                {"name": name, "valueType": "string", "value": values[name]}
                for name in sorted(asked & _CODES)
            ],
        }
        headers = {"Cache-Control": "no-store"}
        return Response(orjson.dumps(body), headers=headers, media_type="application/json")

    def create(self, request: Request, body: bytes, caller: Caller) -> Response:
        require_right(caller, RESOURCE.rights.create)
        require_json(request)
        wanted = parse_object(body)

        def work(context: Context) -> Answer:
            stored = stock.create(context, wanted)
            return Answer(201, {"Location": stored.href, "ETag": stored.etag}, stored.body)

        return self._once(request, body, caller, work)

    def patch(self, request: Request, identity: str, body: bytes, caller: Caller) -> Response:
        require_right(caller, RESOURCE.rights.update)
        media = request.headers.get("content-type", "")
        change = patches.reader(RESOURCE, media, body)
        condition = request.headers.get("if-match")

        def work(context: Context) -> Answer:
            stored = stock.change(context, identity.replace("\x00", ""), change, condition)
            return Answer(200, {"ETag": stored.etag}, stored.body)

        return self._once(request, body, caller, work)

    def _once(
        self, request: Request, body: bytes, caller: Caller, work: Callable[[Context], Answer]
    ) -> Response:
        key = request.headers.get("idempotency-key")
        with self.wiring.database.begin() as connection:
            context = self.wiring.context(connection, caller)
            same = fingerprint(request, body)
            return respond(idempotency.once(context, key, same, lambda: work(context)))


def router(wiring: Wiring) -> APIRouter:
    routes = APIRouter()
    own = APIRouter(tags=[API.name])
    _add_resource(own, wiring)
    routes.include_router(own)
    routes.include_router(
        resource_router(replace(RESOURCE, operations=frozenset({Operation.LIST})), wiring)
    )
    routes.include_router(resource_router(LOGICAL, wiring))
    routes.include_router(resource_router(PHYSICAL, wiring))
    routes.include_router(hub.router(API, wiring))
    return routes


def _add_resource(routes: APIRouter, wiring: Wiring) -> None:
    resources = Resources(wiring)
    describe = openapi.Describer(RESOURCE)

    @routes.get(_ONE, **describe.route(Operation.RETRIEVE))
    def retrieve(
        request: Request,
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        reason: Annotated[str | None, Query(max_length=200)] = None,
    ) -> Response:
        """One resource. `fields=PIN1,PUK1&reason=` shows a SIM's codes, which is logged."""
        return resources.retrieve(request, identity, reason, caller)

    @routes.post(_MANY, **describe.route(Operation.CREATE))
    def create(
        request: Request,
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        """A number or a SIM into stock."""
        return resources.create(request, body, caller)

    @routes.patch(_ONE, **describe.route(Operation.PATCH))
    def patch(
        request: Request,
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        """Freeze a number, free it again, or end a SIM."""
        return resources.patch(request, identity, body, caller)
