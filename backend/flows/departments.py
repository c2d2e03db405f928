"""The operator's departments, as flows name them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files


def read_departments() -> Mapping[str, str]:
    """Every department's name by its letters, in the operator's order."""
    text = (files("resources") / "departments.toml").read_text(encoding="utf-8")
    return {letters: str(name) for letters, name in tomllib.loads(text).items()}
