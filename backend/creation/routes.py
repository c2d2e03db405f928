"""The HTTP side of creation: the command, and the terms it agrees to."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Request, Response

from backend.access.caller import Caller
from backend.creation.pins import Pins
from backend.creation.previews import Previews
from backend.creation.rules import Creating
from backend.numbers.rules import NumberTaken
from backend.rest import error_pages, openapi
from backend.rest.checks import parse_object
from backend.rest.router import Wiring, raw_body, require_json

_JSON = "application/json"
_SCHEMA = {"title": "Creation", "type": "object", "required": ["customer"]}
_PIN_SCHEMA = {"title": "Pin", "type": "object", "required": ["pin"]}
_EXAMPLE: dict[str, Any] = {
    "customer": {
        "party": {"@type": "Individual", "givenName": "Edda", "familyName": "Marrowby"},
        "customer": {"name": "Edda Marrowby"},
        "pin": "4711",
    },
    "billingAccount": {"name": "Edda Marrowby", "accountType": "postpaid"},
    "order": None,
}

_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "It was done before"},
    **openapi.errors(400, 401, 403, 409, 415, 422),
}


def router(wiring: Wiring, creating: Creating, previews: Previews) -> APIRouter:
    routes = APIRouter(tags=["desk"])
    _command(routes, wiring, creating)
    _preview(routes, wiring, previews)
    _pin(routes, wiring, creating)
    _terms(routes, wiring, creating)
    return routes


def _command(routes: APIRouter, wiring: Wiring, creating: Creating) -> None:
    @routes.put(
        "/desk-api/v1/creation/{commandId}",
        operation_id="create",
        status_code=201,
        responses=_ANSWERS,
        response_model=None,
        openapi_extra=openapi.json_body(_SCHEMA, _EXAMPLE),
    )
    def create(
        request: Request,
        command_id: Annotated[str, Path(alias="commandId")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        """Customer, account and order at once: all or nothing, and never twice."""
        require_json(request)
        command = creating.prepare(command_id.lower(), parse_object(body))
        try:
            with wiring.database.begin() as connection:
                created = creating.carry_out(wiring.context(connection, caller), command)
        except NumberTaken as refusal:
            page = error_pages.render(refusal)
            told = orjson.loads(page.body) | {"alternative": refusal.alternative}
            return Response(orjson.dumps(told), page.status_code, media_type=_JSON)
        return Response(created.body, 201 if created.first else 200, media_type=_JSON)


def _preview(routes: APIRouter, wiring: Wiring, previews: Previews) -> None:
    @routes.post(
        "/desk-api/v1/preview",
        operation_id="previewCreation",
        responses=openapi.errors(400, 401, 403, 409, 415, 422),
        response_model=None,
        openapi_extra=openapi.json_body(_SCHEMA, _EXAMPLE),
    )
    def preview(
        request: Request,
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        """What the command would bring and cost; nothing is kept."""
        require_json(request)
        told = previews.of(wiring.context, caller, parse_object(body))
        return Response(orjson.dumps(told), media_type=_JSON)


def _pin(routes: APIRouter, wiring: Wiring, creating: Creating) -> None:
    @routes.post(
        "/desk-api/v1/customer/{customerId}/pin",
        operation_id="checkPin",
        responses=openapi.errors(400, 401, 403, 404, 415),
        response_model=None,
        openapi_extra=openapi.json_body(_PIN_SCHEMA, {"pin": "4711"}),
    )
    def check_pin(
        request: Request,
        customer_id: Annotated[str, Path(alias="customerId")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        """Whether the caller on the line knows the customer's PIN; every try is noted."""
        require_json(request)
        with wiring.database.begin() as connection:
            context = wiring.context(connection, caller)
            told = Pins(creating.passwords).check(context, customer_id, parse_object(body))
        return Response(orjson.dumps(told), media_type=_JSON)


def _terms(routes: APIRouter, wiring: Wiring, creating: Creating) -> None:
    @routes.get(
        "/desk-api/v1/terms",
        operation_id="readTerms",
        responses=openapi.errors(401),
        response_model=None,
    )
    def terms(_caller: Annotated[Caller, Depends(wiring.current_caller)]) -> Response:
        """The terms and conditions in force; version and hash go into the agreement."""
        known = creating.terms
        told = {
            "version": known.version,
            "hash": known.sha256,
            "text": known.text,
            "validFrom": known.valid_from.isoformat(),
        }
        return Response(orjson.dumps(told), media_type=_JSON)
