"""Each kind of failure has one sentence that says what it means and what to do."""

from __future__ import annotations

import pytest

from app.faults import FaultKind, fault_of
from backend_client.errors import (
    ApiError,
    Conflict,
    NotAllowed,
    Rejected,
    ServerFault,
    SignedOut,
    Unreachable,
)


class StoreTrouble(Exception):  # noqa: N818  # stands for the store's own
    sentence = "The disk is full."


@pytest.mark.parametrize(
    ("error", "kind", "begins"),
    [
        (Unreachable(), FaultKind.UNREACHABLE, "The server did not answer."),
        (SignedOut(), FaultKind.SIGNED_OUT, "You have been signed out."),
        (NotAllowed("A supervisor can do this."), FaultKind.NOT_ALLOWED, "A supervisor can"),
        (Rejected("A postcode has two parts."), FaultKind.REJECTED, "A postcode has two"),
        (Conflict(), FaultKind.CONFLICT, "This was changed"),
        (ServerFault(), FaultKind.SERVER, "The server could not do this."),
    ],
)
def test_a_failed_call_has_its_kind_and_sentence(
    error: ApiError, kind: FaultKind, begins: str
) -> None:
    fault = fault_of(error)
    assert fault.kind is kind
    assert fault.sentence.startswith(begins)


def test_a_refused_field_is_named() -> None:
    fault = fault_of(Rejected("Look again.", fields={"postcode": "A postcode has two parts."}))
    assert fault.fields == {"postcode": "A postcode has two parts."}


def test_the_stores_faults_speak_for_themselves() -> None:
    fault = fault_of(StoreTrouble())
    assert (fault.kind, fault.sentence) == (FaultKind.STORE, "The disk is full.")


def test_anything_else_is_a_mistake_of_the_program() -> None:
    fault = fault_of(ValueError("secret 07700 900471"))
    assert fault.kind is FaultKind.PROGRAM
    assert "07700" not in fault.log_line + fault.sentence
