"""The HTTP side of TMF629."""

from __future__ import annotations

from fastapi import APIRouter

from backend.customer.rules import CUSTOMER
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring) -> APIRouter:
    return resource_router(CUSTOMER, wiring)
