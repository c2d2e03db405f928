"""The HTTP side of the catalogue: TMF620, and what its authors write."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter

from backend.catalog import authoring, desk_routes, rules
from backend.catalog.prover import Prover
from backend.rest import hub
from backend.rest.resource import READ_ONLY
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring, prover: Prover) -> APIRouter:
    routes = desk_routes.router(wiring, prover)
    for resource in rules.RESOURCES:
        if resource in authoring.AUTHORED:
            others = replace(resource, operations=READ_ONLY)
            routes.include_router(resource_router(others, wiring))
            routes.include_router(authoring.router(resource, wiring, prover))
        else:
            routes.include_router(resource_router(resource, wiring))
    routes.include_router(hub.router(rules.API, wiring))
    return routes
