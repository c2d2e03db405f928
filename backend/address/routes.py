"""The HTTP side of addresses: completion for the desk, and TMF673."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Response

from backend.access.caller import Caller
from backend.address import rules
from backend.rest import openapi
from backend.rest.router import Wiring, require_right, resource_router


def router(wiring: Wiring) -> APIRouter:
    routes = APIRouter()
    routes.include_router(resource_router(rules.GEOGRAPHIC_ADDRESS, wiring))

    @routes.get(
        "/desk-api/v1/address",
        tags=["desk"],
        operation_id="completeAddress",
        responses=openapi.errors(400, 401, 403),
        response_model=None,
    )
    def complete(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        q: Annotated[str, Query(max_length=200)],
        limit: Annotated[int, Query(ge=1, le=100)] = rules.MOST,
    ) -> Response:
        """Addresses that fit what was typed so far, with what the network can do there."""
        require_right(caller, rules.RIGHT)
        with wiring.database.read() as connection:
            found = rules.complete(connection, q, limit)
        return Response(orjson.dumps({"addresses": found}), media_type="application/json")

    return routes
