"""The HTTP side of trying a catalogue before it is published."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request, Response

from backend.access.caller import Caller
from backend.catalog.desk_routes import faulty
from backend.catalog.editions import PARTS, read
from backend.catalog.proposals import EDIT, edition_in_force, refused
from backend.product_rules import BadCatalogue
from backend.qualification.facts import Facts
from backend.qualification.rules import question_of
from backend.qualification.trial import Trials
from backend.rest import openapi
from backend.rest.checks import parse_object
from backend.rest.errors import Invalid
from backend.rest.resource import Document
from backend.rest.router import Wiring, raw_body, require_json, require_right

_EXAMPLE = {
    "catalogue": {"offers": [], "groups": {}, "context": {}, "rules": []},
    "prospect": {"partyType": "individual", "birthDate": "1985-04-02"},
    "picks": {},
    "facts": {"gpon": 1, "credit": "A"},
}


_OWN = (*PARTS, "facts")


def supposed_of(wanted: Document) -> Facts:
    """The facts that are to be taken for true; Invalid where they are no facts."""
    found = wanted.get("facts") or {}
    if not isinstance(found, dict) or not all(
        isinstance(each, str | int) for each in found.values()
    ):
        raise Invalid("facts is an object of facts and values.", code="invalidBody")
    return dict(found)


def router(wiring: Wiring, trials: Trials) -> APIRouter:
    routes = APIRouter(tags=["desk"])

    @routes.post(
        "/desk-api/v1/catalogue/try",
        operation_id="tryCatalogue",
        responses=openapi.errors(400, 401, 403, 404, 413, 415, 422),
        response_model=None,
        openapi_extra=openapi.json_body({"type": "object", "required": ["catalogue"]}, _EXAMPLE),
    )
    def attempt(
        request: Request,
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        body: Annotated[bytes, Depends(raw_body)],
    ) -> Response:
        """What could be chosen if this catalogue were in force; nothing is published.

        `facts` are taken for true, whatever customer, address and caller say.
        """
        require_right(caller, EDIT)
        require_json(request)
        wanted = parse_object(body)
        supposed = supposed_of(wanted)
        question = question_of({name: wanted[name] for name in wanted if name not in _OWN})
        if question.customer_id:
            require_right(caller, "customer.read")
        with wiring.database.read() as connection:
            _, in_force = edition_in_force(connection)
        try:
            asked = trials.of(read(body, wanted, in_force))
        except BadCatalogue as error:
            return faulty(refused(error.faults))
        with wiring.database.read() as connection:
            answer = asked.choices(wiring.context(connection, caller), question, supposed)
        answer["catalogueVersion"] = "trial"
        return Response(orjson.dumps(answer), media_type="application/json")

    return routes
