"""The HTTP side of TMF637; products are written only by orders."""

from __future__ import annotations

from fastapi import APIRouter

from backend.inventory.rules import API, PRODUCT
from backend.rest import hub
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring) -> APIRouter:
    routes = resource_router(PRODUCT, wiring)
    routes.include_router(hub.router(API, wiring))
    return routes
