"""The table of products that customers have, and its queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from backend.database import all_rows
from backend.rest.tables import document_table

PRODUCT = document_table(
    "product",
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False),
    sa.Column("billing_account_id", sa.Text, sa.ForeignKey("billing_account.id")),
    sa.Column("offering", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("place_id", sa.Text),
    sa.Column("ordered", sa.DateTime(timezone=True), nullable=False),
)


def bodies_of_customer(connection: sa.Connection, customer_id: str) -> list[bytes]:
    """The stored JSON of a customer's products, in the order they were ordered."""
    rows = all_rows(
        connection,
        "SELECT document::text FROM product WHERE customer_id = %s ORDER BY ordered, id",
        customer_id,
    )
    return [body.encode() for (body,) in rows]


def lock(connection: sa.Connection, identities: Sequence[str]) -> None:
    """Keep these products from others until the transaction ends, always in the same order."""
    query = sa.select(PRODUCT.c.id).where(PRODUCT.c.id.in_(identities)).order_by(PRODUCT.c.id)
    connection.execute(query.with_for_update(key_share=True))


_TERM_ENDS = """
SELECT customer_id, id, day FROM (
    SELECT product.customer_id, product.id,
           max((term -> 'validFor' ->> 'endDateTime')::timestamptz)::date AS day
    FROM product, jsonb_array_elements(product.document -> 'productTerm') AS term
    WHERE product.status = ANY (:states) AND term -> 'validFor' ? 'endDateTime'
        AND (term -> 'duration' ->> 'amount')::int > :rolling
    GROUP BY product.customer_id, product.id
) AS ends WHERE day BETWEEN :first AND :last ORDER BY customer_id, id
"""


def terms_ending(
    connection: sa.Connection, states: Sequence[str], rolling: int, first: date, last: date
) -> list[tuple[str, str, date]]:
    """Customer, product and the last day of its minimum term, where that lies between.

    Terms of `rolling` months or less are none: they end whenever one likes.
    """
    given = {"states": list(states), "rolling": rolling, "first": first, "last": last}
    rows = connection.execute(sa.text(_TERM_ENDS), given)
    return [(row.customer_id, row.id, row.day) for row in rows]


def count_by_offering(
    connection: sa.Connection, customer_id: str, states: Sequence[str]
) -> dict[str, int]:
    """How many products of each offering a customer has in these states."""
    query = sa.select(PRODUCT.c.offering, sa.func.count())
    query = query.where(PRODUCT.c.customer_id == customer_id, PRODUCT.c.status.in_(states))
    rows = connection.execute(query.group_by(PRODUCT.c.offering))
    return {row[0]: row[1] for row in rows}
