"""Posts an event to a hub subscriber, and to nowhere else."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from backend.rest.errors import Refused
from backend.rest.hub import Subscription, check_callback

Resolve = Callable[[str, int], list[str]]
_TIMEOUT = (5.0, 10.0)
# IPv6 addresses that a gateway turns into IPv4 ones: NAT64, 6to4, Teredo
_CARRIERS = [
    ipaddress.ip_network(text)
    for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]


class DeliveryFailed(Exception):  # noqa: N818 - named for what happened
    """The subscriber did not take the event; `gone` when it never will."""

    def __init__(self, reason: str, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone


class _Pinned(HTTPAdapter):
    """Connects to an address that was checked, under the host's own name and certificate."""

    def __init__(self, host: str) -> None:
        self._host = host
        super().__init__(max_retries=0)

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        super().init_poolmanager(
            *given, server_hostname=self._host, assert_hostname=self._host, **named
        )


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system's resolver tells them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def is_public(address: str) -> bool:
    """Whether an address is out in the world: not this machine, not the operator's network."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    carried = any(parsed in network for network in _CARRIERS if network.version == parsed.version)
    return parsed.is_global and not parsed.is_multicast and not carried


class Deliverer:
    """Delivers events: https only, allow-listed hosts, checked addresses, no redirects.

    The host is resolved once, every address is checked, and the connection goes to the
    checked address: an answer of the name service that changes in between changes nothing.
    `certificates` is a CA file, or True for the trusted ones; `port` is that of https.
    """

    def __init__(
        self,
        allowed_hosts: frozenset[str],
        *,
        resolve: Resolve = resolve,
        acceptable: Callable[[str], bool] = is_public,
        certificates: str | bool = True,
        port: int = 443,
    ) -> None:
        self._allowed_hosts = allowed_hosts
        self._resolve = resolve
        self._acceptable = acceptable
        self._certificates = certificates
        self._port = port

    def deliver(self, event: bytes, event_type: str, subscription: Subscription) -> None:
        """POST the event's JSON to `{callback}/listener/{eventType}`.

        Raises DeliveryFailed; the job that calls may try again unless it says `gone`. The
        subscriber may get an event more than once and tells doubles by `eventId`.
        """
        try:
            check_callback(subscription.callback, self._allowed_hosts)
        except Refused as error:
            raise DeliveryFailed(error.message, gone=True) from error
        listener = f"{event_type[0].lower()}{event_type[1:]}"
        self._post(f"{subscription.callback.rstrip('/')}/listener/{listener}", event)

    def _post(self, url: str, event: bytes) -> None:
        parts = urlsplit(url)
        host, port = str(parts.hostname), self._port
        address = self._address(host, port)
        target = f"[{address}]" if ":" in address else address
        with requests.Session() as session:
            session.trust_env = False  # no proxy and no .netrc of the environment
            session.mount("https://", _Pinned(host))
            try:
                answer = session.post(
                    f"https://{target}:{port}{parts.path}",
                    data=event,
                    headers={"Content-Type": "application/json", "Host": parts.netloc},
                    timeout=_TIMEOUT,
                    allow_redirects=False,
                    stream=True,
                    verify=self._certificates,
                )
            except requests.RequestException as error:
                raise DeliveryFailed(type(error).__name__) from error
            answer.close()
        if not HTTPStatus.OK <= answer.status_code < HTTPStatus.MULTIPLE_CHOICES:
            gone = answer.status_code == HTTPStatus.GONE
            raise DeliveryFailed(f"answered {answer.status_code}", gone=gone)

    def _address(self, host: str, port: int) -> str:
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise DeliveryFailed("the host has no address") from error
        if not addresses or not all(self._acceptable(address) for address in addresses):
            raise DeliveryFailed("the host points into a private network")
        return addresses[0]
