"""Access tokens: ours are taken, everything else is not."""

from __future__ import annotations

import base64
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey

from backend.access import records
from backend.access.records import User
from backend.access.tokens import AccessTokens, TokenRefused
from backend.database import Database

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
USER = User("u1", "maren", "Maren Tindlewick", "Norsby", ("agent",), "R1", None, False, False)


def at(database: Database, time: datetime = NOW) -> AccessTokens:
    return AccessTokens(database, lambda: time)


def signing_key(database: Database) -> OctKey:
    with database.read() as connection:
        key = records.signing_keys(connection)[0]
    return OctKey.import_key(key.secret, {"kid": key.id})


def forged(database: Database, **changes: Any) -> str:
    """A token signed with the right key but with other claims."""
    key = signing_key(database)
    claims: dict[str, Any] = {
        "iss": "jackfield", "aud": "jackfield-api", "sub": "u1", "name": "Maren",
        "roles": ["agent"], "reseller": None, "exp": int(NOW.timestamp()) + 60,
    }  # fmt: skip
    claims |= changes
    kept = {name: value for name, value in claims.items() if value is not ...}
    return jwt.encode({"alg": "HS256", "kid": key.kid}, kept, key)


def test_a_token_says_who_and_what_it_was_made_for(database: Database) -> None:
    claims = at(database).check(at(database).make(USER))
    assert (claims.user_id, claims.name, claims.reseller) == ("u1", "Maren Tindlewick", "R1")
    assert claims.roles == {"agent"}


def test_a_token_of_one_server_is_taken_by_another(database: Database) -> None:
    early, late = at(database), at(database)
    early.open()
    assert early.check(late.make(USER)).user_id == "u1"


def test_a_token_ends_after_fifteen_minutes(database: Database) -> None:
    token = at(database).make(USER)
    at(database, NOW + timedelta(minutes=14, seconds=59)).check(token)
    with pytest.raises(TokenRefused):
        at(database, NOW + timedelta(minutes=15, seconds=1)).check(token)


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "somebody"}, {"iss": ...}, {"aud": "another-api"}, {"aud": ...},
        {"exp": int(NOW.timestamp()) - 1}, {"exp": ...}, {"exp": "soon"}, {"sub": ...},
        {"nbf": int(NOW.timestamp()) + 600}, {"roles": None}, {"roles": ...},
    ],
)  # fmt: skip
def test_wrong_claims_are_refused(database: Database, changes: dict[str, Any]) -> None:
    tokens = at(database)
    tokens.open()
    assert tokens.check(forged(database)).user_id == "u1"
    with pytest.raises(TokenRefused):
        tokens.check(forged(database, **changes))


def test_a_token_without_a_signature_is_refused(database: Database) -> None:
    _head, body, _signature = at(database).make(USER).split(".")
    for algorithm in ("none", "None", "HS384", "RS256"):
        header = json.dumps({"alg": algorithm, "kid": signing_key(database).kid}).encode()
        head = base64.urlsafe_b64encode(header).rstrip(b"=").decode()
        for signature in ("", "AAAA"):
            with pytest.raises(TokenRefused):
                at(database).check(f"{head}.{body}.{signature}")


def test_a_token_signed_with_another_key_of_the_same_name_is_refused(database: Database) -> None:
    at(database).open()
    kid = str(signing_key(database).kid)
    other = OctKey.import_key(secrets.token_bytes(32), {"kid": kid})
    with pytest.raises(TokenRefused):
        at(database).check(jwt.encode({"alg": "HS256", "kid": kid}, {"sub": "u1"}, other))


@given(st.text() | st.from_regex(r"[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}"))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_anything_else_is_refused_and_nothing_worse(database: Database, text: str) -> None:
    with pytest.raises(TokenRefused):
        at(database).check(text)


def test_an_old_key_still_checks_but_signs_no_more(database: Database) -> None:
    old = at(database, NOW - timedelta(days=91)).make(USER)
    new = at(database).make(USER)
    keys = {base64.urlsafe_b64decode(token.split(".")[0] + "==") for token in (old, new)}
    assert len(keys) == 2
    with pytest.raises(TokenRefused):  # expired, and found to be so with its own key
        at(database).check(old)
    assert at(database, NOW - timedelta(days=91)).check(old).user_id == "u1"


def test_a_token_that_is_known_ends_on_time_all_the_same(database: Database) -> None:
    moments = [NOW]
    tokens = AccessTokens(database, lambda: moments[-1])
    token = tokens.make(USER)
    assert tokens.check(token) is tokens.check(token)
    moments.append(NOW + timedelta(minutes=15, seconds=1))
    with pytest.raises(TokenRefused):
        tokens.check(token)


def test_only_the_latest_tokens_are_remembered(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.access.tokens._MOST_KNOWN", 2)
    tokens = at(database)
    made = [tokens.make(USER) for _ in range(3)]
    first = [tokens.check(token) for token in made]
    assert tokens.check(made[2]) is first[2]
    assert tokens.check(made[0]) == first[0]
    assert tokens.check(made[0]) is not first[0]


def test_a_token_changed_after_it_was_known_is_not_taken(database: Database) -> None:
    tokens = at(database)
    token = tokens.make(USER)
    tokens.check(token)
    head, _dot, signature = token.rpartition(".")
    with pytest.raises(TokenRefused):
        tokens.check(f"{head}.{signature[::-1]}")
