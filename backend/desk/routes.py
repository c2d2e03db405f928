"""The HTTP side of what the desk reads."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Path, Query, Response

from backend.access.caller import Caller
from backend.desk import rules
from backend.desk.accounts import Accounts, note_look
from backend.rest import openapi
from backend.rest.router import Wiring, require_right

_JSON = "application/json"
_SEARCH, _READ = "customer.search", "customer.read"


@dataclass(frozen=True, slots=True)
class Welcome:
    """What anybody may know of this server before signing in."""

    operator: str
    demo: bool
    capabilities: Sequence[str]


def router(wiring: Wiring, accounts: Accounts, welcome: Welcome) -> APIRouter:
    routes = APIRouter(tags=["desk"])
    _add_welcome(routes, welcome)
    _add_finding(routes, wiring)

    @routes.get(
        "/desk-api/v1/account/{customerId}",
        operation_id="readAccount",
        responses=openapi.errors(401, 403, 404),
        response_model=None,
    )
    def account(
        customer_id: Annotated[str, Path(alias="customerId")],
        caller: Annotated[Caller, Depends(wiring.current_caller)],
    ) -> Response:
        """Everything an opened account shows, in one read."""
        require_right(caller, _READ)
        with wiring.database.snapshot() as connection:
            body = accounts.whole(wiring.context(connection, caller), customer_id)
        with wiring.database.begin() as connection:  # before anything is shown
            note_look(wiring.context(connection, caller), customer_id)
        return Response(body, media_type=_JSON)

    return routes


def _add_welcome(routes: APIRouter, welcome: Welcome) -> None:
    told = orjson.dumps(
        {
            "version": 1,
            "operator": {"name": welcome.operator},
            "demo": welcome.demo,
            "signIn": {"password": welcome.demo, "oidc": None},
            "capabilities": list(welcome.capabilities),
        }
    )

    @routes.get("/desk-api/v1/", operation_id="welcome", response_model=None)
    def welcome_anybody() -> Response:
        """Operator, ways to sign in and capabilities; needs no token."""
        return Response(told, media_type=_JSON)


def _add_finding(routes: APIRouter, wiring: Wiring) -> None:
    @routes.get(
        "/desk-api/v1/search",
        operation_id="search",
        responses=openapi.errors(400, 401, 403),
        response_model=None,
    )
    def search(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        q: Annotated[str, Query(max_length=200)],
        limit: Annotated[int, Query(ge=1, le=rules.MOST_HITS)] = 20,
    ) -> Response:
        """Customers by anything that is known of them, best first."""
        require_right(caller, _SEARCH)
        with wiring.database.begin() as connection:
            found = rules.search(wiring.context(connection, caller), q, limit)
        return Response(orjson.dumps(found), media_type=_JSON)

    @routes.get(
        "/desk-api/v1/directory",
        operation_id="readDirectory",
        responses=openapi.errors(400, 401, 403),
        response_model=None,
    )
    def directory(
        caller: Annotated[Caller, Depends(wiring.current_caller)],
        after: Annotated[str, Query(max_length=100)] = "",
        limit: Annotated[int, Query(ge=1, le=rules.MOST_ROWS)] = 1000,
    ) -> Response:
        """Search rows of all customers the caller may find, page by page."""
        require_right(caller, _SEARCH)
        with wiring.database.begin() as connection:
            page = rules.directory(wiring.context(connection, caller), after, limit)
        return Response(orjson.dumps(page), media_type=_JSON)
