"""Tables of access: users, their refresh tokens, signing keys, tries to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from backend.database import METADATA

_TIME = sa.DateTime(timezone=True)

USERS = sa.Table(
    "app_user",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("user_name", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("team", sa.Text, nullable=False),
    sa.Column("roles", ARRAY(sa.Text), nullable=False),
    sa.Column("reseller", sa.Text),
    sa.Column("password_hash", sa.Text),
    sa.Column("demo", sa.Boolean, nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False, server_default=sa.false()),
)

REFRESH_TOKENS = sa.Table(
    "refresh_token",
    METADATA,
    sa.Column("digest", sa.LargeBinary, primary_key=True),
    sa.Column("family", sa.Uuid, nullable=False, index=True),
    sa.Column("user_id", sa.Text, sa.ForeignKey("app_user.id", ondelete="CASCADE"), nullable=False),
    sa.Column("expires_at", _TIME, nullable=False),
    sa.Column("used", sa.Boolean, nullable=False, server_default=sa.false()),
)

SIGNING_KEYS = sa.Table(
    "signing_key",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("secret", sa.LargeBinary, nullable=False),
    sa.Column("made_at", _TIME, nullable=False),
)

TRIES = sa.Table(
    "sign_in_try",
    METADATA,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("subject", sa.LargeBinary, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_at", _TIME, nullable=False),
    sa.Column("blocked_until", _TIME),
)


@dataclass(frozen=True, slots=True)
class User:
    """One person or system that may sign in. `demo` users only exist while the demo runs."""

    id: str
    user_name: str
    name: str
    team: str
    roles: tuple[str, ...]
    reseller: str | None
    password_hash: str | None
    demo: bool
    disabled: bool


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A refresh token as kept: only its digest."""

    digest: bytes
    family: UUID
    user_id: str
    expires_at: datetime
    used: bool


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A secret that signs access tokens, kept for all servers of the database."""

    id: str
    secret: bytes
    made_at: datetime


def user_by_name(connection: sa.Connection, user_name: str) -> User | None:
    return _user(connection, USERS.c.user_name == user_name)


def user_by_id(connection: sa.Connection, user_id: str) -> User | None:
    return _user(connection, USERS.c.id == user_id)


def users(connection: sa.Connection) -> list[User]:
    """Everybody who may sign in, or might again."""
    rows = connection.execute(sa.select(USERS)).mappings()
    return [User(**dict(row) | {"roles": tuple(row["roles"])}) for row in rows]


def add_user(connection: sa.Connection, user: User) -> bool:
    """Add a user; False if one of that name is there already."""
    values = {name: getattr(user, name) for name in User.__slots__}
    statement = insert(USERS).values(**values | {"roles": list(user.roles)})
    added = connection.execute(statement.on_conflict_do_nothing().returning(USERS.c.id))
    return added.first() is not None


def add_refresh_token(connection: sa.Connection, token: RefreshToken) -> None:
    values = {name: getattr(token, name) for name in RefreshToken.__slots__}
    connection.execute(sa.insert(REFRESH_TOKENS).values(**values))


def lock_refresh_token(connection: sa.Connection, digest: bytes) -> RefreshToken | None:
    """The token, held until the transaction ends: of two uses at once one waits."""
    statement = sa.select(REFRESH_TOKENS).where(REFRESH_TOKENS.c.digest == digest)
    row = connection.execute(statement.with_for_update()).mappings().first()
    return None if row is None else RefreshToken(**row)


def mark_used(connection: sa.Connection, digest: bytes) -> None:
    statement = sa.update(REFRESH_TOKENS).where(REFRESH_TOKENS.c.digest == digest)
    connection.execute(statement.values(used=True))


def forget_family(connection: sa.Connection, family: UUID) -> None:
    connection.execute(sa.delete(REFRESH_TOKENS).where(REFRESH_TOKENS.c.family == family))


def forget_expired_tokens(connection: sa.Connection, now: datetime) -> None:
    connection.execute(sa.delete(REFRESH_TOKENS).where(REFRESH_TOKENS.c.expires_at < now))


def lock_signing_keys(connection: sa.Connection) -> None:
    """Let one server at a time decide whether a new key is needed."""
    connection.execute(sa.text("LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE"))


def signing_keys(connection: sa.Connection) -> list[SigningKey]:
    """Every key, newest first."""
    statement = sa.select(SIGNING_KEYS).order_by(SIGNING_KEYS.c.made_at.desc())
    return [SigningKey(**row) for row in connection.execute(statement).mappings()]


def add_signing_key(connection: sa.Connection, key: SigningKey) -> None:
    values = {name: getattr(key, name) for name in SigningKey.__slots__}
    connection.execute(sa.insert(SIGNING_KEYS).values(**values))


def count_try(
    connection: sa.Connection, kind: str, subject: bytes, now: datetime, *, forget_after: timedelta
) -> int | None:
    """Count one more failed try and return how many there are; None while blocked."""
    statement = insert(TRIES).values(kind=kind, subject=subject, failures=1, last_at=now)
    old = TRIES.c
    statement = statement.on_conflict_do_update(
        index_elements=[old.kind, old.subject],
        set_={
            "failures": sa.case((old.last_at < now - forget_after, 1), else_=old.failures + 1),
            "last_at": now,
            "blocked_until": None,
        },
        where=sa.or_(old.blocked_until.is_(None), old.blocked_until <= now),
    )
    count: int | None = connection.scalar(statement.returning(old.failures))
    return count


def block(connection: sa.Connection, kind: str, subject: bytes, until: datetime) -> None:
    statement = sa.update(TRIES).where(TRIES.c.kind == kind, TRIES.c.subject == subject)
    connection.execute(statement.values(blocked_until=until))


def blocked_until(connection: sa.Connection, kind: str, subject: bytes) -> datetime | None:
    statement = sa.select(TRIES.c.blocked_until)
    found: datetime | None = connection.scalar(
        statement.where(TRIES.c.kind == kind, TRIES.c.subject == subject)
    )
    return found


def forgive(connection: sa.Connection, kind: str, subject: bytes, failures: int | None) -> None:
    """Take back so many of a subject's failed tries (None: all), and its block."""
    statement = sa.update(TRIES).where(TRIES.c.kind == kind, TRIES.c.subject == subject)
    left = 0 if failures is None else sa.func.greatest(TRIES.c.failures - failures, 0)
    connection.execute(statement.values(failures=left, blocked_until=None))


def forget_tries(connection: sa.Connection, before: datetime) -> None:
    connection.execute(sa.delete(TRIES).where(TRIES.c.last_at < before))


def _user(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> User | None:
    row = connection.execute(sa.select(USERS).where(condition)).mappings().first()
    return None if row is None else User(**dict(row) | {"roles": tuple(row["roles"])})
