"""Settings of this machine: the policy's before the user's, both before our own."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import platformdirs

from app.language import tr

APP = "jackfield"
Theme = Literal["system", "light", "dark", "high_contrast"]


class BadSettings(Exception):  # noqa: N818  # a sentence for the person who set it
    """A settings file that cannot be read; says which and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the desk works. `server` None: only with --demo, which brings its own."""

    server: str | None = None
    profile: str = "default"
    theme: Theme = "system"
    zoom: float = 1.0
    ca_file: Path | None = None
    set_by: Literal["policy", "user", "command"] = "user"

    @property
    def data_folder(self) -> Path:
        """Where the encrypted store of this profile lies."""
        return platformdirs.user_data_path(APP) / self.profile

    @property
    def backend_folder(self) -> Path:
        """Where the demo's own backend keeps its data."""
        return platformdirs.user_data_path(APP) / "backend"

    @property
    def log_folder(self) -> Path:
        return platformdirs.user_log_path(APP)


def policy_file() -> Path:
    """Where IT lays the machine's policy."""
    if sys.platform == "win32":
        return platformdirs.site_config_path(APP) / "policy.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support") / APP / "policy.toml"
    return Path("/etc") / APP / "policy.toml"


def user_file() -> Path:
    return platformdirs.user_config_path(APP) / "settings.toml"


def read_settings(
    *, server: str | None = None, policy: Path | None = None, user: Path | None = None
) -> Settings:
    """Join policy, user's file and the command line; the policy cannot be overruled."""
    own = _table(user or user_file())
    set_ = _table(policy or policy_file())
    values = {**own, **({"server": server} if server else {}), **set_}
    by: Literal["policy", "user", "command"] = "user"
    if "server" in set_:
        by = "policy"
    elif server:
        by = "command"
    ca_file = values.get("ca_file")
    return Settings(
        server=values.get("server"),
        profile=str(values.get("profile", "default")),
        theme=values.get("theme", "system"),
        zoom=float(values.get("zoom", 1.0)),
        ca_file=Path(ca_file) if ca_file else None,
        set_by=by,
    )


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        text = tr("The settings in {path} cannot be read: {why}", path=path, why=error)
        raise BadSettings(text) from error
