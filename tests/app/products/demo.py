"""The demo operator's catalogue, as the product manager's desk holds it."""

from __future__ import annotations

from app.products.documents import Documents
from tests.support.product_desk import demo_documents


def _demo() -> Documents:
    found = demo_documents()
    return Documents(found.catalogue, found.specifications or {}, found.prices or {})


DEMO = _demo()
