"""What people report of a flow from outside: that a debt was paid, what a customer chose."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from backend.access.caller import Caller
from backend.flows import forms, records, rules
from backend.flows.engine import Engine
from backend.flows.progress import Progress
from backend.rest import openapi
from backend.rest.errors import NotFound, Refused
from backend.rest.router import Wiring, require_right

_EXAMPLE = {"event": "paid", "told": {}}


class Report(BaseModel):
    """An event on which a flow ends, and what is said with it."""

    model_config = ConfigDict(extra="forbid")

    event: Annotated[str, Field(max_length=60)]
    told: dict[str, Any] = {}


def router(wiring: Wiring, engine: Engine, progress: Progress) -> APIRouter:
    routes = APIRouter(tags=["desk"])

    @routes.post(
        "/desk-api/v1/flow/{flowId}/event",
        operation_id="reportFlowEvent",
        status_code=200,
        responses=openapi.errors(400, 401, 403, 404, 422),
        openapi_extra={"requestBody": {"content": {"application/json": {"example": _EXAMPLE}}}},
        response_model=None,
    )
    def report(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        flow: Annotated[str, Path(alias="flowId")],
        wanted: Annotated[Report, Body()],
    ) -> Response:
        """End a flow on an event of its `ends_on`; the same again changes nothing."""
        require_right(caller, rules.PROCESS_FLOW.rights.read)
        with wiring.database.begin() as connection:
            context = wiring.context(connection, caller)
            rules.find(context, flow)
            found = records.lock_flow(connection, flow)
            if found is None:
                raise NotFound("There is no such processFlow.", code="notFound")
            definition = progress.library.version(connection, found.specification_id)
            ending = definition.ends_on.get(wanted.event)
            if ending is None:
                raise Refused(f"This flow does not end on {wanted.event}.", code="noSuchEvent")
            require_right(caller, ending.right)
            forms.require(ending.asks, wanted.told)
            engine.note_event(context, flow, wanted.event, wanted.told)
            after = rules.find(context, flow)
        return Response(orjson.dumps(after), media_type="application/json")

    return routes
