"""How bills may be made: cycles, formats and media, which clients only read."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from backend.account import records, schemas
from backend.account.rules import API
from backend.rest.resource import READ_ONLY, Document, Resource, Rights, everybody


def _columns(document: Document) -> Mapping[str, object]:
    return {"name": document["name"]}


def _term(tmf_type: str, table: sa.Table, model: type[schemas.BillTerm]) -> Resource:
    return Resource(
        api=API,
        name=f"{tmf_type[0].lower()}{tmf_type[1:]}",
        tmf_type=tmf_type,
        table=table,
        model=model,
        promote=_columns,
        rights=Rights.of("customer"),
        visible=everybody,
        columns={"name": table.c.name},
        operations=READ_ONLY,
    )


TERMS = (
    _term(
        "BillingCycleSpecification",
        records.BILLING_CYCLE_SPECIFICATION,
        schemas.BillingCycleSpecification,
    ),
    _term("BillFormat", records.BILL_FORMAT, schemas.BillTerm),
    _term("BillPresentationMedia", records.BILL_PRESENTATION_MEDIA, schemas.BillTerm),
)
