"""What the backend was told at its start."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import platformdirs

from backend.flows.adapters.addresses import Addresses

DEFAULT_PORT = 8620
USUAL_TIME_SCALE = 1.0
DEMO_TIME_SCALE = 1200.0
"""In the demo an hour of the operator's time lasts three seconds."""

USUAL_HOLD = timedelta(seconds=10)
"""How long a new order may be undone, in real time."""

BODY_LIMIT = 4 * 1024 * 1024


def default_data_folder() -> Path:
    """The user's own data folder, in a part of its own named `backend`."""
    return platformdirs.user_data_path("jackfield", appauthor=False) / "backend"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two starts; nothing is read from elsewhere.

    `database_url` (libpq) takes the place of the embedded PostgreSQL in `data_folder`.
    `time_scale` speeds up waiting steps of process flows: 60 makes an hour last a minute; None
    is what the server of the database said.
    `body_limit` is the most bytes a request may carry.
    `callback_hosts` are the only hosts that event subscriptions may name.
    `mail` says where e-mails go (see `backend.communication.outlets`).
    `faults` lets the demo operator's simulated systems fail now and then.
    `hold` is the real time in which a new order of a person may be undone before it begins.
    `flows` is a folder of the operator's own definitions of process flows.
    `systems` are the network systems with an address of their own; without any, and in the
    demo for the rest, they are simulated.
    `processes` answer on the port. `metrics_port` is where a worker tells its figures.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    data_folder: Path = field(default_factory=default_data_folder)
    database_url: str | None = None
    demo: bool = False
    worker: bool = True
    time_scale: float | None = None
    body_limit: int = BODY_LIMIT
    callback_hosts: frozenset[str] = frozenset()
    mail: str | None = None
    mail_password: str = field(default="", repr=False)
    hold: timedelta = timedelta(0)
    flows: Path | None = None
    faults: bool = False
    systems: Addresses = field(default_factory=dict)
    processes: int = 1
    metrics_port: int | None = None

    @property
    def simulate(self) -> bool:
        """Whether network systems without an address are simulated."""
        return self.demo or not self.systems

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
