"""A customer read by id, and a filtered page of customers, against FastAPI with bare psycopg.

Ours is the whole served application with sign-in, rights, log, figures and shields, called in
this process as ASGI; the bare one runs the same SQL in a plain FastAPI handler on a pool of
psycopg connections and knows nobody. Figures are processor time of this process.
"""

from __future__ import annotations

import orjson
import psycopg
from fastapi import FastAPI, Response
from psycopg.types.json import set_json_loads
from psycopg_pool import ConnectionPool
from starlette.types import ASGIApp

from backend.start import Application
from tests.support.processor_time import (
    Request,
    compared,
    filled_backend,
    processor_time,
    signed_in,
)

_BASE = "/tmf-api/customerManagement/v4/customer"
_ROUNDS, _EACH = 12, 150
_READ_BAR, _SEARCH_BAR = 2.0, 2.5
_PAGE = 20
_JSON = "application/json"


def run() -> None:
    """Print processor time by request, the ratio, and whether each bar is kept."""
    with filled_backend() as application:
        url = application.parts.database.url
        with psycopg.connect(url) as connection:
            ids = [str(row[0]) for row in connection.execute("SELECT id FROM customer ORDER BY id")]
        with ConnectionPool(url, min_size=2, max_size=4, configure=_with_orjson) as pool:
            _measure(application, bare(pool), ids)


def bare(pool: ConnectionPool) -> FastAPI:
    """What nobody can do without: the rows by FastAPI, psycopg and orjson."""
    app = FastAPI()

    @app.get(f"{_BASE}/{{identity}}")
    def read(identity: str) -> Response:
        with pool.connection() as connection:
            row = connection.execute(
                "SELECT document FROM customer WHERE id = %s", [identity]
            ).fetchone()
        if row is None:
            return Response(status_code=404)
        return Response(orjson.dumps(row[0]), media_type=_JSON)

    @app.get(_BASE)
    def search(status: str, limit: int = _PAGE, offset: int = 0) -> Response:
        with pool.connection() as connection:
            rows = connection.execute(
                "SELECT document FROM customer WHERE status = %s ORDER BY name, id "
                "LIMIT %s OFFSET %s",
                [status, limit, offset],
            ).fetchall()
            count = connection.execute(
                "SELECT count(*) FROM customer WHERE status = %s", [status]
            ).fetchone()
        total = str(count[0]) if count else "0"
        body = orjson.dumps([row[0] for row in rows])
        return Response(body, headers={"X-Total-Count": total}, media_type=_JSON)

    return app


def _with_orjson(connection: psycopg.Connection) -> None:
    connection.autocommit = True
    set_json_loads(orjson.loads, connection)


def _measure(application: Application, floor: ASGIApp, ids: list[str]) -> None:
    headers = signed_in(application)

    def read(number: int) -> Request:
        return Request("GET", f"{_BASE}/{ids[number % len(ids)]}", headers=headers)

    def search(number: int) -> Request:
        query = f"status=active&sort=name&limit={_PAGE}&offset={number % 5 * _PAGE}"
        return Request("GET", _BASE, query, headers=headers)

    times = processor_time(
        {
            "read": (application.asgi, read),
            "bare read": (floor, read),
            "search": (application.asgi, search),
            "bare search": (floor, search),
        },
        rounds=_ROUNDS,
        each=_EACH,
    )
    print(compared("customer by id", times["read"], times["bare read"], _READ_BAR))
    name = f"{_PAGE} customers by status, by name"
    print(compared(name, times["search"], times["bare search"], _SEARCH_BAR))


if __name__ == "__main__":
    run()
