"""How the client behaves on the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Retry:
    """When a call is repeated: waits in seconds, drawn from 0 to base times 2 per attempt."""

    attempts: int = 4
    base: float = 0.3
    longest: float = 8.0
    longest_asked: float = 30.0
    """A server that asks for a longer wait is not waited for: the call ends in Unreachable."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One attempt on the wire, for a debug window: no query, no body, no ids."""

    method: str
    route: str
    status: int | None
    seconds: float
    size: int
    request_id: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Times in seconds, sizes in decoded bytes.

    `proxies` as requests takes them ({"https": "http://proxy:8080"}); None means those of the
    environment. `ca_file` is trusted besides the operating system's own store. `clear_text`
    allows http to other machines; on this machine it is always allowed.
    """

    connect_timeout: float = 5.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    heartbeat_timeout: float = 45.0
    size_cap: int = 10 * MEBIBYTE
    content_cap: int = 100 * MEBIBYTE
    language: str = "en-GB"
    agent: str = "jackfield-client/0.1"
    proxies: Mapping[str, str] | None = None
    ca_file: Path | None = None
    clear_text: bool = False
    retry: Retry = field(default_factory=Retry)
    on_exchange: Callable[[Exchange], None] | None = None
