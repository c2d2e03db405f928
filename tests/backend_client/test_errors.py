"""Every answer and every network fault is one of six kinds, with a sentence and a log line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_client import (
    ApiError,
    Client,
    Conflict,
    NotAllowed,
    Rejected,
    ServerFault,
    SignedOut,
    Unreachable,
)
from backend_client.calls import Answer
from backend_client.errors import Trace
from backend_client.faults import fault_of, lost
from tests.backend_client.conftest import Clock
from tests.backend_client.server import Server

KINDS: dict[int, type[ApiError]] = {
    400: Rejected,
    401: SignedOut,
    403: NotAllowed,
    404: Rejected,
    405: Rejected,
    407: Unreachable,
    408: Unreachable,
    409: Conflict,
    410: Rejected,
    412: Conflict,
    413: Rejected,
    415: Rejected,
    422: Rejected,
    429: Unreachable,
    500: ServerFault,
    501: ServerFault,
    502: Unreachable,
    503: Unreachable,
    504: Unreachable,
    599: ServerFault,
    302: ServerFault,
    101: ServerFault,
}


def answer(status: int, body: bytes = b"", *, reads: bool = True) -> Answer:
    return Answer(status=status, headers={}, body=body, trace=Trace(status=status), reads=reads)


@pytest.mark.parametrize(("status", "kind"), KINDS.items())
def test_each_status_has_its_kind(status: int, kind: type[ApiError], clock: Clock) -> None:
    fault = fault_of(answer(status), clock.now())
    assert type(fault) is kind
    assert fault.reason.endswith(".")


def test_good_answers_are_no_fault(clock: Clock) -> None:
    assert [fault_of(answer(status), clock.now()) for status in (200, 201, 204, 206, 304)] == [
        None
    ] * 5


def test_only_six_kinds_exist() -> None:
    kinds = {Unreachable, SignedOut, NotAllowed, Rejected, Conflict, ServerFault}
    assert set(ApiError.__subclasses__()) == kinds


def test_a_refusal_carries_the_servers_words_and_fields(server: Server, client: Client) -> None:
    server.says(
        {
            "code": "invalidAttribute",
            "reason": "The customer cannot be created.",
            "message": "Correct two fields.",
            "fields": [
                {"path": "contactMedium.0.mediumType", "message": "Say what medium this is."},
                {"path": "name", "message": "Give a name."},
            ],
        },
        422,
    )
    with pytest.raises(Rejected) as caught:
        client.customers.create({"name": ""})
    error = caught.value
    assert error.reason == "The customer cannot be created."
    assert error.detail == "Correct two fields."
    assert error.fields["name"] == "Give a name."
    assert not error.retry_helps
    assert not error.not_found


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        (
            {"detail": [{"loc": ["body", "name"], "msg": "Field required"}]},
            {"body.name": "Field required"},
        ),
        ({"errors": {"name": "Give a name."}}, {"name": "Give a name."}),
        (
            {"fields": [{"field": "name", "reason": "Give a name."}, 7, {}]},
            {"name": "Give a name."},
        ),
        ({"fields": "all of them"}, {}),
    ],
)
def test_other_servers_name_fields_in_their_own_ways(
    server: Server, client: Client, told: dict[str, Any], fields: dict[str, str]
) -> None:
    server.says(told, 400)
    with pytest.raises(Rejected) as caught:
        client.customers.create({})
    assert caught.value.fields == fields


def test_conflict_reason_and_the_rest_of_the_error(server: Server, client: Client) -> None:
    server.says({"reason": "Held by Cosmo P.", "alternative": "07700900478"}, 409)
    with pytest.raises(Conflict) as caught:
        client.reservations.create({})
    assert caught.value.reason == "Held by Cosmo P."
    assert caught.value.told["alternative"] == "07700900478"


def test_the_log_line_and_str_hold_no_personal_data(server: Server, client: Client) -> None:
    server.says({"code": "taken", "reason": "Edda Marrowby is a customer already."}, 409)
    with pytest.raises(Conflict) as caught:
        client.customers.change("KF-0041873-6", {"name": "Edda Marrowby"})
    line = caught.value.log_line
    assert str(caught.value) == line
    assert line.startswith(
        "Conflict 409 PATCH /tmf-api/customerManagement/v4/customer/{id} code=taken request="
    )
    assert "Edda" not in line + repr(caught.value.trace)
    assert "KF-" not in line


def test_a_servers_text_fits_one_line_of_a_screen(clock: Clock) -> None:
    text = b'{"reason": "a\\u0000b\\n\\u202ec ' + b"x" * 5000 + b'"}'
    fault = fault_of(answer(422, text), clock.now())
    assert fault is not None
    assert fault.reason.startswith("a b c xxx")
    assert len(fault.reason) <= 300


def test_what_a_change_may_have_done_follows_from_the_status(clock: Clock) -> None:
    def doubt(status: int) -> bool:
        fault = fault_of(answer(status, reads=False), clock.now())
        return fault is not None and fault.may_have_happened

    assert [status for status in KINDS if doubt(status)] == [500, 501, 502, 503, 504, 599]


def test_an_unknown_exception_of_the_network_is_still_unreachable() -> None:
    error = lost(OSError(5, "I/O error"), Trace(method="PUT"), reads=False)
    assert isinstance(error, Unreachable)
    assert error.may_have_happened
    assert error.trace.cause == "OSError"


@given(status=st.integers(100, 999), body=st.binary(max_size=200))
def test_any_status_with_any_body_is_told_as_one_of_the_six(status: int, body: bytes) -> None:
    fault = fault_of(answer(status, body), Clock().now())
    assert (fault is None) == (200 <= status < 300 or status == 304)
    if fault is not None:
        assert fault.reason
        assert "\n" not in fault.log_line


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(
    told=st.dictionaries(
        st.sampled_from(["code", "reason", "message", "fields", "errors", "detail", "status"]), JSON
    )
)
def test_error_documents_of_any_shape_are_read(told: dict[str, Any]) -> None:
    import json

    fault = fault_of(answer(422, json.dumps(told).encode()), Clock().now())
    assert isinstance(fault, Rejected)
    assert all(isinstance(text, str) and text for text in fault.fields.values())
