"""Tokens that sign calls, and how they are renewed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Protocol
from urllib.parse import urlencode

import msgspec

from backend_client.calls import Call, Sender
from backend_client.decoding import decoded
from backend_client.errors import ApiError, NotAllowed, Rejected, SignedOut
from backend_client.records import Record


class TokenSource(Protocol):
    """Where the transport gets its access token."""

    def token(self) -> str:
        """The access token to send. Raises SignedOut where there is none."""

    def renew(self, refused: str) -> str:
        """A newer token than the one a server refused; the same one if there is none.

        Raises SignedOut where only a new sign-in helps.
        """


class BearerToken:
    """A token that somebody else keeps fresh."""

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self) -> str:
        return self._token

    def renew(self, refused: str) -> str:
        return refused


class Tokens(Record, frozen=True):
    """What a token endpoint answers (RFC 6749, 5.1)."""

    access_token: str = msgspec.field(name="access_token")
    refresh_token: str | None = msgspec.field(name="refresh_token", default=None)
    expires_in: int | None = msgspec.field(name="expires_in", default=None)


class TokenEndpoint:
    """Asks for tokens: OAuth2's password and refresh forms."""

    def __init__(
        self, sender: Sender, path: str = "/auth/token", revoking: str = "/auth/revoke"
    ) -> None:
        self._sender = sender
        self._path = path
        self._revoking = revoking

    def by_password(self, username: str, password: str) -> Tokens:
        return self._ask(grant_type="password", username=username, password=password)

    def by_refresh(self, refresh_token: str) -> Tokens:
        return self._ask(grant_type="refresh_token", refresh_token=refresh_token)

    def revoke(self, refresh_token: str) -> None:
        """Make a refresh token worthless (RFC 7009)."""
        self._sender.send(_form(self._revoking, {"token": refresh_token}))

    def _ask(self, **form: str) -> Tokens:
        """Never repeated: with rotating tokens a second use looks like a theft."""
        try:
            return decoded(self._sender.send(_form(self._path, form)), Tokens)
        except (Rejected, NotAllowed) as error:
            raise _signed_out(error) from error
        except ApiError as error:
            error.may_have_happened = False  # a sign-in is no change of the caller's
            raise


class PasswordTokens:
    """Signs in by user name and password, then lives on refresh tokens; keeps no password.

    Twenty calls refused at the same moment cause one refresh and share its outcome. Each new
    refresh token is handed to `on_refresh` before it is used, so that it can be kept.
    """

    def __init__(
        self, endpoint: TokenEndpoint, on_refresh: Callable[[str | None], None] | None = None
    ) -> None:
        self._endpoint = endpoint
        self._on_refresh = on_refresh
        self._lock = threading.Lock()
        self._access: str | None = None
        self._refresh: str | None = None
        self._renewing: Future[str] | None = None

    def sign_in(self, username: str, password: str) -> None:
        """Raises SignedOut with the server's reason where name or password are wrong."""
        self._keep(self._endpoint.by_password(username, password))

    def resume(self, refresh_token: str) -> None:
        """Go on with a kept refresh token; the first call exchanges it."""
        with self._lock:
            self._access, self._refresh = None, refresh_token

    def sign_out(self) -> None:
        """Forget the tokens here."""
        with self._lock:
            self._access = self._refresh = None

    def revoke(self) -> None:
        """Sign out here and, if it can be reached and knows how, at the server."""
        with self._lock:
            refresh = self._refresh
            self._access = self._refresh = None
        if refresh is None:
            return
        if self._on_refresh is not None:
            self._on_refresh(None)
        with suppress(ApiError):  # here it is done; there the token ends by its age
            self._endpoint.revoke(refresh)

    def token(self) -> str:
        access = self._access
        return access if access is not None else self.renew("")

    def renew(self, refused: str) -> str:
        with self._lock:
            if self._access is not None and self._access != refused:
                return self._access
            running = self._renewing
            refresh = self._refresh
            if running is None:
                if refresh is None:
                    raise SignedOut
                mine = self._renewing = Future[str]()
        if running is not None:
            return running.result()
        return self._refreshed(refresh or "", mine)

    def _refreshed(self, refresh: str, outcome: Future[str]) -> str:
        try:
            access = self._keep(self._endpoint.by_refresh(refresh), instead_of=refresh)
        except BaseException as error:
            if isinstance(error, SignedOut):
                self._forget(refresh)
            self._end(outcome).set_exception(error)
            raise
        self._end(outcome).set_result(access)
        return access

    def _end(self, outcome: Future[str]) -> Future[str]:
        with self._lock:
            self._renewing = None
        return outcome

    def _keep(self, tokens: Tokens, instead_of: str | None = None) -> str:
        """Store new tokens, unless somebody signed out or in while they were on their way."""
        with self._lock:
            if instead_of is not None and self._refresh != instead_of:
                if self._access is None:
                    raise SignedOut
                return self._access
            self._access = tokens.access_token
            self._refresh = tokens.refresh_token or instead_of
            kept = self._refresh
        if self._on_refresh is not None and kept != instead_of:
            self._on_refresh(kept)
        return tokens.access_token

    def _forget(self, refresh: str) -> None:
        with self._lock:
            if self._refresh != refresh:
                return
            self._access = self._refresh = None
        if self._on_refresh is not None:
            self._on_refresh(None)


def _form(path: str, form: Mapping[str, str]) -> Call:
    return Call(
        method="POST",
        path=path,
        body=urlencode(form).encode(),
        content_type="application/x-www-form-urlencoded",
        signed=False,
    )


def _signed_out(error: ApiError) -> SignedOut:
    return SignedOut(error.reason, detail=error.detail, trace=error.trace)
