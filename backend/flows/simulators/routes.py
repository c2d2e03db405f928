"""The HTTP side of the dials: only served with the demo, where systems are simulated."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated

import orjson
from fastapi import APIRouter, Body, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from backend.access.caller import Caller
from backend.flows.simulators import dials
from backend.rest import openapi
from backend.rest.resource import Document
from backend.rest.router import Wiring, require_right

PATH = "/desk-api/v1/simulators"
TURN = "simulator.turn"
_LONGEST = 366 * 24 * 3600  # seconds: a year of the operator's time
_EXAMPLE = {"delay": 300, "unheard": 0.0, "unanswered": 0.1, "refused": 0.06}

Rate = Annotated[float, Field(ge=0, le=1)]


class Turning(BaseModel):
    """How a dial shall stand; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    delay: Annotated[float, Field(ge=0, le=_LONGEST)] | None = None
    unheard: Rate | None = None
    unanswered: Rate | None = None
    refused: Rate | None = None


def router(wiring: Wiring) -> APIRouter:
    routes = APIRouter(tags=["desk"])

    @routes.get(
        PATH,
        operation_id="listSimulators",
        responses=openapi.errors(401, 403),
        response_model=None,
    )
    def listing(caller: Annotated[Caller, Depends(wiring.current_caller)]) -> Response:
        """Every operation of every simulated system, with its dial."""
        require_right(caller, TURN)
        with wiring.database.read() as connection:
            return _json(dials.listed(connection))

    @routes.put(
        f"{PATH}/{{system}}/{{operation}}",
        operation_id="turnSimulator",
        responses=openapi.errors(400, 401, 403, 404, 422),
        openapi_extra={"requestBody": {"content": {"application/json": {"example": _EXAMPLE}}}},
        response_model=None,
    )
    def turning(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        system: Annotated[str, Path(max_length=60)],
        operation: Annotated[str, Path(max_length=60)],
        wanted: Annotated[Turning, Body()],
    ) -> Response:
        """Turn a dial; calls that were heard before stay as they are."""
        require_right(caller, TURN)
        changes = wanted.model_dump(exclude_none=True)
        with wiring.database.begin() as connection:
            return _json(dials.turn(connection, system, operation, changes))

    return routes


def _json(told: Document | list[Document]) -> Response:
    return Response(orjson.dumps(told), media_type="application/json")
