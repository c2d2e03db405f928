"""The HTTP side of the catalogue: TMF620, and what its authors write."""

from __future__ import annotations

from fastapi import APIRouter

from backend.catalog import desk_routes, rules
from backend.catalog.prover import Prover
from backend.rest import hub
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring, prover: Prover) -> APIRouter:
    routes = desk_routes.router(wiring, prover)
    for resource in rules.RESOURCES:
        routes.include_router(resource_router(resource, wiring))
    routes.include_router(hub.router(rules.API, wiring))
    return routes
