"""The HTTP side of what can still be done about an order."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Path, Response

from backend.access.caller import Caller
from backend.flows.options import OrderOptions
from backend.rest import openapi
from backend.rest.router import Wiring, require_right

_READ = "customer.read"


def router(wiring: Wiring, options: OrderOptions) -> APIRouter:
    routes = APIRouter(tags=["desk"])

    @routes.get(
        "/desk-api/v1/order/{orderId}/options",
        operation_id="readOrderOptions",
        responses=openapi.errors(401, 403, 404),
        response_model=None,
    )
    def of(
        order: Annotated[str, Path(alias="orderId")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
    ) -> Response:
        """Undo, cancelling and amending: whether, and until when."""
        require_right(caller, _READ)
        with wiring.database.snapshot() as connection:
            found = options.of(wiring.context(connection, caller), order)
        return Response(orjson.dumps(found), media_type="application/json")

    return routes
