"""The HTTP side of interests: one call that notes one."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated

import orjson
from fastapi import APIRouter, Body, Depends, Response

from backend.access.caller import Caller
from backend.interest.rules import RIGHT, Interests
from backend.interest.schemas import Interest
from backend.rest import openapi
from backend.rest.router import Wiring, require_right

_EXAMPLE = {
    "customerId": None,
    "addressId": "A-2760773534",
    "offer": "F02",
    "name": "Edda Marrowby",
    "email": "edda.marrowby@example.com",
    "telephone": None,
}


def router(wiring: Wiring, interests: Interests) -> APIRouter:
    routes = APIRouter(tags=["desk"])

    @routes.post(
        "/desk-api/v1/interest",
        operation_id="noteInterest",
        status_code=201,
        responses=openapi.errors(400, 401, 403, 404, 422),
        openapi_extra={"requestBody": {"content": {"application/json": {"example": _EXAMPLE}}}},
        response_model=None,
    )
    def note(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        wanted: Annotated[Interest, Body()],
    ) -> Response:
        """Note that somebody wants what an address cannot have yet; the same twice is one."""
        require_right(caller, RIGHT)
        with wiring.database.begin() as connection:
            noted = interests.note(wiring.context(connection, caller), wanted)
        return Response(orjson.dumps(noted), 201, media_type="application/json")

    return routes
