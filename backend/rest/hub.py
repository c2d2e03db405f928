"""TMF's hub: systems register an address, and events are posted to it."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import orjson
import sqlalchemy as sa
from fastapi import APIRouter, Depends, Path, Request, Response
from sqlalchemy.dialects.postgresql import JSONB

from backend.access.caller import Caller
from backend.rest import openapi
from backend.rest.checks import parse_object
from backend.rest.errors import Conflict, Field, Invalid, NotFound, NotSupported, Refused
from backend.rest.resource import Api
from backend.rest.router import Wiring, raw_body, require_json, require_right
from backend.rest.tables import EVENT, HUB_SUBSCRIPTION

RIGHT = "hub.manage"
_LONGEST_URL = 2_000
_SCHEMA: Mapping[str, Any] = {
    "title": "EventSubscriptionInput",
    "type": "object",
    "required": ["callback"],
    "properties": {"callback": {"type": "string"}, "query": {"type": "string"}},
}


@dataclass(frozen=True, slots=True)
class Subscription:
    """Someone who wants events posted to `callback`."""

    id: str
    callback: str
    query: str | None


def check_callback(callback: str, allowed: frozenset[str]) -> None:
    """Refused unless `callback` is https on an allow-listed host, by name, on its own port.

    The list is the operator's setting: without it a caller could make the server send
    requests into its own network (SSRF).
    """
    problem = _wrong(callback, allowed)
    if problem:
        raise Refused(
            "Events can not be sent there.",
            problem,
            code="callbackRefused",
            fields=(Field("callback", problem),),
        )


def _wrong(callback: str, allowed: frozenset[str]) -> str | None:
    if len(callback) > _LONGEST_URL or not callback.isascii() or not callback.isprintable():
        return "The address must be a plain URL."
    if any(sign in callback for sign in " \\<>^`{|}\"'"):
        return "The address must be a plain URL."
    try:
        url = urlsplit(callback)
        port = url.port
    except ValueError:
        return "The address must be a plain URL."
    if url.scheme != "https":
        return "The address must begin with https."
    if url.username is not None or url.password is not None or url.fragment or url.query:
        return "The address must hold neither a user nor a query."
    host = url.hostname or ""
    if _is_address(host) or host not in allowed:
        return "The host is not on the list of allowed hosts."
    if port not in {None, 443}:
        return "Only the port of https is allowed."
    return None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def event_types(query: str | None) -> frozenset[str] | None:
    """The event types a subscription asks for; None for all. NotSupported for other queries."""
    if not query or not query.strip():
        return None
    pairs = parse_qsl(query.lstrip("?"), keep_blank_values=True)
    if not pairs or any(name != "eventType" for name, _value in pairs):
        raise NotSupported("Only eventType is offered in a query.", code="notSupported")
    return frozenset(one for _name, value in pairs for one in value.split(",") if one)


def subscribers_of(connection: sa.Connection, sequence: int) -> list[Subscription]:
    """Who wants the event with this sequence number, and may see it."""
    event = connection.execute(
        sa.select(EVENT.c.domain, EVENT.c.event_type, EVENT.c.read_right, EVENT.c.reseller).where(
            EVENT.c.sequence == sequence
        )
    ).one_or_none()
    if event is None:
        return []
    table = HUB_SUBSCRIPTION.c
    query = sa.select(table.id, table.callback, table.query).where(
        table.domain == event.domain,
        table.rights.op("?", return_type=sa.Boolean())(event.read_right),
        sa.or_(
            table.reseller.is_(None),
            sa.literal(event.reseller is None),
            table.reseller == event.reseller,
        ),
    )
    found = [Subscription(*row) for row in connection.execute(query.order_by(table.created))]
    return [one for one in found if _wants(one, event.event_type)]


def _wants(subscription: Subscription, event_type: str) -> bool:
    types = event_types(subscription.query)
    return types is None or event_type in types


def router(api: Api, wiring: Wiring) -> APIRouter:
    """`POST {api}/hub` and `DELETE {api}/hub/{id}`."""
    routes = APIRouter(tags=[api.name])
    hub = Hub(api, wiring)
    current = wiring.current_caller

    def register(
        request: Request,
        caller: Annotated[Caller, Depends(current)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        return hub.register(request, body, caller)

    def unregister(
        identity: Annotated[str, Path(alias="id")], caller: Annotated[Caller, Depends(current)]
    ) -> Response:
        return hub.unregister(identity, caller)

    path = f"{api.base}/hub"
    example = {
        "callback": "https://partner.example.com/tmf",
        "query": "eventType=CustomerStateChangeEvent",
    }
    routes.add_api_route(
        path,
        register,
        methods=["POST"],
        status_code=201,
        operation_id=f"registerListener_{api.name}",
        response_model=None,
        responses=openapi.errors(400, 401, 403, 409, 415, 422, 500, 501),
        openapi_extra=openapi.json_body(_SCHEMA, example),
    )
    routes.add_api_route(
        f"{path}/{{id}}",
        unregister,
        methods=["DELETE"],
        status_code=204,
        operation_id=f"unregisterListener_{api.name}",
        response_model=None,
        responses=openapi.errors(401, 403, 404, 500),
    )
    return routes


@dataclass(frozen=True, slots=True)
class Hub:
    """The subscriptions of one API."""

    api: Api
    wiring: Wiring

    def register(self, request: Request, body: bytes, caller: Caller) -> Response:
        require_right(caller, RIGHT)
        require_json(request)
        wanted = parse_object(body)
        callback, query = wanted.get("callback"), wanted.get("query")
        if not isinstance(callback, str) or not isinstance(query, str | None):
            raise Invalid(
                "A callback is needed.",
                code="invalidBody",
                fields=(Field("callback", "This is needed."),),
            )
        check_callback(callback, self.wiring.callback_hosts)
        event_types(query)
        stored = self._store(callback, query, caller)
        answer = {"id": stored.id, "callback": stored.callback}
        if stored.query is not None:
            answer["query"] = stored.query
        return Response(
            orjson.dumps(answer),
            201,
            headers={"Location": f"{self.api.base}/hub/{stored.id}"},
            media_type="application/json",
        )

    def unregister(self, identity: str, caller: Caller) -> Response:
        require_right(caller, RIGHT)
        table = HUB_SUBSCRIPTION.c
        gone = sa.delete(HUB_SUBSCRIPTION).where(
            table.id == identity.replace("\x00", ""),
            table.api == self.api.name,
            table.user_id == caller.user_id,
        )
        with self.wiring.database.begin() as connection:
            if connection.execute(gone).rowcount == 0:
                raise NotFound("There is no such subscription.", code="notFound")
        return Response(status_code=204)

    def _store(self, callback: str, query: str | None, caller: Caller) -> Subscription:
        subscription = Subscription(uuid4().hex, callback, query)
        rights = orjson.dumps(sorted(caller.rights)).decode()
        row = sa.insert(HUB_SUBSCRIPTION).values(
            id=subscription.id,
            api=self.api.name,
            domain=self.api.domain,
            callback=callback,
            query=query,
            user_id=caller.user_id,
            rights=sa.cast(sa.literal(rights, sa.Text), JSONB),
            reseller=caller.reseller,
            created=self.wiring.now(),
        )
        try:
            with self.wiring.database.begin() as connection:
                connection.execute(row)
        except sa.exc.IntegrityError as error:
            raise Conflict("This callback is already registered.", code="exists") from error
        return subscription
