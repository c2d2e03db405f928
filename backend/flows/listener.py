"""What network systems report by themselves (TMF640's listener)."""
# annotations are evaluated here: the dependency on the secret is a value, not a name

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from backend.access.rules import not_signed_in
from backend.flows.adapters.activation import API, values
from backend.flows.adapters.addresses import Addresses, reporter_of
from backend.flows.engine import Engine
from backend.rest import openapi
from backend.rest.checks import parse_object
from backend.rest.errors import Field, Invalid
from backend.rest.router import raw_body

PATH = f"{API}/listener/serviceStateChangeEvent"
NAME = "event"
"""The characteristic that names an event other than the one its step waits for."""

_TASK, _FLOW = "TaskFlow", "ProcessFlow"
_EXAMPLE = {
    "eventId": "5d1f",
    "eventType": "ServiceStateChangeEvent",
    "event": {
        "service": {
            "id": "line-1",
            "state": "active",
            "relatedEntity": [{"id": "0c5e…", "role": "request", "@referredType": "TaskFlow"}],
            "serviceCharacteristic": [{"name": "cell", "value": "QX4-17"}],
        }
    },
}


def router(engine: Engine, systems: Addresses) -> APIRouter:
    """The listener, for systems that show the secret of their entry in the file of systems."""
    routes = APIRouter(tags=["ServiceActivationAndConfiguration"])
    bearer = HTTPBearer(scheme_name="networkSystem", auto_error=False)

    def reporter(
        shown: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    ) -> str:
        found = None if shown is None else reporter_of(systems, shown.credentials)
        if found is None:
            raise not_signed_in()
        return found

    @routes.post(
        PATH,
        status_code=201,
        operation_id="listenToServiceStateChangeEvent",
        responses=openapi.errors(400, 401, 404),
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"example": _EXAMPLE}},
            }
        },
        response_model=None,
    )
    def listen(
        system: Annotated[str, Depends(reporter)],  # noqa: ARG001  # lets in whom it knows
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        """What was asked for under a key has happened; told again, it changes nothing."""
        key, kind, facts = _report(parse_object(body))
        name = str(facts.pop(NAME, ""))
        if kind == _FLOW:
            engine.event_arrived(key, name, facts)
        else:
            engine.reported(key, facts, name or None)
        return Response(status_code=201)

    return routes


def _report(document: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """What it is about, its kind, and the facts; Invalid where they are not to be found.

    A step is named by the key that was asked under; a flow by its own id, with the event's name.
    """
    event = document.get("event")
    service = event.get("service") if isinstance(event, dict) else None
    related = service.get("relatedEntity") if isinstance(service, dict) else None
    facts = values((service or {}).get("serviceCharacteristic") if related else None)
    for each in related if isinstance(related, list) else ():
        kind = each.get("@referredType") if isinstance(each, dict) and each.get("id") else None
        if kind == _TASK or (kind == _FLOW and facts.get(NAME)):
            return str(each["id"]), str(kind), facts
    raise Invalid(
        "The report does not say what was asked.",
        "Name the request's TaskFlow in event.service.relatedEntity.",
        code="invalidBody",
        fields=(Field("event.service.relatedEntity", "Name the TaskFlow."),),
    )
