"""The HTTP side of TMF760 v5: two tasks, each worked out as it is created."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel

from backend.access.caller import Caller
from backend.configuration import records, schemas
from backend.configuration.reading import Installed, customer_of, read_case
from backend.configuration.rules import Query, checked
from backend.customer import rules as customer
from backend.qualification.rules import Qualification
from backend.rest import hub
from backend.rest.resource import (
    READ_ONLY,
    Api,
    Audience,
    Context,
    Document,
    Operation,
    Resource,
    Rights,
    Rules,
)
from backend.rest.router import Wiring, resource_router

API = Api(
    "productConfigurationManagement",
    "/tmf-api/productConfigurationManagement/v5",
    "ProductConfiguration",
)
_RIGHT = "customer.read"
_ITEM = {
    "id": "1",
    "productConfiguration": {"quantity": 1, "productOffering": {"id": "M03"}},
}
_PERSON = [{"name": "birthDate", "value": "1985-04-02"}, {"name": "identityChecked", "value": True}]


def router(wiring: Wiring, qualification: Qualification, installed: Installed) -> APIRouter:
    routes = APIRouter()
    for resource in resources(qualification, installed):
        routes.include_router(resource_router(resource, wiring))
    routes.include_router(hub.router(API, wiring))
    return routes


def resources(qualification: Qualification, installed: Installed) -> tuple[Resource, Resource]:
    """Both tasks; nobody changes them afterwards."""

    def query(context: Context, document: Document) -> Document:
        asked = document["requestProductConfigurationItem"]
        case = read_case(context, document, asked, qualification, installed)
        return {
            **document,
            "state": "done",
            "computedProductConfigurationItem": Query(case).items(),
        }

    def check(context: Context, document: Document) -> Document:
        asked = document["checkProductConfigurationItem"]
        case = read_case(context, document, asked, qualification, installed)
        wanted = bool(document.get("provideAlternatives"))
        items = checked(case, alternatives=wanted)
        return {**document, "state": "done", "checkProductConfigurationItem": items}

    return (
        _task("queryProductConfiguration", records.QUERY, schemas.QueryProductConfiguration, query),
        _task("checkProductConfiguration", records.CHECK, schemas.CheckProductConfiguration, check),
    )


def _task(
    name: str,
    table: sa.Table,
    model: type[BaseModel],
    work: Callable[[Context, Document], Document],
) -> Resource:
    kind = name[0].upper() + name[1:]
    items = {"queryProductConfiguration": "requestProductConfigurationItem"}
    return Resource(
        api=API,
        name=name,
        tmf_type=kind,
        table=table,
        model=model,
        promote=lambda document: {
            "state": document["state"],
            "customer_id": customer_of(document),
        },
        rights=Rights(_RIGHT, _RIGHT, _RIGHT, _RIGHT),
        visible=_visible(table),
        columns={"state": table.c.state},
        operations=READ_ONLY | {Operation.CREATE},
        server_set=frozenset({"state", "computedProductConfigurationItem"}),
        rules=Rules(before_create=work),
        audience=lambda context, document: _audience(context, customer_of(document)),
        examples={
            "create": {
                "instantSync": True,
                "contextCharacteristic": _PERSON,
                items.get(name, "checkProductConfigurationItem"): [_ITEM],
            }
        },
    )


def _audience(context: Context, customer_id: str | None) -> Audience:
    return customer.audience(context, customer_id) if customer_id else Audience()


def _visible(table: sa.Table) -> Callable[[Caller], sa.ColumnElement[bool] | None]:
    def visible(caller: Caller) -> sa.ColumnElement[bool] | None:
        if caller.reseller is None:
            return None
        return table.c.customer_id.in_(customer.of_reseller(caller.reseller))

    return visible
