"""The HTTP side of what may be offered: the desk's choices, and TMF679."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import APIRouter, Body, Depends, Response

from backend.access.caller import Caller
from backend.qualification.poq import API, Installed, resource
from backend.qualification.rules import Qualification
from backend.qualification.schemas import ChoicesQuestion, OpenerQuestion, TargetsQuestion
from backend.rest import hub, openapi
from backend.rest.resource import Context, Document
from backend.rest.router import Wiring, require_right, resource_router

RIGHT = "customer.read"
Planner = Callable[[Context, ChoicesQuestion, Document], Document]
"""Says what an order of the picks would bring, from the question and the facts it was met with."""

_Route = TypeVar("_Route", bound=Callable[..., Any])
_EXAMPLE = {
    "prospect": {"partyType": "individual", "birthDate": "1985-04-02", "identityChecked": True},
    "picks": {"M03": 1, "M11": 1},
}


def router(
    wiring: Wiring, qualification: Qualification, installed: Installed, plan: Planner
) -> APIRouter:
    routes = resource_router(resource(qualification, installed), wiring)
    routes.include_router(hub.router(API, wiring))

    _choices(routes, wiring, qualification, plan)
    return routes


def _choices(
    routes: APIRouter, wiring: Wiring, qualification: Qualification, plan: Planner
) -> None:
    """The desk's own questions; they change nothing."""

    def planned(context: Context, question: ChoicesQuestion) -> Document:
        found = qualification.choices(context, question)
        return {**found, "plan": plan(context, question, found["facts"])}

    def asked(answer: Callable[[Context], object], caller: Caller) -> Response:
        require_right(caller, RIGHT)
        with wiring.database.read() as connection:
            found = answer(wiring.context(connection, caller))
        return Response(orjson.dumps(found), media_type="application/json")

    def post(path: str, name: str, example: Document) -> Callable[[_Route], _Route]:
        return routes.post(
            f"/desk-api/v1/choices{path}",
            tags=["desk"],
            operation_id=name,
            responses=openapi.errors(400, 401, 403, 404, 422),
            openapi_extra={"requestBody": {"content": {"application/json": {"example": example}}}},
            response_model=None,
        )

    @post("", "askChoices", _EXAMPLE)
    def choices(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        question: Annotated[ChoicesQuestion, Body()],
    ) -> Response:
        """What may be chosen, why not, and what it costs; changes nothing."""
        return asked(lambda context: planned(context, question), caller)

    @post("/opener", "askOpener", {**_EXAMPLE, "offer": "T02"})
    def opener(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        question: Annotated[OpenerQuestion, Body()],
    ) -> Response:
        """Why an offer may not be chosen, and the smallest change that opens it."""
        return asked(lambda context: qualification.opener(context, question), caller)

    @post("/targets", "askTargets", {"customerId": "KF-0041873-6", "productId": "a1b2"})
    def targets(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        question: Annotated[TargetsQuestion, Body()],
    ) -> Response:
        """What an installed product may become."""
        return asked(lambda context: qualification.targets(context, question), caller)

    @post("/repackage", "askRepackage", {"customerId": "KF-0041873-6"})
    def repackage(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        question: Annotated[ChoicesQuestion, Body()],
    ) -> Response:
        """The cheapest lawful package that keeps what is used; null where none is cheaper."""
        return asked(lambda context: qualification.repackage(context, question), caller)
