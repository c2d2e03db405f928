"""The HTTP side of the log of calls: `/desk-api/v1/order/{orderId}/calls`."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Path, Response

from backend.access.caller import Caller
from backend.flows import calls
from backend.ordering.rules import PRODUCT_ORDER
from backend.rest import documents, openapi
from backend.rest.router import Wiring, require_right


def router(wiring: Wiring) -> APIRouter:
    routes = APIRouter(tags=["desk"])

    @routes.get(
        "/desk-api/v1/order/{orderId}/calls",
        operation_id="listCallsOfOrder",
        responses=openapi.errors(401, 403, 404),
        response_model=None,
    )
    def listing(
        order_id: Annotated[str, Path(alias="orderId")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
    ) -> Response:
        """What network systems were asked for an order and what they answered, latest first."""
        require_right(caller, PRODUCT_ORDER.rights.read)
        with wiring.database.snapshot() as connection:
            documents.read(connection, PRODUCT_ORDER, caller, order_id)
            body = orjson.dumps({"calls": calls.of_order(connection, order_id)})
        return Response(body, media_type="application/json")

    return routes
