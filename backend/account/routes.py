"""The HTTP side of TMF666."""

from __future__ import annotations

from fastapi import APIRouter

from backend.account.bill_terms import TERMS
from backend.account.rules import API, BILLING_ACCOUNT
from backend.rest import hub
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring) -> APIRouter:
    routes = resource_router(BILLING_ACCOUNT, wiring)
    for term in TERMS:
        routes.include_router(resource_router(term, wiring))
    routes.include_router(hub.router(API, wiring))
    return routes
