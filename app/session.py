"""Who is signed in, what he may do, and what happens when the sign-in ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.changes import Changes, Kind
from app.kept_token import KeptToken
from app.language import tr
from backend_client import Client, SignedOut
from backend_client.identity import Identity, Person


@dataclass(frozen=True, slots=True)
class User:
    """The person at the desk. `rights` maps a right to how far it goes."""

    id: str
    user_name: str
    name: str
    team: str
    roles: frozenset[str]
    rights: Mapping[str, Any] = field(default_factory=dict)

    @property
    def given_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def may(self, right: str) -> bool:
        """Whether the right is there at all; how far is for the server to judge."""
        return bool(self.rights.get(right))


class AnotherUser(Exception):  # noqa: N818  # not a fault: a sentence for the person
    """Somebody else tried to go on with this user's work."""

    def __init__(self, name: str) -> None:
        self.sentence = tr(
            "This is {name}'s work. Sign in as {name}, or close the desk and open it anew.",
            name=name,
        )
        super().__init__(self.sentence)


class Session:
    """One person's sign-in at one server. Safe from every thread."""

    def __init__(self, client: Client, user: User, changes: Changes) -> None:
        self._client = client
        self._changes = changes
        self.user = user
        self.expired = False

    def ended(self) -> None:
        """The server no longer takes our token; work goes on, sending waits."""
        if not self.expired:
            self.expired = True
            self._changes.announce(Kind.SESSION)

    def sign_in_again(self, password: str) -> None:
        """Go on as the same person. Raises SignedOut (wrong), AnotherUser, Unreachable."""
        if not password:
            raise SignedOut(tr("Type your password."))
        self._client.tokens.sign_in(self.user.user_name, password)
        person = Identity(self._client.transport).me()
        if person.id != self.user.id:
            self._client.tokens.revoke()
            raise AnotherUser(self.user.name)
        self.user = user_of(person)
        self.expired = False
        self._changes.announce(Kind.SESSION)

    def sign_out(self) -> None:
        """End the sign-in, here and at the server if it can be reached."""
        self._client.tokens.revoke()


class TokenKeeper:
    """Hands each new refresh token to the keychain, and tells the session when it is over."""

    def __init__(self) -> None:
        self._kept: KeptToken | None = None
        self._session: Session | None = None
        self._latest: str | None = None

    def changed(self, token: str | None) -> None:
        """The client's `on_refresh`."""
        self._latest = token
        if self._kept is not None:
            if token is None:
                self._kept.forget()
            else:
                self._kept.keep(token)
        if token is None and self._session is not None:
            self._session.ended()

    def keep_for(self, kept: KeptToken | None, session: Session) -> None:
        """From now on tokens are this person's; the newest is kept at once."""
        self._kept, self._session = kept, session
        if kept is not None and self._latest is not None:
            kept.keep(self._latest)


def sign_in(client: Client, user_name: str, password: str) -> User:
    """Sign in with name and password; SignedOut has the server's sentence where one is wrong."""
    if not user_name.strip() or not password:
        raise SignedOut(tr("Type your name and your password."))
    client.tokens.sign_in(user_name.strip(), password)
    return user_of(Identity(client.transport).me())


def resume(client: Client, token: str) -> User:
    """Go on with a kept refresh token; SignedOut where it is over."""
    client.tokens.resume(token)
    return user_of(Identity(client.transport).me())


def user_of(person: Person) -> User:
    return User(
        id=person.id,
        user_name=person.user_name,
        name=person.name,
        team=person.team or "",
        roles=frozenset(person.roles),
        rights=person.rights,
    )
