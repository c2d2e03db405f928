"""What is decided about the catalogue: its entities, and the version in force."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from backend.catalog import records, schemas
from backend.catalog.definitions import Definitions, read_definitions
from backend.product_rules import read_catalogue_text
from backend.rest import documents
from backend.rest.errors import NotFound, Unavailable
from backend.rest.resource import (
    ALL,
    Api,
    Context,
    Document,
    Operation,
    Resource,
    Rights,
    Rules,
    StateMachine,
    everybody,
)

API = Api("productCatalogManagement", "/tmf-api/productCatalogManagement/v4", "ProductCatalog")
_RIGHTS = Rights("catalogue.read", "catalogue.edit", "catalogue.edit", "catalogue.edit")
_WRITABLE = ALL - {Operation.DELETE}

# TMF630 part 4: the life of catalogue entities
_LIFE = StateMachine(
    "lifecycleStatus",
    ("In study", "In design", "In test", "Active", "Launched"),
    {
        "In study": frozenset({"In design", "Retired"}),
        "In design": frozenset({"In test", "Retired"}),
        "In test": frozenset({"In design", "Active", "Rejected"}),
        "Active": frozenset({"Launched", "Retired"}),
        "Launched": frozenset({"Active", "Retired"}),
        "Retired": frozenset({"Obsolete", "Launched"}),
    },
)


class Versions:
    """Hands out the version of the catalogue in force; each version is read once a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: Definitions | None = None

    def current(self, connection: sa.Connection) -> Definitions:
        """Unavailable before the first version is published."""
        number = records.newest(connection)
        if number is None:
            raise Unavailable(
                "There is no catalogue yet.", "Publish one, then try again.", code="noCatalogue"
            )
        return self.numbered(connection, number)

    def numbered(self, connection: sa.Connection, number: int) -> Definitions:
        """The version of this number, which an answer named a moment ago."""
        known = self._newest
        if known is not None and known.number == number:
            return known
        with self._lock:
            row = records.version(connection, number)
            self._newest = definitions_of(number, row.rules, row.specifications, row.prices)
            return self._newest


def definitions_of(
    number: int,
    rules: Mapping[str, Any],
    specifications: Mapping[str, Any],
    prices: Mapping[str, Any],
) -> Definitions:
    """Check a catalogue and what stands beside it. BadCatalogue, BadDefinitions."""
    text = orjson.dumps({**rules, "version": str(number)}).decode()
    return read_definitions(number, read_catalogue_text(text), specifications, prices)


def publish(
    context: Context,
    rules: dict[str, Any],
    specifications: dict[str, Any],
    prices: dict[str, Any],
    *,
    golden: Sequence[Document] = (),
    author: str | None = None,
    note: str = "",
) -> int:
    """Put a checked catalogue in force; returns its version.

    Where there is an `author` the caller is the second person, who approves.
    """
    definitions_of(0, rules, specifications, prices)
    name = context.caller.name
    return records.publish(
        context.connection,
        rules=rules,
        specifications=specifications,
        prices=prices,
        golden=list(golden),
        published=context.now,
        published_by=author or name,
        approved_by=name if author else None,
        note=note,
    )


def offering(context: Context, code: str) -> Document | None:
    """The offering with this code; None where there is none."""
    try:
        return documents.find(context, PRODUCT_OFFERING, code)
    except NotFound:
        return None


def _named(document: Document) -> Mapping[str, object]:
    return {"name": document["name"]}


def _specification_columns(document: Document) -> Mapping[str, object]:
    return {"name": document["name"], "lifecycle_status": document["lifecycleStatus"]}


def _offering_columns(document: Document) -> Mapping[str, object]:
    category = document.get("category") or [{}]
    return {
        "name": document["name"],
        "lifecycle_status": document["lifecycleStatus"],
        "category_id": category[0].get("id"),
        "specification_id": (document.get("productSpecification") or {}).get("id"),
    }


def _price_columns(document: Document) -> Mapping[str, object]:
    return {
        "name": document["name"],
        "lifecycle_status": document["lifecycleStatus"],
        "price_type": document.get("priceType"),
    }


def _new_code(context: Context) -> str:
    """Codes are given by the product manager; an offering without one gets the next free."""
    count = context.connection.scalar(sa.select(sa.func.count()).select_from(_OFFERINGS))
    return f"N{int(count or 0) + 1:03}"


_OFFERINGS = records.PRODUCT_OFFERING

CATALOG = Resource(
    api=API,
    name="catalog",
    tmf_type="Catalog",
    table=records.CATALOG,
    model=schemas.Catalog,
    promote=_named,
    rights=_RIGHTS,
    visible=everybody,
    columns={"name": records.CATALOG.c.name},
    operations=_WRITABLE,
    states=_LIFE,
    examples={"create": {"name": "Kestrelfjord Telecom"}, "patch": {"description": "All offers"}},
)
CATEGORY = Resource(
    api=API,
    name="category",
    tmf_type="Category",
    table=records.CATEGORY,
    model=schemas.Category,
    promote=_named,
    rights=_RIGHTS,
    visible=everybody,
    columns={"name": records.CATEGORY.c.name},
    operations=_WRITABLE,
    states=_LIFE,
    examples={"create": {"name": "Mobile", "isRoot": True}, "patch": {"description": "Phones"}},
)
PRODUCT_SPECIFICATION = Resource(
    api=API,
    name="productSpecification",
    tmf_type="ProductSpecification",
    table=records.PRODUCT_SPECIFICATION,
    model=schemas.ProductSpecification,
    promote=_specification_columns,
    rights=_RIGHTS,
    visible=everybody,
    columns={
        "name": records.PRODUCT_SPECIFICATION.c.name,
        "lifecycleStatus": records.PRODUCT_SPECIFICATION.c.lifecycle_status,
    },
    operations=_WRITABLE,
    states=_LIFE,
    rules=Rules(),
    examples={"create": {"name": "Mobile line"}, "patch": {"description": "A SIM and a number"}},
)
PRODUCT_OFFERING = Resource(
    api=API,
    name="productOffering",
    tmf_type="ProductOffering",
    table=records.PRODUCT_OFFERING,
    model=schemas.ProductOffering,
    promote=_offering_columns,
    rights=_RIGHTS,
    visible=everybody,
    columns={
        "name": _OFFERINGS.c.name,
        "lifecycleStatus": _OFFERINGS.c.lifecycle_status,
        "category.id": _OFFERINGS.c.category_id,
        "productSpecification.id": _OFFERINGS.c.specification_id,
    },
    operations=_WRITABLE,
    new_id=_new_code,
    states=_LIFE,
    examples={
        "create": {"name": "Skarv 50 (50 GB, 5G)", "isSellable": False},
        "patch": {"description": "Between Skarv 25 and Skarv 100"},
    },
)
PRODUCT_OFFERING_PRICE = Resource(
    api=API,
    name="productOfferingPrice",
    tmf_type="ProductOfferingPrice",
    table=records.PRODUCT_OFFERING_PRICE,
    model=schemas.ProductOfferingPrice,
    promote=_price_columns,
    rights=_RIGHTS,
    visible=everybody,
    columns={
        "name": records.PRODUCT_OFFERING_PRICE.c.name,
        "priceType": records.PRODUCT_OFFERING_PRICE.c.price_type,
    },
    operations=_WRITABLE,
    states=_LIFE,
    examples={
        "create": {
            "name": "Skarv 50, every month",
            "priceType": "recurring",
            "recurringChargePeriodType": "month",
            "recurringChargePeriodLength": 1,
            "price": {"unit": "GBP", "value": 16},
        },
        "patch": {"description": "Private 2026"},
    },
)
RESOURCES = (CATALOG, CATEGORY, PRODUCT_SPECIFICATION, PRODUCT_OFFERING, PRODUCT_OFFERING_PRICE)
