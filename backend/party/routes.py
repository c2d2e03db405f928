"""The HTTP side of TMF632."""

from __future__ import annotations

from fastapi import APIRouter

from backend.party.rules import API, INDIVIDUAL, ORGANIZATION
from backend.rest import hub
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring) -> APIRouter:
    routes = APIRouter()
    for resource in (INDIVIDUAL, ORGANIZATION):
        routes.include_router(resource_router(resource, wiring))
    routes.include_router(hub.router(API, wiring))
    return routes
