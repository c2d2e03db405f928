"""The HTTP side of numbers: search for the desk, and reservations (TMF685's words)."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import ValidationError

from backend.access.caller import Caller
from backend.numbers import rules, schemas
from backend.numbers.grades import Grade
from backend.numbers.search import MOST, How, Wish, search
from backend.rest import error_pages, idempotency, openapi, query
from backend.rest.checks import parse_object
from backend.rest.errors import Field, Invalid
from backend.rest.idempotency import Answer
from backend.rest.resource import Context, Document
from backend.rest.router import Wiring, fingerprint, raw_body, require_json, require_right, respond

RIGHT = "order.create"
"""Numbers are sought and held to be ordered."""
_MANY = f"{schemas.BASE}/reservation"
_ONE = f"{_MANY}/{{id}}"
_EXAMPLE = {
    "externalId": "5d1c1f6a-8d5d-4a0f-9a0e-0f6f3c1f7a11",
    "reservationItem": [{"resource": {"id": "07700900477"}}],
}
_SCHEMA = {
    "title": "Reservation_Create",
    "type": "object",
    "required": ["externalId", "reservationItem"],
    "properties": {
        "externalId": {"type": "string", "description": "The draft that the numbers are for."},
        "reservationItem": {"type": "array", "items": {"type": "object"}},
    },
}
_Text = Annotated[str, Query(max_length=60)]


@dataclass(frozen=True, slots=True)
class Reservations:
    """The operations on reservations, each in one transaction."""

    wiring: Wiring

    def create(self, request: Request, body: bytes, caller: Caller) -> Response:
        require_right(caller, RIGHT)
        require_json(request)
        wanted = _read(body)

        def work(context: Context) -> Answer:
            made = _hold(context, wanted)
            document = schemas.reservation(made, rules.state_of(context, made))
            return Answer(201, {"Location": document["href"]}, orjson.dumps(document))

        return self._once(request, body, caller, work)

    def prolong(self, request: Request, identity: str, body: bytes, caller: Caller) -> Response:
        require_right(caller, RIGHT)
        if parse_object(body or b"{}"):
            raise Invalid(
                "A reservation can only be prolonged.", "Send {}.", code="protectedAttribute"
            )

        def work(context: Context) -> Answer:
            made = rules.prolong(context, _id(identity))
            document = schemas.reservation(made, rules.state_of(context, made))
            return Answer(200, {}, orjson.dumps(document))

        return self._once(request, body, caller, work)

    def release(self, identity: str, caller: Caller) -> Response:
        require_right(caller, RIGHT)
        with self.wiring.database.begin() as connection:
            rules.release(self.wiring.context(connection, caller), _id(identity))
        return Response(status_code=204)

    def retrieve(self, identity: str, caller: Caller) -> Response:
        require_right(caller, RIGHT)
        with self.wiring.database.read() as connection:
            context = self.wiring.context(connection, caller)
            made = rules.find_reservation(context, _id(identity))
            document = schemas.reservation(made, rules.state_of(context, made))
        return _json(document)

    def of_draft(self, request: Request, draft_id: str | None, caller: Caller) -> Response:
        require_right(caller, RIGHT)
        wanted = query.read(request.url.query)
        if any(one.path != "externalId" or one.operator != "eq" for one in wanted.conditions):
            raise Invalid("Only externalId is offered here.", code="invalidQuery")
        with self.wiring.database.read() as connection:
            context = self.wiring.context(connection, caller)
            found = [
                schemas.reservation(one, rules.state_of(context, one))
                for one in rules.own_reservations(context, draft_id)
            ]
        page = found[wanted.offset : wanted.offset + wanted.limit]
        counts = {"X-Total-Count": str(len(found)), "X-Result-Count": str(len(page))}
        return _json(page, counts)

    def _once(
        self, request: Request, body: bytes, caller: Caller, work: Callable[[Context], Answer]
    ) -> Response:
        key = request.headers.get("idempotency-key")
        try:
            with self.wiring.database.begin() as connection:
                context = self.wiring.context(connection, caller)
                same = fingerprint(request, body)
                answer = idempotency.once(context, key, same, lambda: work(context))
        except rules.NumberTaken as refusal:
            page = error_pages.render(refusal)
            told = orjson.loads(page.body) | {"alternative": refusal.alternative}
            return _json(told, status=page.status_code)
        return respond(answer)


def router(wiring: Wiring) -> APIRouter:
    routes = APIRouter()
    _add_search(routes, wiring)
    _add_reading(routes, wiring)
    _add_writing(routes, wiring)
    return routes


def _add_search(routes: APIRouter, wiring: Wiring) -> None:
    @routes.get(
        "/desk-api/v1/numbers",
        tags=["desk"],
        operation_id="searchNumbers",
        responses=openapi.errors(400, 401, 403, 404),
        response_model=None,
    )
    def numbers(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        kind: Annotated[str, Query(alias="type", max_length=20)] = "mobile",
        prefix: _Text = "",
        grade: Annotated[str, Query(max_length=10)] = "",
        how: How = How.NEXT,
        digits: _Text = "",
        pool: _Text = "public",
        draft: Annotated[str, Query(max_length=100)] = "",
        offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
        limit: Annotated[int, Query(ge=0, le=MOST)] = 50,
    ) -> Response:
        """Telephone numbers that fit; `prefix` takes digits or a town."""
        require_right(caller, RIGHT)
        if "\x00" in kind + prefix + digits + pool + draft:
            raise Invalid("Text must not hold the character NUL.", code="invalidText")
        wish = Wish(kind, prefix, _grade(grade), how, digits, pool, draft, offset, limit)
        with wiring.database.read() as connection:
            result = search(wiring.context(connection, caller), wish)
        return _json(schemas.found(result))


def _add_reading(routes: APIRouter, wiring: Wiring) -> None:
    reservations = Reservations(wiring)
    described: dict[str, Any] = {"tags": ["resourcePoolManagement"], "response_model": None}

    @routes.get(
        _MANY, operation_id="listReservation", responses=openapi.errors(400, 401, 403), **described
    )
    def many(
        request: Request,
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        draft_id: Annotated[str | None, Query(alias="externalId", max_length=100)] = None,
    ) -> Response:
        """The caller's reservations, or those of one draft."""
        return reservations.of_draft(request, draft_id, caller)

    @routes.get(
        _ONE,
        operation_id="retrieveReservation",
        responses=openapi.errors(401, 403, 404),
        **described,
    )
    def one(
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
    ) -> Response:
        return reservations.retrieve(identity, caller)


def _add_writing(routes: APIRouter, wiring: Wiring) -> None:
    reservations = Reservations(wiring)
    described: dict[str, Any] = {"tags": ["resourcePoolManagement"], "response_model": None}

    @routes.post(
        _MANY,
        operation_id="createReservation",
        status_code=201,
        responses=openapi.errors(400, 401, 403, 409, 415, 422),
        openapi_extra=openapi.json_body(_SCHEMA, _EXAMPLE),
        **described,
    )
    def create(
        request: Request,
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        """Hold numbers for a draft: all or none, for 15 minutes."""
        return reservations.create(request, body, caller)

    @routes.patch(
        _ONE,
        operation_id="patchReservation",
        responses=openapi.errors(400, 401, 403, 404, 409),
        openapi_extra=openapi.json_body({"type": "object"}, {}),
        **described,
    )
    def prolong(
        request: Request,
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        """Another 15 minutes."""
        return reservations.prolong(request, identity, body, caller)

    @routes.delete(
        _ONE,
        operation_id="deleteReservation",
        status_code=204,
        responses=openapi.errors(401, 403, 404),
        **described,
    )
    def release(
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
    ) -> Response:
        """Give the numbers back."""
        return reservations.release(identity, caller)


def _grade(text: str) -> Grade | None:
    try:
        return Grade(text) if text else None
    except ValueError as error:
        names = ", ".join(grade.value for grade in Grade)
        raise Invalid(f"The grades are {names}.", code="invalidGrade") from error


def _read(body: bytes) -> schemas.ReservationCreate:
    try:
        return schemas.ReservationCreate.model_validate_json(orjson.dumps(parse_object(body)))
    except ValidationError as error:
        paths = sorted({".".join(str(step) for step in one["loc"]) for one in error.errors()})
        raise Invalid(
            "This is not a valid reservation.",
            f"Correct these attributes: {', '.join(paths)}.",
            code="invalidBody",
            fields=tuple(Field(path, "This is not as it should be.") for path in paths),
        ) from error


def _hold(context: Context, wanted: schemas.ReservationCreate) -> rules.Reservation:
    """Named numbers, or the next free ones of one kind; not both in one reservation."""
    named = [item.resource.id for item in wanted.reservation_item if item.resource]
    sought = [item for item in wanted.reservation_item if item.resource_capacity]
    if len(named) == len(wanted.reservation_item):
        return rules.hold(context, wanted.external_id, named)
    if len(sought) != 1 or len(wanted.reservation_item) != 1 or not sought[0].resource_capacity:
        raise Invalid(
            "Name the numbers, or ask for so many of one kind.", code="invalidReservation"
        )
    capacity = sought[0].resource_capacity
    given = {one.name: str(one.value) for one in capacity.characteristic}
    return rules.hold_next(
        context,
        wanted.external_id,
        max(sought[0].quantity, int(capacity.capacity_demand_amount)),
        kind=given.get("numberType", "mobile"),
        pool=capacity.resource_pool.id if capacity.resource_pool else "public",
        prefix=given.get("prefix", ""),
        grade=given.get("grade", "standard"),
    )


def _id(identity: str) -> str:
    return identity.replace("\x00", "")


def _json(
    body: Document | list[Document], headers: dict[str, str] | None = None, status: int = 200
) -> Response:
    return Response(orjson.dumps(body), status, headers, media_type="application/json")
