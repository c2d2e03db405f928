"""The HTTP side of TMF622."""

from __future__ import annotations

from fastapi import APIRouter

from backend.ordering.cancelling import OnCancel, resource
from backend.ordering.rules import API, Ordering
from backend.rest import hub
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring, ordering: Ordering, on_cancel: OnCancel) -> APIRouter:
    routes = resource_router(ordering.resource, wiring)
    routes.include_router(resource_router(resource(on_cancel), wiring))
    routes.include_router(hub.router(API, wiring))
    return routes
