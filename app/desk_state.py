"""What the desk remembers of its window on this machine: nothing of customers."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec
import platformdirs

from app.settings import APP, Theme


class DeskState(msgspec.Struct, frozen=True, rename="camel"):
    """Size of the window in pixels, look, who signed in last, and whether tabs come back."""

    width: int = 1440
    height: int = 900
    maximized: bool = False
    theme: Theme | None = None
    zoom: float | None = None
    user_name: str = ""
    restore_tabs: bool = True


def state_file() -> Path:
    return platformdirs.user_state_path(APP) / "window.json"


def load_state(path: Path | None = None) -> DeskState:
    """Read it; a file that is missing or not understood means the defaults."""
    try:
        return msgspec.json.decode((path or state_file()).read_bytes(), type=DeskState)
    except (OSError, msgspec.DecodeError):
        return DeskState()


def save_state(state: DeskState, path: Path | None = None) -> None:
    """Write it whole or not at all; a disk that refuses is no reason to stop anybody."""
    file = path or state_file()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as target:
            target.write(msgspec.json.encode(state))
        Path(name).replace(file)
