"""The table of products that customers have, and its queries."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

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
    query = sa.select(sa.cast(PRODUCT.c.document, sa.Text))
    query = query.where(PRODUCT.c.customer_id == customer_id)
    query = query.order_by(PRODUCT.c.ordered, PRODUCT.c.id)
    return [body.encode() for body in connection.scalars(query)]


def lock(connection: sa.Connection, identities: Sequence[str]) -> None:
    """Keep these products from others until the transaction ends, always in the same order."""
    query = sa.select(PRODUCT.c.id).where(PRODUCT.c.id.in_(identities)).order_by(PRODUCT.c.id)
    connection.execute(query.with_for_update(key_share=True))


def count_by_offering(
    connection: sa.Connection, customer_id: str, states: Sequence[str]
) -> dict[str, int]:
    """How many products of each offering a customer has in these states."""
    query = sa.select(PRODUCT.c.offering, sa.func.count())
    query = query.where(PRODUCT.c.customer_id == customer_id, PRODUCT.c.status.in_(states))
    rows = connection.execute(query.group_by(PRODUCT.c.offering))
    return {row[0]: row[1] for row in rows}
