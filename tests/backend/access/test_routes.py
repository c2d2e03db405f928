"""Signing in as the desk does it."""

from __future__ import annotations

from typing import Any

import pytest
import requests
import sqlalchemy as sa

from tests.support.backend import RunningBackend

ACCOUNTS = ("agent", "senior", "supervisor", "it", "reseller", "product", "auditor")


def token(backend: RunningBackend, **form: str) -> requests.Response:
    return backend.call("POST", "/auth/token", user=None, data=form)


def sign_in(backend: RunningBackend, name: str = "agent") -> dict[str, Any]:
    answer = token(backend, grant_type="password", username=name, password=name)
    assert answer.status_code == 200
    grant: dict[str, Any] = answer.json()
    return grant


def audit_actions(backend: RunningBackend) -> list[str]:
    with backend.database.read() as connection:
        return list(connection.scalars(sa.text("SELECT action FROM audit ORDER BY seq")))


@pytest.mark.parametrize("name", ACCOUNTS)
def test_each_demo_account_signs_in_with_its_name(
    shared_backend: RunningBackend, name: str
) -> None:
    me = shared_backend.call("GET", "/auth/me", user=name)
    assert me.status_code == 200
    assert me.json()["roles"] == [name]
    assert me.json()["userName"] == name


def test_the_agent_is_a_person_with_a_name_a_team_and_rights(
    shared_backend: RunningBackend,
) -> None:
    me = shared_backend.call("GET", "/auth/me").json()
    assert (me["name"], me["team"]) == ("Maren Tindlewick", "Front desk Norsby")
    assert me["rights"]["customer.read"] == "x"
    assert me["rights"]["credit.note"] == "limited"
    assert "order.skip-step" not in me["rights"]


def test_a_grant_has_what_oauth_asks_for_and_is_kept_nowhere(
    shared_backend: RunningBackend,
) -> None:
    answer = token(shared_backend, username="agent", password="agent")
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(answer.json()) == {"access_token", "token_type", "expires_in", "refresh_token"}
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 900)


def test_names_are_taken_as_people_type_them(shared_backend: RunningBackend) -> None:
    assert token(shared_backend, username=" Agent ", password="agent").status_code == 200


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    backend: RunningBackend,
) -> None:
    wrong = token(backend, username="agent", password="wrong")
    unknown = token(backend, username="nobody-here", password="wrong")
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json() == unknown.json()
    assert wrong.json()["error"] == "invalid_grant"
    assert wrong.json()["@type"] == "Error"
    assert audit_actions(backend) == ["sign-in.refused"] * 2


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"username": "agent"}, "invalid_request"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"grant_type": "form"}, "unsupported_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "invented"}, "invalid_grant"),
    ],
)
def test_a_form_that_is_not_right_is_refused_in_oauths_words(
    shared_backend: RunningBackend, form: dict[str, str], error: str
) -> None:
    answer = token(shared_backend, **form)
    assert answer.status_code == 400
    assert answer.json()["error"] == error


def test_a_refresh_token_gives_new_tokens_once(backend: RunningBackend) -> None:
    first = sign_in(backend)
    second = token(backend, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert second.status_code == 200
    assert second.json()["refresh_token"] != first["refresh_token"]


def test_a_refresh_token_used_twice_ends_the_whole_sign_in(backend: RunningBackend) -> None:
    first = sign_in(backend)
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = token(backend, **form)
    assert token(backend, **form).json()["error"] == "invalid_grant"
    form["refresh_token"] = second.json()["refresh_token"]
    assert token(backend, **form).json()["error"] == "invalid_grant"
    assert audit_actions(backend) == ["sign-in", "refresh-token.reused"]


def test_signing_out_ends_the_refresh_token(backend: RunningBackend) -> None:
    grant = sign_in(backend)
    out = backend.call("POST", "/auth/revoke", user=None, data={"token": grant["refresh_token"]})
    assert out.status_code == 200
    again = token(backend, grant_type="refresh_token", refresh_token=grant["refresh_token"])
    assert again.json()["error"] == "invalid_grant"
    assert audit_actions(backend) == ["sign-in", "sign-out"]


def test_signing_out_twice_is_no_error(shared_backend: RunningBackend) -> None:
    out = shared_backend.call("POST", "/auth/revoke", user=None, data={"token": "long gone"})
    assert out.status_code == 200


def test_a_reseller_s_own_people_read_whose_they_are(shared_backend: RunningBackend) -> None:
    theirs = shared_backend.call("GET", "/auth/me", user="reseller").json()
    assert (theirs["reseller"], theirs["resellerName"]) == ("R1", "Brackenholt Mobile")
    ours = shared_backend.call("GET", "/auth/me").json()
    assert (ours["reseller"], ours["resellerName"]) == (None, None)


def test_without_a_token_nobody_is_anybody(shared_backend: RunningBackend) -> None:
    answer = shared_backend.call("GET", "/auth/me", user=None)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="jackfield"'
    assert answer.json()["@type"] == "Error"


def test_a_token_that_is_not_ours_is_named_as_such(shared_backend: RunningBackend) -> None:
    answer = requests.get(
        f"{shared_backend.url}/auth/me", headers={"Authorization": "Bearer x.y.z"}, timeout=10
    )
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_too_many_wrong_passwords_must_wait(backend: RunningBackend) -> None:
    answers = [token(backend, username="agent", password="wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    right = token(backend, username="agent", password="agent")
    assert right.status_code == 429
    assert token(backend, username="senior", password="senior").status_code == 200
