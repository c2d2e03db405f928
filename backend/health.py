"""Whether the server can do its work, and which part cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from backend.database import Database
from backend.metrics import CONTENT_TYPE, Metrics
from backend.migrations.upgrade import Schema, schema

Check = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Health:
    """The parts that must work, each with its check; a check that raises has failed."""

    checks: Mapping[str, Check]

    def report(self) -> dict[str, str]:
        """Each part: "ready" or "not ready". Parts after the first failed one may follow it."""
        return {
            part: "ready" if _passes(check) else "not ready" for part, check in self.checks.items()
        }


def database_answers(database: Database) -> Check:
    def check() -> bool:
        with database.read() as connection:
            return connection.scalar(sa.select(1)) == 1

    return check


def schema_is_current(database: Database) -> Check:
    """A newer one serves, too: migrations only add while the version before still runs."""
    return lambda: schema(database) in {Schema.CURRENT, Schema.NEWER}


def router(health: Health, metrics: Metrics) -> APIRouter:
    """`GET /health`, `/health/live`, `/metrics`: without signing in, and without personal data."""
    routes = APIRouter(tags=["operation"])

    @routes.get("/health", operation_id="retrieveHealth", responses={503: {}})
    def retrieve_health() -> Response:
        parts = health.report()
        ready = all(state == "ready" for state in parts.values())
        body = {"status": "ready" if ready else "not ready", "parts": parts}
        return JSONResponse(body, 200 if ready else 503, headers={"Cache-Control": "no-store"})

    @routes.get("/health/live", operation_id="retrieveLife")
    def retrieve_life() -> Response:
        # asks nothing of others: a process whose database is away need not be begun anew
        return JSONResponse({"status": "live"}, headers={"Cache-Control": "no-store"})

    @routes.get("/metrics", operation_id="retrieveMetrics")
    def retrieve_metrics() -> Response:
        return Response(metrics.render(), media_type=CONTENT_TYPE)

    return routes


def _passes(check: Check) -> bool:
    try:
        return check()
    except (sa.exc.SQLAlchemyError, OSError):
        return False
