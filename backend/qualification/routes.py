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
"""Says what an order of the picks would bring, from the question and its answer."""

_Route = TypeVar("_Route", bound=Callable[..., Any])
_CUSTOMER = {"customerId": "KF-0041873-6"}
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
    _changes(routes, wiring, qualification)
    return routes


def _choices(
    routes: APIRouter, wiring: Wiring, qualification: Qualification, plan: Planner
) -> None:
    """The desk's own questions about offers; they change nothing."""

    def planned(context: Context, question: ChoicesQuestion) -> Document:
        found = qualification.choices(context, question)
        return {**found, "plan": plan(context, question, found)}

    @_post(routes, "", "askChoices", _EXAMPLE)
    def choices(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        question: Annotated[ChoicesQuestion, Body()],
    ) -> Response:
        """What may be chosen, why not, and what it costs; changes nothing."""
        return _answer(wiring, caller, lambda context: planned(context, question))

    @_post(routes, "/opener", "askOpener", {**_EXAMPLE, "offer": "T02"})
    def opener(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        question: Annotated[OpenerQuestion, Body()],
    ) -> Response:
        """Why an offer may not be chosen, and the smallest change that opens it."""
        return _answer(wiring, caller, lambda context: qualification.opener(context, question))


def _changes(routes: APIRouter, wiring: Wiring, qualification: Qualification) -> None:
    """The desk's own questions about what a customer has; they change nothing."""

    @_post(routes, "/targets", "askTargets", {**_CUSTOMER, "productId": "a1b2"})
    def targets(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        question: Annotated[TargetsQuestion, Body()],
    ) -> Response:
        """What an installed product may become."""
        return _answer(wiring, caller, lambda context: qualification.targets(context, question))

    @_post(routes, "/repackage", "askRepackage", _CUSTOMER)
    def repackage(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        question: Annotated[ChoicesQuestion, Body()],
    ) -> Response:
        """The cheapest lawful package that keeps what is used; null where none is cheaper."""
        return _answer(wiring, caller, lambda context: qualification.repackage(context, question))


def _post(routes: APIRouter, path: str, name: str, example: Document) -> Callable[[_Route], _Route]:
    return routes.post(
        f"/desk-api/v1/choices{path}",
        tags=["desk"],
        operation_id=name,
        responses=openapi.errors(400, 401, 403, 404, 422),
        openapi_extra={"requestBody": {"content": {"application/json": {"example": example}}}},
        response_model=None,
    )


def _answer(wiring: Wiring, caller: Caller, work: Callable[[Context], object]) -> Response:
    require_right(caller, RIGHT)
    with wiring.database.read() as connection:
        found = work(wiring.context(connection, caller))
    return Response(orjson.dumps(found), media_type="application/json")
