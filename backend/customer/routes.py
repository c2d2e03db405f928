"""The HTTP side of TMF629."""

from __future__ import annotations

from fastapi import APIRouter

from backend.customer.rules import API, CUSTOMER
from backend.rest import hub
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring) -> APIRouter:
    routes = resource_router(CUSTOMER, wiring)
    routes.include_router(hub.router(API, wiring))
    return routes
