"""The HTTP side of TMF620."""

from __future__ import annotations

from fastapi import APIRouter

from backend.catalog import rules
from backend.rest import hub
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring) -> APIRouter:
    routes = APIRouter()
    for resource in rules.RESOURCES:
        routes.include_router(resource_router(resource, wiring))
    routes.include_router(hub.router(rules.API, wiring))
    return routes
