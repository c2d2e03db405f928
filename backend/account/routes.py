"""The HTTP side of TMF666."""

from __future__ import annotations

from fastapi import APIRouter

from backend.account.rules import BILLING_ACCOUNT
from backend.rest.router import Wiring, resource_router


def router(wiring: Wiring) -> APIRouter:
    return resource_router(BILLING_ACCOUNT, wiring)
