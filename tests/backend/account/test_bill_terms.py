"""How bills may be made, for everybody to read and nobody to write."""

from __future__ import annotations

import pytest

from backend.account.bill_terms import TERMS
from backend.rest.resource import Resource
from tests.support.rest import RESELLER, Api
from tests.support.tmf import assert_conforms


@pytest.mark.parametrize("term", TERMS, ids=lambda one: one.name)
def test_terms_are_read_by_everybody_and_conform(api: Api, term: Resource) -> None:
    collection = f"{term.api.base}/{term.name}"
    first, second = api.as_caller(RESELLER).get(f"{collection}?sort=name").json()
    assert first["name"] < second["name"]
    assert api.get(first["href"]).json() == first
    assert_conforms(666, term.tmf_type, first)


@pytest.mark.parametrize("term", TERMS, ids=lambda one: one.name)
def test_terms_are_not_written(api: Api, term: Resource) -> None:
    answer = api.post(f"{term.api.base}/{term.name}", {"name": "Weekly"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
