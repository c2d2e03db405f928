"""Bodies of good, loose and hostile servers."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from backend_client import Client, Money, ServerFault
from backend_client.account import BillingAccount
from backend_client.calls import Answer
from backend_client.customer import Customer
from backend_client.decoding import decoded, encoded, read
from backend_client.desk_records import Account
from backend_client.errors import Trace
from backend_client.inventory import Product
from backend_client.ordering import ProductOrder, ProductOrderItem
from backend_client.party import Individual
from backend_client.records import Characteristic, Ref, TimePeriod
from tests.backend_client.server import Reply, Server

ORDER: dict[str, Any] = {
    "id": "7f1",
    "@type": "ProductOrder",
    "externalId": "KO-0093317-4",
    "state": "inProgress",
    "orderDate": "2026-11-20T09:12:33.120+01:00",
    "orderTotalPrice": [
        {"priceType": "recurring", "price": {"taxIncludedAmount": {"unit": "GBP", "value": 19.10}}}
    ],
    "productOrderItem": [
        {
            "id": "1",
            "action": "add",
            "quantity": 1,
            "productOffering": {"id": "M03", "@referredType": "ProductOffering"},
            "product": {
                "@type": "Product",
                "productCharacteristic": [{"name": "spendCap", "value": 25.5}],
            },
            "productOrderItem": [{"id": "1.1", "action": "add"}],
        }
    ],
    "relatedParty": [{"id": "KF-1", "role": "customer", "@referredType": "Customer"}],
}


def order_of(document: object) -> ProductOrder:
    return read(json.dumps(document).encode(), ProductOrder, Trace())


def test_an_order_is_read_with_exact_money_and_aware_times() -> None:
    order = order_of(ORDER)
    amount = order.order_total_price[0].price
    assert amount is not None
    assert amount.tax_included_amount == Money(unit="GBP", value=Decimal("19.10"))
    assert order.order_date == datetime(2026, 11, 20, 8, 12, 33, 120000, tzinfo=UTC)
    item = order.product_order_item[0]
    assert item.product is not None
    assert item.product.product_characteristic[0].value == Decimal("25.5")
    assert item.product_order_item[0].id == "1.1"
    assert order.related_party[0].referred_type == "Customer"
    assert not order.is_final


def test_money_is_never_a_float() -> None:
    body = b'{"id": "A", "creditLimit": {"unit": "GBP", "value": 0.1}}'
    account = read(body, BillingAccount, Trace())
    assert account.credit_limit == Money(unit="GBP", value=Decimal("0.1"))
    assert encoded(Money(unit="GBP", value=Decimal("19.90"))) == b'{"unit":"GBP","value":19.90}'


def test_unknown_attributes_and_unknown_states_are_taken() -> None:
    order = order_of({**ORDER, "state": "onTheMoon", "jeopardyAlert": [{"x": 1}]})
    assert order.state == "onTheMoon"


def test_nulls_numeric_ids_and_times_without_offset_are_tidied() -> None:
    order = order_of(
        {
            "id": 4711,
            "orderDate": "2026-11-20T09:12:33",
            "completionDate": "2026-11-24",
            "note": None,
            "relatedParty": [None, {"id": 12, "role": None}],
            "productOrderItem": [{"id": 1, "action": "add", "quantity": "2", "product": None}],
        }
    )
    assert order.id == "4711"
    assert order.order_date == datetime(2026, 11, 20, 9, 12, 33, tzinfo=UTC)
    assert order.completion_date == datetime(2026, 11, 24, tzinfo=UTC)
    assert order.note == ()
    assert order.related_party[0].id == "12"
    assert order.product_order_item[0].quantity == 2


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("1984-03-01", date(1984, 3, 1)),
        ("1984-03-01T00:00:00Z", date(1984, 3, 1)),
        ("1984-03-01T00:00:00+02:00", date(1984, 3, 1)),
        ("unknown", None),
        (None, None),
    ],
)
def test_no_offset_moves_a_birthday(sent: str | None, day: date | None) -> None:
    body = json.dumps({"id": 1, "birthDate": sent, "status": None}).encode()
    assert read(body, Individual, Trace()).born == day


def test_the_trailing_blank_of_the_official_files_is_taken_off() -> None:
    assert read(b'{"id": "P", "status": "aborted "}', Product, Trace()).state == "aborted"


def test_a_record_is_sent_without_what_it_leaves_open() -> None:
    order = ProductOrder(
        type="ProductOrder",
        requested_start_date=datetime(2026, 12, 1, tzinfo=UTC),
        product_order_item=(
            ProductOrderItem(id="1", action="add", product_offering=Ref(id="M03")),
        ),
    )
    assert json.loads(encoded(order)) == {
        "@type": "ProductOrder",
        "requestedStartDate": "2026-12-01T00:00:00Z",
        "productOrderItem": [{"id": "1", "action": "add", "productOffering": {"id": "M03"}}],
    }


def test_records_and_null_may_stand_in_a_mapping() -> None:
    body = encoded(
        {"name": None, "validFor": TimePeriod(), "c": (Characteristic(name="x", value=1),)}
    )
    assert json.loads(body) == {"name": None, "validFor": {}, "c": [{"name": "x", "value": 1}]}


@pytest.mark.parametrize(
    "document",
    [
        {"at": datetime(2026, 1, 1)},  # noqa: DTZ001 - the mistake under test
        {"value": float("nan")},
        {"value": Decimal("Infinity")},
    ],
)
def test_what_json_cannot_say_is_the_callers_mistake(document: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"offset|number"):
        encoded(document)


def test_amounts_beyond_reason_are_no_money() -> None:
    for text in ("NaN", "Infinity", "1E+99", "1E-99"):
        with pytest.raises(ValueError, match="no amount"):
            Money(unit="GBP", value=Decimal(text))


HOSTILE = {
    "empty": b"",
    "cut": b'{"id": "KF-',
    "html": b"<html>",
    "a list": b"[]",
    "a text": b'"KF-1"',
    "NaN": b'{"id": "A", "creditLimit": {"value": NaN}}',
    "NaN as text": b'{"id": "A", "creditLimit": {"value": "NaN"}}',
    "infinite": b'{"id": "A", "creditLimit": {"value": 1e999999999999999999999}}',
    "huge power": b'{"id": "A", "name": 1e999999999999999999999}',
    "huge integer": b'{"id": "A", "paymentPlan": [{"priority": ' + b"9" * 5000 + b"}]}",
    "deep": b'{"contact": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": b'{"contact": ' + b'{"a":' * 100_000,
    "bad UTF-8": b'{"id": "\xff\xfe"}',
    "half a surrogate": b'{"id": "\\ud800"}',
    "wrong types": b'{"id": {}, "contact": 7}',
    "no time": b'{"id": "A", "lastModified": "yesterday"}',
    "a time of the year 99999": b'{"id": "A", "lastModified": "99999-01-01T00:00:00Z"}',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=list(HOSTILE))
def test_a_body_that_cannot_be_read_is_a_server_fault(
    server: Server, client: Client, body: bytes
) -> None:
    server.answering = lambda _request: Reply(200, body)
    with pytest.raises(ServerFault) as caught:
        client.billing_accounts.get("A")
    assert not caught.value.may_have_happened
    with pytest.raises(ServerFault) as caught:
        client.billing_accounts.change("A", {})
    assert caught.value.may_have_happened


def test_a_page_of_a_proxy_is_a_server_fault_even_if_it_looks_like_json(
    server: Server, client: Client
) -> None:
    server.answering = lambda _request: Reply(200, b'{"id": "A"}', {"Content-Type": "text/html"})
    with pytest.raises(ServerFault, match="not JSON"):
        client.billing_accounts.get("A")


def test_json_of_any_dialect_is_json(server: Server, client: Client) -> None:
    for media in ("application/json;charset=utf-8", "application/hal+json", "text/json"):
        server.says({"id": "A"}, Content_Type=media)
        assert client.billing_accounts.get("A").id == "A"


BUNDLE: dict[str, Any] = {
    "asOf": "2026-11-20T09:00:00Z",
    "customer": {"id": "KF-1", "validFor": {"startDateTime": "2020-01-01T00:00:00Z"}},
    "party": {"@type": "Individual", "id": "I-1", "birthDate": "1984-03-01"},
    "orders": [ORDER],
    "documents": [{"id": "D", "relatedEntity": {"id": "O", "role": "order"}}],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def mutated(document: Any, path: list[int], instead: Any) -> Any:
    """The document with one value, found by walking `path`, replaced."""
    if not path or not isinstance(document, dict | list) or not document:
        return instead
    step = path[0] % len(document)
    if isinstance(document, list):
        copy = list(document)
        copy[step] = mutated(document[step], path[1:], instead)
        return copy
    name = list(document)[step]
    return {**document, name: mutated(document[name], path[1:], instead)}


@examples(max_examples=300, deadline=None)
@given(path=st.lists(st.integers(0, 9), min_size=1, max_size=7), instead=JSON)
def test_a_changed_value_anywhere_is_read_or_is_a_server_fault(
    path: list[int], instead: Any
) -> None:
    body = json.dumps(mutated(BUNDLE, path, instead)).encode()
    answer = Answer(status=200, headers={}, body=body, trace=Trace())
    try:
        account = decoded(answer, Account)
    except ServerFault:
        return
    assert all(order.order_date is None or order.order_date.tzinfo for order in account.orders)


@examples(max_examples=300, deadline=None)
@given(where=st.integers(0, 10_000), cut=st.integers(0, 40), put=st.binary(max_size=8))
def test_changed_bytes_anywhere_are_read_or_are_a_server_fault(
    where: int, cut: int, put: bytes
) -> None:
    whole = json.dumps(BUNDLE).encode()
    at = where % len(whole)
    answer = Answer(
        status=200, headers={}, body=whole[:at] + put + whole[at + cut :], trace=Trace()
    )
    with contextlib.suppress(ServerFault):
        assert isinstance(decoded(answer, Account), Account)


def test_a_customer_survives_the_way_out_and_back() -> None:
    body = b'{"id":"KF-1","name":"Edda","contactMedium":[{"mediumType":"email"}]}'
    customer = read(body, Customer, Trace())
    assert read(encoded(customer), Customer, Trace()) == customer
