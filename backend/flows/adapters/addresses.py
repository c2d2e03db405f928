"""Where the operator's network systems are reached, as its file says."""

from __future__ import annotations

import ipaddress
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from backend.faults import ExitCode, StartError

_SECONDS = 10.0
_ALLOWED = frozenset({"url", "token_file", "report_token_file", "seconds"})


@dataclass(frozen=True, slots=True)
class Address:
    """One system: the root of its API, and how long an answer may take.

    `token` is what we show the system, `report_token` what it shows us when it reports.
    """

    url: str
    token: str = field(default="", repr=False)
    report_token: str = field(default="", repr=False)
    seconds: float = _SECONDS


Addresses = Mapping[str, Address]
"""Systems by the name that flows know them by."""


def read_addresses(path: Path) -> Addresses:
    """Read the file of systems: a table for each, with `url` and the files of its secrets.

    StartError names the system and what is wrong with its entry.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise _fault(f"The file of systems {path} cannot be read: {fault}.") from fault
    return {name: _address(path, name, entry) for name, entry in tables.items()}


def reporter_of(addresses: Addresses, shown: str) -> str | None:
    """The system that this secret belongs to; None: nobody we know."""
    found = None
    for name, address in addresses.items():
        # every one is compared, so that the time tells nothing
        known = address.report_token.encode()
        if known and secrets.compare_digest(known, shown.encode()):
            found = name
    return found


def _address(path: Path, name: str, entry: Any) -> Address:
    if not isinstance(entry, dict):
        raise _fault(f"{path}: {name} is not a table.")
    if unknown := sorted(set(entry) - _ALLOWED):
        raise _fault(f"{path}: {name} has no {unknown[0]}; it may have {', '.join(_ALLOWED)}.")
    url = str(entry.get("url", ""))
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise _fault(f"{path}: {name} needs a url, such as https://{name}.example.net.")
    if parts.scheme == "http" and not _on_loopback(parts.hostname):
        raise _fault(f"{path}: {name} is reached over a network, so its url must be https.")
    seconds = entry.get("seconds", _SECONDS)
    if not isinstance(seconds, int | float) or not 0 < seconds <= 60:  # noqa: PLR2004  # a minute
        raise _fault(f"{path}: seconds of {name} must be between 0 and 60.")
    return Address(
        url.rstrip("/"),
        _secret(path, name, entry.get("token_file")),
        _secret(path, name, entry.get("report_token_file")),
        float(seconds),
    )


def _secret(path: Path, name: str, file: object) -> str:
    if file is None:
        return ""
    try:
        return (path.parent / str(file)).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise _fault(f"{path}: the secret of {name} cannot be read from {file}.") from fault


def _on_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _fault(sentence: str) -> StartError:
    return StartError(ExitCode.USAGE, sentence)
