"""The HTTP side of the work list: `/desk-api/v1/worklist`."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated

import orjson
from fastapi import APIRouter, Body, Depends, Path, Query, Response

from backend.access.caller import Caller
from backend.flows.fallout import Fallout
from backend.flows.rules import ASSIGN, COMPENSATE, READ_WORK
from backend.flows.work_list import MOST_ROWS, Wish, WorkList
from backend.flows.work_schemas import Assignment, Compensation
from backend.rest import openapi
from backend.rest.resource import Document
from backend.rest.router import Wiring, require_right

_WORK = "/desk-api/v1/worklist"


def router(wiring: Wiring, listed: WorkList, fallout: Fallout) -> APIRouter:
    routes = APIRouter(tags=["desk"])
    _add_reading(routes, wiring, listed, fallout)
    _add_doing(routes, wiring, listed, fallout)
    return routes


def _add_reading(routes: APIRouter, wiring: Wiring, listed: WorkList, fallout: Fallout) -> None:
    @routes.get(
        _WORK,
        operation_id="listWork",
        responses=openapi.errors(400, 401, 403),
        response_model=None,
    )
    def page(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        view: Annotated[str, Query(max_length=20)] = "all",
        department: Annotated[str | None, Query(max_length=10)] = None,
        mine: bool = False,  # noqa: FBT001, FBT002 - a query parameter
        limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
        after: Annotated[str, Query(max_length=400)] = "",
    ) -> Response:
        """Steps that are stuck, tasks for people, and promises in danger; most urgent first."""
        require_right(caller, READ_WORK)
        wish = Wish(view, department, mine, limit, after)
        with wiring.database.snapshot() as connection:
            return _json(listed.page(wiring.context(connection, caller), wish))

    @routes.get(
        f"{_WORK}/people",
        operation_id="listPeopleForWork",
        responses=openapi.errors(401, 403),
        response_model=None,
    )
    def people(caller: Annotated[Caller, Depends(wiring.current_caller)]) -> Response:
        """Who may be given work."""
        require_right(caller, READ_WORK)
        with wiring.database.read() as connection:
            return _json({"people": fallout.people(wiring.context(connection, caller))})


def _add_doing(routes: APIRouter, wiring: Wiring, listed: WorkList, fallout: Fallout) -> None:
    @routes.post(
        f"{_WORK}/{{taskId}}/assignment",
        operation_id="assignWork",
        responses=openapi.errors(400, 401, 403, 404, 422),
        openapi_extra=_example({"userId": "me"}),
        response_model=None,
    )
    def assign(
        task: Annotated[str, Path(alias="taskId")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        wanted: Annotated[Assignment, Body()],
    ) -> Response:
        """Give a step to a person, or to nobody; the same again changes nothing."""
        require_right(caller, ASSIGN)
        with wiring.database.begin() as connection:
            context = wiring.context(connection, caller)
            fallout.assign(context, task, wanted.user_id)
            return _json(listed.row(context, task))

    @routes.post(
        f"{_WORK}/{{taskId}}/compensation",
        operation_id="compensateWork",
        responses=openapi.errors(400, 401, 403, 404, 422),
        openapi_extra=_example({"reason": "The street has no free duct."}),
        response_model=None,
    )
    def compensate(
        task: Annotated[str, Path(alias="taskId")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        wanted: Annotated[Compensation, Body()],
    ) -> Response:
        """Take back what the step's flow did, the last first, and cancel its items."""
        require_right(caller, COMPENSATE)
        with wiring.database.begin() as connection:
            context = wiring.context(connection, caller)
            return _json(fallout.compensate(context, task, wanted.reason, force=wanted.force))


def _example(body: Document) -> Document:
    return {"requestBody": {"content": {"application/json": {"example": body}}}}


def _json(document: Document) -> Response:
    return Response(orjson.dumps(document), media_type="application/json")
