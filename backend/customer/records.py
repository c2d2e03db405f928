"""The table of customers."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from backend.rest.tables import EVENT, document_table

CUSTOMER = document_table(
    "customer",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("individual_id", sa.Text, sa.ForeignKey("individual.id")),
    sa.Column("organization_id", sa.Text, sa.ForeignKey("organization.id")),
    sa.Column("reseller", sa.Text, nullable=False),
)


def reseller(connection: sa.Connection, customer: str) -> str | None:
    """Whose customer it is; None when there is no such customer."""
    found: str | None = connection.scalar(
        sa.select(CUSTOMER.c.reseller).where(CUSTOMER.c.id == customer)
    )
    return found


def of_reseller(reseller: str) -> sa.Select[str]:
    """The ids of a reseller's customers, for use inside other queries."""
    return sa.select(CUSTOMER.c.id).where(CUSTOMER.c.reseller == reseller)


def contacts_told(connection: sa.Connection, customer: str, moment: datetime) -> list[object]:
    """How the customer could be reached, as each event since `moment` told it, in their order.

    First stands what was told last before; nothing at all (None) where that is forgotten.
    """
    contacts = EVENT.c.document["event"]["customer"]["contactMedium"]
    mine = sa.select(EVENT.c.event_type, contacts).where(
        EVENT.c.resource == "customer", EVENT.c.resource_id == customer
    )
    before = mine.where(EVENT.c.event_time < moment).order_by(EVENT.c.sequence.desc()).limit(1)
    since = mine.where(EVENT.c.event_time >= moment).order_by(EVENT.c.sequence)
    earlier = connection.execute(before).all()
    later = connection.execute(since).all()
    is_new = bool(later) and later[0][0].endswith("CreateEvent")
    return [*(row[1] for row in earlier), *([] if earlier or is_new else [None])] + [
        row[1] for row in later
    ]
