"""The HTTP side of what may be offered: the desk's choices, and TMF679."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated

import orjson
from fastapi import APIRouter, Body, Depends, Response

from backend.access.caller import Caller
from backend.qualification.poq import API, Installed, resource
from backend.qualification.rules import Qualification
from backend.qualification.schemas import ChoicesQuestion
from backend.rest import hub, openapi
from backend.rest.router import Wiring, require_right, resource_router

RIGHT = "customer.read"
_EXAMPLE = {
    "prospect": {"partyType": "individual", "birthDate": "1985-04-02", "identityChecked": True},
    "picks": {"M03": 1, "M11": 1},
}


def router(wiring: Wiring, qualification: Qualification, installed: Installed) -> APIRouter:
    routes = resource_router(resource(qualification, installed), wiring)
    routes.include_router(hub.router(API, wiring))

    @routes.post(
        "/desk-api/v1/choices",
        tags=["desk"],
        operation_id="askChoices",
        responses=openapi.errors(400, 401, 403, 404, 422),
        openapi_extra={"requestBody": {"content": {"application/json": {"example": _EXAMPLE}}}},
        response_model=None,
    )
    def choices(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        question: Annotated[ChoicesQuestion, Body()],
    ) -> Response:
        """What may be chosen, why not, and what it costs; changes nothing."""
        require_right(caller, RIGHT)
        with wiring.database.read() as connection:
            context = wiring.context(connection, caller)
            base = installed(context, question.customer_id) if question.customer_id else {}
            answer = qualification.choices(context, question, base)
        return Response(orjson.dumps(answer), media_type="application/json")

    return routes
