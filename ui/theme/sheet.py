"""Fills the style sheet's @names from the tokens and the zoom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources

_NAME = re.compile(r"@([a-z_0-9]+)(?::(\d+))?")


def style_template() -> str:
    """The text of style.qss with its @names."""
    return resources.files("ui.theme").joinpath("style.qss").read_text(encoding="utf-8")


def fill_sheet(template: str, colors: Mapping[str, str], family: str, zoom: float) -> str:
    """`template` with `@accent` as its colour, `@px:12` as 12 px times the zoom.

    Raises KeyError for a name that no token has.
    """

    def value(match: re.Match[str]) -> str:
        name, number = match.group(1), match.group(2)
        if name == "px" and number is not None:
            return f"{max(1, round(int(number) * zoom))}px"
        if name == "family":
            return family
        return colors[name]

    return _NAME.sub(value, template)
