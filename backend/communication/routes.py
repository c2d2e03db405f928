"""The HTTP side of TMF681."""

from __future__ import annotations

from fastapi import APIRouter

from backend.communication.rules import API, Messages
from backend.rest import hub
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring, messages: Messages) -> APIRouter:
    routes = resource_router(messages.resource, wiring)
    routes.include_router(hub.router(API, wiring))
    return routes
