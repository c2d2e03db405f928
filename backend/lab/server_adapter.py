"""Speaks with a running server for the lab: signs in, proposes a catalogue, approves it."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from requests.auth import AuthBase

_API = "/desk-api/v1/catalogue"
_TIMEOUT = (10.0, 180.0)
"""Seconds to connect, and to answer: proofs take their time and may wait for their turn."""


class ServerSaidNo(Exception):  # noqa: N818 - named for what happened
    """The server refused or cannot be reached; `told` is its answer where there is one."""

    def __init__(self, sentence: str, told: Mapping[str, Any] | None = None) -> None:
        super().__init__(sentence)
        self.told: Mapping[str, Any] = told or {}


@dataclass(frozen=True, slots=True)
class SignIn:
    """A token, or a user's name and password."""

    token: str = ""
    user: str = ""
    password: str = ""


class _Bearer(AuthBase):
    """Signs requests; a plain header would be put aside for what stands in a .netrc."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Server:
    """One server and one person. Every call raises ServerSaidNo with a sentence for people."""

    def __init__(self, url: str, sign_in: SignIn) -> None:
        self._url = _safe(url)
        self._session = requests.Session()
        self._session.auth = _Bearer(sign_in.token or self._signed_in(sign_in))

    def version(self) -> int:
        """The number of the version in force; 0 where nothing was published yet."""
        number: int = self._call("GET", "")["version"]
        return number

    def propose(self, documents: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """Propose; `key` makes a repetition the same proposal."""
        return self._call("POST", "/proposal", documents, key)

    def approve(self, identity: str) -> Mapping[str, Any]:
        return self._call("POST", f"/proposal/{quote(identity, safe='')}/approval", {})

    def _signed_in(self, sign_in: SignIn) -> str:
        form = {"grant_type": "password", "username": sign_in.user, "password": sign_in.password}
        token: str = self._answer("POST", "/auth/token", data=form)["access_token"]
        return token

    def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, key: str = ""
    ) -> Mapping[str, Any]:
        headers = {"Idempotency-Key": key} if key else {}
        return self._answer(method, _API + path, json=body, headers=headers)

    def _answer(self, method: str, path: str, **options: Any) -> Mapping[str, Any]:
        try:
            answer = self._session.request(
                method, self._url + path, timeout=_TIMEOUT, allow_redirects=False, **options
            )
        except requests.RequestException as error:
            raise ServerSaidNo(f"{self._url} does not answer: {type(error).__name__}.") from None
        try:
            told = answer.json()
        except requests.JSONDecodeError:
            told = {}
        told = told if isinstance(told, dict) else {}
        if not HTTPStatus.OK <= answer.status_code < HTTPStatus.MULTIPLE_CHOICES:
            reason = told.get("reason") or told.get("error_description") or answer.reason
            raise ServerSaidNo(f"The server says {answer.status_code}: {reason}", told)
        return told


def _safe(url: str) -> str:
    """The address without its last slash; plain http is for this machine only."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise ServerSaidNo("--server reads https://host, without a name or password in it.")
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise ServerSaidNo("Passwords are not sent over plain http: use https.")
    return url.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
