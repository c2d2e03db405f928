"""Fills the style sheets' @names from the tokens and the zoom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources

_NAME = re.compile(r"@([a-z_0-9]+)(?::(\d+))?")
_KIND = re.compile(r"/\* kind: (\w+) \*/")


def style_templates() -> dict[str, str]:
    """The sheets of style.qss with their @names, by the kind of widget they are for."""
    text = resources.files("ui.theme").joinpath("style.qss").read_text(encoding="utf-8")
    pieces = _KIND.split(text)[1:]
    return {kind: sheet.strip() for kind, sheet in zip(pieces[::2], pieces[1::2], strict=True)}


def fill_sheet(template: str, colors: Mapping[str, str], zoom: float) -> str:
    """`template` with `@accent` as its colour, `@px:12` as 12 px times the zoom.

    Raises KeyError for a name that no token has.
    """

    def value(match: re.Match[str]) -> str:
        name, number = match.group(1), match.group(2)
        if name == "px" and number is not None:
            return f"{max(1, round(int(number) * zoom))}px"
        return colors[name]

    return _NAME.sub(value, template)
