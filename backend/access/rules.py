"""Who may sign in, how long it lasts, and who a token belongs to."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID, uuid4

import sqlalchemy as sa

from backend.access import audit, records
from backend.access.audit import Entry
from backend.access.caller import Caller
from backend.access.passwords import Passwords
from backend.access.records import RefreshToken, User
from backend.access.rights import Rights
from backend.access.throttle import Throttle
from backend.access.tokens import ACCESS_LIFE, AccessTokens, TokenRefused
from backend.database import Database
from backend.rest.errors import NotSignedIn, TooMany

SIGN_IN_LIFE = timedelta(hours=12)
"""However often it is renewed, a sign-in lasts no longer: a working day."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sign-in or a renewal gives: two tokens, and the access token's life in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int


class SignInRefused(Exception):  # noqa: N818 - reads as a sentence: raise SignInRefused
    """Name, password or refresh token are not right; nothing says which."""


class Access:
    """Signs people in and says who they are."""

    def __init__(
        self,
        database: Database,
        rights: Rights,
        *,
        demo: bool,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._rights = rights
        self._demo = demo
        self._now = now
        self._passwords = Passwords()
        self._throttle = Throttle(database, now)
        self._tokens = AccessTokens(database, now)
        self._held: dict[frozenset[str], frozenset[str]] = {}

    def open(self) -> None:
        """Fetch or make the signing key, so that no request has to wait for it."""
        self._tokens.open()

    def sign_in(self, user_name: str, password: str, address: str) -> Grant:
        """Tokens for a user; SignInRefused, or TooMany after too many failed tries."""
        name = user_name.strip().lower()
        wait = self._throttle.take(name, address)
        if wait is not None:
            self._note("sign-in.throttled", address=address)
            raise _too_many(wait)
        with self._database.read() as connection:
            user = records.user_by_name(connection, name)
        stored = user.password_hash if user is not None and self._may(user) else None
        if not self._passwords.matches(stored, password) or user is None:
            self._note("sign-in.refused", subject=user.id if user else None, address=address)
            raise SignInRefused
        with self._database.begin() as connection:
            self._throttle.succeeded(connection, name, address)
            records.forget_expired_tokens(connection, self._now())
            grant = self._grant(connection, user, uuid4(), self._now() + SIGN_IN_LIFE)
            audit.record(connection, Entry("sign-in", actor=user.id, address=address))
        return grant

    def renew(self, refresh_token: str, address: str) -> Grant:
        """New tokens for a refresh token, which is thereby used up.

        One that was used before has been stolen or copied: it and all its successors end.
        """
        digest = _digest(refresh_token)
        with self._database.begin() as connection:
            token = records.lock_refresh_token(connection, digest)
            user = records.user_by_id(connection, token.user_id) if token else None
            if token is not None and user is not None:
                if token.used:
                    records.forget_family(connection, token.family)
                    entry = Entry("refresh-token.reused", actor=user.id, address=address)
                    audit.record(connection, entry)
                elif self._may(user) and token.expires_at > self._now():
                    records.mark_used(connection, digest)
                    return self._grant(connection, user, token.family, token.expires_at)
        raise SignInRefused

    def sign_out(self, refresh_token: str, address: str) -> None:
        """End a sign-in; an unknown token is no error (RFC 7009 2.2)."""
        with self._database.begin() as connection:
            token = records.lock_refresh_token(connection, _digest(refresh_token))
            if token is not None:
                records.forget_family(connection, token.family)
                entry = Entry("sign-out", actor=token.user_id, address=address)
                audit.record(connection, entry)

    def caller(self, access_token: str) -> Caller:
        """Who the token belongs to; NotSignedIn if it is not, or no longer, valid."""
        try:
            claims = self._tokens.check(access_token)
        except TokenRefused:
            raise not_signed_in("invalid_token") from None
        if claims.roles not in self._held:
            self._held[claims.roles] = self._rights.held(claims.roles)
        return Caller(
            user_id=claims.user_id,
            name=claims.name,
            roles=claims.roles,
            rights=self._held[claims.roles],
            reseller=claims.reseller,
        )

    def person(self, caller: Caller) -> tuple[User, dict[str, str]]:
        """The caller's own record, and how far each of his rights goes."""
        with self._database.read() as connection:
            user = records.user_by_id(connection, caller.user_id)
        if user is None or not self._may(user):
            raise not_signed_in("invalid_token")
        return user, self._rights.levels(user.roles)

    def holders(self, connection: sa.Connection, right: str) -> list[User]:
        """The operator's own people who may sign in and hold this right."""
        return [
            user
            for user in records.users(connection)
            if self._may(user) and user.reseller is None and right in self._rights.held(user.roles)
        ]

    def add_user(self, user: User, password: str | None) -> bool:
        """Add a user; False if one of that name is there already."""
        hashed = None if password is None else self._passwords.hash(password)
        values = {name: getattr(user, name) for name in User.__slots__}
        with self._database.begin() as connection:
            return records.add_user(connection, User(**values | {"password_hash": hashed}))

    def has_user(self, user_name: str) -> bool:
        with self._database.read() as connection:
            return records.user_by_name(connection, user_name) is not None

    def _may(self, user: User) -> bool:
        return not user.disabled and (self._demo or not user.demo)

    def _grant(
        self, connection: sa.Connection, user: User, family: UUID, expires: datetime
    ) -> Grant:
        refresh = secrets.token_urlsafe(32)
        token = RefreshToken(_digest(refresh), family, user.id, expires, used=False)
        records.add_refresh_token(connection, token)
        return Grant(self._tokens.make(user), refresh, int(ACCESS_LIFE.total_seconds()))

    def _note(self, action: str, *, subject: str | None = None, address: str) -> None:
        with self._database.begin() as connection:
            audit.record(connection, Entry(action, subject=subject, address=address))


def not_signed_in(error: str | None = None) -> NotSignedIn:
    """The refusal of a request without a valid token (RFC 6750 3)."""
    challenge = 'Bearer realm="jackfield"' + (f', error="{error}"' if error else "")
    return NotSignedIn("Sign in first.", headers={"WWW-Authenticate": challenge})


def _too_many(wait: timedelta) -> TooMany:
    seconds = max(1, ceil(wait.total_seconds()))
    return TooMany(
        "Too many failed tries to sign in.",
        f"Wait {seconds} seconds, then try again.",
        headers={"Retry-After": str(seconds)},
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
