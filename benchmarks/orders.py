"""An order of ten items placed, against bare SQL; then what carries orders out (`steps`).

Ours is the whole served application: body checked, offers, rules and prices looked up, order,
events and process flow written. The bare one is a plain FastAPI handler that reads the body with
orjson and inserts copies of the rows that one such order wrote. Figures are processor time of
this process.
"""

# annotations are evaluated here: the bare handler's body is a value, not a name

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

import orjson
import psycopg
import sqlalchemy as sa
from fastapi import Depends, FastAPI, Response
from fastapi import Request as Asked
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool
from sqlalchemy.dialects.postgresql import JSONB

from backend.database import METADATA
from benchmarks import steps
from benchmarks.order_book import ITEMS, order_of, takers
from tests.support.processor_time import (
    Client,
    Request,
    compared,
    filled_backend,
    processor_time,
    signed_in,
)

_JSON = "application/json"
_PATH = "/tmf-api/productOrderingManagement/v4/productOrder"
_BAR = 5.0
_ROUNDS, _EACH = 5, 8
_CUSTOMERS = 45


@dataclass(frozen=True, slots=True)
class Row:
    """One row to insert again."""

    statement: sql.Composed
    values: list[Any]


def run() -> None:
    """Print processor time by order, the ratio, and whether the bar is kept."""
    with filled_backend() as application:
        url = application.parts.database.url
        headers = signed_in(application) | {"content-type": _JSON}
        orders = [
            Request("POST", _PATH, body=orjson.dumps(order_of(taker)), headers=headers)
            for taker in takers(application, _CUSTOMERS)
        ]
        first = asyncio.run(Client(application.asgi).ask(orders.pop()))
        assert first.status == HTTPStatus.CREATED, first.body
        rows = _taken_back(url, str(orjson.loads(first.body)["id"]))
        with ConnectionPool(url, min_size=2, max_size=4) as pool:
            times = processor_time(
                {
                    "ours": (application.asgi, lambda _number: orders.pop()),
                    "bare": (bare(pool, rows), lambda _number: orders[0]),
                },
                rounds=_ROUNDS,
                each=_EACH,
            )
        print(compared(f"order of {ITEMS} items", times["ours"], times["bare"], _BAR))
        print(f"rows written by one order: {len(rows)}")
    steps.run()


def bare(pool: ConnectionPool, rows: Sequence[Row]) -> FastAPI:
    """The rows and nothing else; rolled back, so that the same ones can be written again."""
    app = FastAPI()

    async def body(asked: Asked) -> bytes:
        return await asked.body()

    @app.post(_PATH)
    def place(sent: Annotated[bytes, Depends(body)]) -> Response:
        document = orjson.loads(sent)
        with pool.connection() as connection:
            for row in rows:
                connection.execute(row.statement, row.values)
            connection.rollback()
        return Response(orjson.dumps(document), 201, media_type=_JSON)

    return app


def _taken_back(url: str, order: str) -> list[Row]:
    """What the order's transaction wrote and is there still, deleted, and ready to be written."""
    rows: list[Row] = []
    with psycopg.connect(url, row_factory=dict_row) as connection:
        connection.execute("SET session_replication_role = replica")
        wrote = connection.execute(
            "SELECT xmin::text AS xmin FROM product_order WHERE id = %s", [order]
        ).fetchone()
        assert wrote is not None
        for table in METADATA.sorted_tables:
            name = sql.Identifier(table.name)
            gone = sql.SQL("DELETE FROM {} WHERE xmin::text = %s RETURNING *").format(name)
            for found in connection.execute(gone, [wrote["xmin"]]).fetchall():
                columns = sql.SQL(", ").join(map(sql.Identifier, found))
                places = sql.SQL(", ").join(sql.Placeholder() * len(found))
                statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(name, columns, places)
                rows.append(
                    Row(
                        statement,
                        [_sendable(table.c[column], value) for column, value in found.items()],
                    )
                )
    return rows


def _sendable(column: sa.Column[Any], value: object) -> object:
    is_json = isinstance(column.type, JSONB) and value is not None
    return Jsonb(value, dumps=orjson.dumps) if is_json else value


if __name__ == "__main__":
    run()
