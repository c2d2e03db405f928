"""Access tokens: short, signed, checked without asking the database."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, OctKey

from backend.access import records
from backend.access.records import SigningKey, User
from backend.database import Database

_ALGORITHMS = ["HS256"]
_ISSUER = "jackfield"
_AUDIENCE = "jackfield-api"
_KEY_AGE = timedelta(days=90)
_LOOK_AGAIN = 5.0  # seconds between two looks for keys that another server made
ACCESS_LIFE = timedelta(minutes=15)
_MOST_KNOWN = 10_000  # tokens that need not be checked again


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid access token says."""

    user_id: str
    name: str
    roles: frozenset[str]
    reseller: str | None


@dataclass(frozen=True, slots=True)
class _Known:
    """A token that was found good, until `expires` (seconds since 1970)."""

    claims: Claims
    expires: int


class TokenRefused(Exception):  # noqa: N818 - reads as a sentence: raise TokenRefused
    """The token is not ours, not whole, not valid any more, or no token at all."""


class AccessTokens:
    """Makes and checks access tokens; all servers of one database share its keys."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._keys: dict[str, OctKey] = {}
        self._newest: tuple[OctKey, datetime] | None = None
        self._looked = -_LOOK_AGAIN
        self._known: dict[bytes, _Known] = {}
        self._knowing = threading.Lock()
        self._rules = jwt.JWTClaimsRegistry(
            now=lambda: int(self._now().timestamp()),
            iss={"essential": True, "value": _ISSUER},
            aud={"essential": True, "value": _AUDIENCE},
            sub={"essential": True},
            exp={"essential": True},
        )

    def open(self) -> None:
        """Fetch the signing keys; make the first one where there is none."""
        self._signing_key(self._now())

    def make(self, user: User) -> str:
        """A token for `user` that is valid for `ACCESS_LIFE` from now."""
        now = self._now()
        key = self._signing_key(now)
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": user.id,
            "iat": int(now.timestamp()),
            "exp": int((now + ACCESS_LIFE).timestamp()),
            "jti": secrets.token_hex(8),
            "name": user.name,
            "roles": list(user.roles),
            "reseller": user.reseller,
        }
        header = {"alg": "HS256", "typ": "at+jwt", "kid": key.kid}
        return jwt.encode(header, claims, key, algorithms=_ALGORITHMS)

    def check(self, token: str) -> Claims:
        """What `token` says, or TokenRefused.

        One that was found good is known by its digest until it expires: what it says and its
        signature cannot change, and only the clock ends it.
        """
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        known = self._known.get(digest)
        if known is not None and known.expires >= int(self._now().timestamp()):
            return known.claims
        found = self._checked(token)
        with self._knowing:
            self._known.pop(digest, None)
            if len(self._known) >= _MOST_KNOWN:
                self._known.pop(next(iter(self._known)))
            self._known[digest] = found
        return found.claims

    def _checked(self, token: str) -> _Known:
        try:
            claims = jwt.decode(token, self._find, algorithms=_ALGORITHMS).claims
            self._rules.validate(claims)
            said = Claims(
                user_id=str(claims["sub"]),
                name=str(claims["name"]),
                roles=frozenset(claims["roles"]),
                reseller=claims["reseller"],
            )
            return _Known(said, int(claims["exp"]))
        except (JoseError, ValueError, KeyError, TypeError) as fault:
            raise TokenRefused from fault

    def _find(self, signed: GuestProtocol) -> OctKey:
        kid = str(signed.headers().get("kid"))
        if kid not in self._keys and time.monotonic() - self._looked > _LOOK_AGAIN:
            self._looked = time.monotonic()
            with self._database.read() as connection:
                kept = records.signing_keys(connection)
            self._keys |= {key.id: _key(key) for key in kept}
        if kid not in self._keys:
            raise TokenRefused
        return self._keys[kid]

    def _signing_key(self, now: datetime) -> OctKey:
        """The newest key, or a new one where there is none that is young enough."""
        if self._newest is None or self._newest[1] < now - _KEY_AGE:
            with self._database.begin() as connection:
                records.lock_signing_keys(connection)
                kept = records.signing_keys(connection)
                if not kept or kept[0].made_at < now - _KEY_AGE:
                    fresh = SigningKey(secrets.token_hex(8), secrets.token_bytes(32), now)
                    records.add_signing_key(connection, fresh)
                    kept = [fresh, *kept]
            self._newest = (_key(kept[0]), kept[0].made_at)
            self._keys |= {key.id: _key(key) for key in kept}
        return self._newest[0]


def _key(kept: SigningKey) -> OctKey:
    return OctKey.import_key(kept.secret, {"kid": kept.id})
