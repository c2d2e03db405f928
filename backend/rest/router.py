"""Makes the routes of one resource: exactly the operations it allows."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import uuid4

import sqlalchemy as sa
import structlog
from fastapi import APIRouter, Depends, Path, Request, Response

from backend.access.caller import Caller
from backend.database import Database
from backend.rest import documents, etags, idempotency, listing, openapi, patches, query
from backend.rest.checks import parse_object, refuse_protected
from backend.rest.errors import Forbidden, NotFound, UnsupportedMedia
from backend.rest.idempotency import Answer
from backend.rest.resource import Context, Operation, Resource

_JSON = "application/json"


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Wiring:
    """What every noun's routes are given by the composition root.

    `current_caller` is a FastAPI dependency: it answers who asks, or raises NotSignedIn.
    `callback_hosts` are the only hosts that hub subscriptions may name.
    """

    database: Database
    current_caller: Callable[..., Any]
    callback_hosts: frozenset[str] = frozenset()
    now: Callable[[], datetime] = _utc_now

    def context(self, connection: sa.Connection, caller: Caller) -> Context:
        return Context(connection, caller, self.now(), correlation_id())


def correlation_id() -> str:
    """The id of the request being answered, as in the log; a new one outside of requests."""
    found: str | None = structlog.contextvars.get_contextvars().get("request_id")
    return found or uuid4().hex


def require_right(caller: Caller, right: str) -> None:
    """Forbidden unless the caller holds the right."""
    if right not in caller.rights:
        raise Forbidden(
            "You may not do this.", "Ask someone who has the right to.", code="forbidden"
        )


async def raw_body(request: Request) -> bytes:
    """A dependency: the body as it was sent."""
    return await request.body()


def respond(answer: Answer) -> Response:
    media = _JSON if answer.body else None
    return Response(answer.body, answer.status, headers=dict(answer.headers), media_type=media)


def require_json(request: Request) -> None:
    """UnsupportedMedia unless the body is said to be JSON, or nothing is said."""
    media = request.headers.get("content-type", _JSON).partition(";")[0].strip().lower()
    if media != _JSON:
        raise UnsupportedMedia(
            "Only JSON is understood here.",
            f"Send Content-Type {_JSON}.",
            code="unsupportedMedia",
            headers={"Accept-Post": _JSON},
        )


def fingerprint(request: Request, body: bytes) -> bytes:
    """What makes two requests the same for an Idempotency-Key."""
    kind = request.headers.get("content-type", "")
    return idempotency.fingerprint(request.method, request.url.path, request.url.query, kind, body)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The operations on one resource, each in one transaction."""

    resource: Resource
    wiring: Wiring

    def list_all(self, request: Request, caller: Caller) -> Response:
        require_right(caller, self.resource.rights.read)
        raw = request.url.query
        wanted = query.read(raw)
        with self.wiring.database.read() as connection:
            page = listing.page(connection, self.resource, caller, wanted)
        headers = {
            "X-Total-Count": str(page.total),
            "X-Result-Count": str(len(page.items)),
        }
        if link := listing.links(request.url.path, raw, wanted, page.total):
            headers["Link"] = link
        return Response(page.body, headers=headers, media_type=_JSON)

    def retrieve(self, request: Request, identity: str, caller: Caller) -> Response:
        require_right(caller, self.resource.rights.read)
        self._speakable(identity)
        with self.wiring.database.read() as connection:
            found = documents.read(connection, self.resource, caller, identity)
        fields = query.projection(request.query_params.get("fields"))
        if fields is not None:  # another representation: no strong tag for it
            return Response(listing.project(found.body, fields), media_type=_JSON)
        headers = {"ETag": etags.etag(found.revision)}
        condition = request.headers.get("if-none-match")
        if condition and etags.matches(condition, found.revision, weak=True):
            return Response(status_code=304, headers=headers)
        return Response(found.body, headers=headers, media_type=_JSON)

    def create(self, request: Request, body: bytes, caller: Caller) -> Response:
        require_right(caller, self.resource.rights.create)
        require_json(request)
        wanted = parse_object(body)
        refuse_protected(self.resource, wanted)

        def work(context: Context) -> Answer:
            stored = documents.create(context, self.resource, patches.merged({}, wanted))
            return Answer(201, {"Location": stored.href, "ETag": stored.etag}, stored.body)

        return self._once(request, body, caller, work)

    def patch(self, request: Request, identity: str, body: bytes, caller: Caller) -> Response:
        require_right(caller, self.resource.rights.update)
        self._speakable(identity)
        media = request.headers.get("content-type", _JSON)
        change = patches.reader(self.resource, media, body)
        condition = request.headers.get("if-match")

        def work(context: Context) -> Answer:
            stored = documents.patch(context, self.resource, identity, change, if_match=condition)
            return Answer(200, {"ETag": stored.etag}, stored.body)

        return self._once(request, body, caller, work)

    def delete(self, request: Request, identity: str, caller: Caller) -> Response:
        require_right(caller, self.resource.rights.delete)
        self._speakable(identity)
        with self.wiring.database.begin() as connection:
            context = self.wiring.context(connection, caller)
            condition = request.headers.get("if-match")
            documents.delete(context, self.resource, identity, if_match=condition)
        return Response(status_code=204)

    def _once(
        self, request: Request, body: bytes, caller: Caller, work: Callable[[Context], Answer]
    ) -> Response:
        key = request.headers.get("idempotency-key")
        with self.wiring.database.begin() as connection:
            context = self.wiring.context(connection, caller)
            same = fingerprint(request, body)
            answer = idempotency.once(context, key, same, lambda: work(context))
        return respond(answer)

    def _speakable(self, identity: str) -> None:
        if "\x00" in identity:
            raise NotFound(f"There is no such {self.resource.name}.", code="notFound")


def resource_router(resource: Resource, wiring: Wiring) -> APIRouter:
    """The routes of `resource` at its official path; other methods there answer 405."""
    router = APIRouter(tags=[resource.api.name])
    endpoints = Endpoints(resource, wiring)
    one, many = (
        f"{resource.api.base}/{resource.name}/{{id}}",
        f"{resource.api.base}/{resource.name}",
    )
    describe = openapi.Describer(resource)
    makers: dict[Operation, tuple[str, str, Callable[[Endpoints], Callable[..., Response]]]] = {
        Operation.LIST: ("GET", many, _listing),
        Operation.RETRIEVE: ("GET", one, _retrieving),
        Operation.CREATE: ("POST", many, _creating),
        Operation.PATCH: ("PATCH", one, _patching),
        Operation.DELETE: ("DELETE", one, _deleting),
    }
    for operation, (method, path, make) in makers.items():
        if operation in resource.operations:
            router.add_api_route(
                path, make(endpoints), methods=[method], **describe.route(operation)
            )
    return router


def _listing(endpoints: Endpoints) -> Callable[..., Response]:
    current = endpoints.wiring.current_caller

    def handle(request: Request, caller: Annotated[Caller, Depends(current)]) -> Response:
        return endpoints.list_all(request, caller)

    return handle


def _retrieving(endpoints: Endpoints) -> Callable[..., Response]:
    current = endpoints.wiring.current_caller

    def handle(
        request: Request,
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(current)],
    ) -> Response:
        return endpoints.retrieve(request, identity, caller)

    return handle


def _creating(endpoints: Endpoints) -> Callable[..., Response]:
    current = endpoints.wiring.current_caller

    def handle(
        request: Request,
        caller: Annotated[Caller, Depends(current)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        return endpoints.create(request, body, caller)

    return handle


def _patching(endpoints: Endpoints) -> Callable[..., Response]:
    current = endpoints.wiring.current_caller

    def handle(
        request: Request,
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(current)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        return endpoints.patch(request, identity, body, caller)

    return handle


def _deleting(endpoints: Endpoints) -> Callable[..., Response]:
    current = endpoints.wiring.current_caller

    def handle(
        request: Request,
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(current)],
    ) -> Response:
        return endpoints.delete(request, identity, caller)

    return handle
