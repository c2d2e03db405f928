"""An order of ten items placed, against bare SQL that writes the same rows.

Ours is the whole served application: body checked, offers, rules and prices looked up, order,
events and process flow written. The bare one is a plain FastAPI handler that reads the body with
orjson and inserts copies of the rows that one such order wrote. Figures are processor time of
this process.
"""

# annotations are evaluated here: the bare handler's body is a value, not a name

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
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

from backend.access.caller import Caller
from backend.account import rules as account
from backend.customer import rules as customer
from backend.database import METADATA
from backend.party import rules as party
from backend.rest.resource import Context, Document
from backend.start import Application
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
_ITEMS = 10
_LINE, _EXTRA = "M03", "M11"
_BAR = 5.0
_ROUNDS, _EACH = 5, 8
_CUSTOMERS = 45
_CALLER = Caller("benchmark", "Benchmark", frozenset(), frozenset({"customer.create"}), None)


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
            Request("POST", _PATH, body=_order(taker), headers=headers)
            for taker in _takers(application)
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
        print(compared(f"order of {_ITEMS} items", times["ours"], times["bare"], _BAR))
        print(f"rows written by one order: {len(rows)}")


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


def _takers(application: Application) -> list[str]:
    """New private customers who may have everything."""
    made = []
    with application.parts.database.begin() as connection:
        context = Context(connection, _CALLER, datetime.now(UTC), "benchmark")
        for _ in range(_CUSTOMERS):
            name: Document = {"givenName": "Edda", "familyName": "Marrowby"}
            birth = {"birthDate": "1984-03-09T00:00:00Z"}
            person = party.create_individual(context, name | birth)
            known = {"identitySeen": "passport", "creditClass": "A"}
            facts = [{"name": name, "value": value} for name, value in known.items()]
            one = customer.create(
                context,
                {
                    "name": "Edda Marrowby",
                    "engagedParty": {"id": person["id"]},
                    "characteristic": facts,
                },
            )
            owner = {"id": one["id"], "role": "customer"}
            account.create(context, {"name": "Home", "relatedParty": [owner]})
            made.append(str(one["id"]))
    return made


def _order(taker: str) -> bytes:
    """Lines, and an extra on each."""
    items: list[Document] = []
    for number in range(1, _ITEMS + 1):
        item: Document = {"id": str(number), "action": "add", "quantity": 1, "product": {}}
        item["productOffering"] = {"id": _LINE if number % 2 else _EXTRA}
        if number % 2 == 0:
            relation = {"id": str(number - 1), "relationshipType": "reliesOn"}
            item["productOrderItemRelationship"] = [relation]
        items.append(item)
    owner = {"id": taker, "role": "customer", "@referredType": "Customer"}
    return orjson.dumps({"relatedParty": [owner], "productOrderItem": items})


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
