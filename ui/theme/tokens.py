"""The look as typed, frozen records, read once from tokens.toml."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Literal

import msgspec

Role = Literal[
    "display",
    "greeting",
    "title",
    "total",
    "page",
    "answer",
    "lead",
    "body",
    "strong",
    "row",
    "caption",
    "key",
]
Tone = Literal[
    "shell",
    "canvas",
    "surface",
    "subtle",
    "hover",
    "selected",
    "line",
    "line_strong",
    "ink",
    "ink2",
    "ink3",
    "disabled",
    "accent",
    "accent_hover",
    "accent_press",
    "accent_soft",
    "on_accent",
    "focus",
    "good",
    "good_soft",
    "warn",
    "warn_soft",
    "warn_line",
    "bad",
    "bad_soft",
    "on_bad",
    "plot1",
    "plot2",
    "plot_grid",
    "match",
    "paper",
]
Scheme = Literal["light", "dark", "high_contrast"]


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of tokens.toml; a name that nobody knows is an error."""


class Meta(_Record, frozen=True):
    version: int
    grid: int
    family: str
    fallback: tuple[str, ...]
    figures: str
    zoom: tuple[float, ...]


class TextStyle(_Record, frozen=True):
    """Size and line height in pixels at zoom 1.0; weight as in CSS; spacing in pixels."""

    size: int
    line: int
    weight: int
    spacing: int = 0


class Radius(_Record, frozen=True):
    chip: int
    control: int
    panel: int
    badge: int


class Border(_Record, frozen=True):
    hairline: int
    focus: int
    focus_gap: int
    selected_edge: int
    tab_underline: int


class Size(_Record, frozen=True):
    control: int
    control_small: int
    control_large: int
    search_home: int
    row: int
    row_two_lines: int
    fact_row: int
    table_head: int
    chip: int
    badge: int
    key_cap: int
    tick: int
    toggle: tuple[int, int]
    icon: int
    icon_small: int
    icon_stroke: float
    message_bar: int
    progress: int
    progress_thin: int


class Layout(_Record, frozen=True):
    window_min: tuple[int, int]
    window_design: tuple[int, int]
    rail: int
    rail_item: tuple[int, int]
    top_bar: int
    status_bar: int
    search_box: int
    account_header: int
    account_tabs: int
    call_strip: int
    verify_strip: int
    offline_bar: int
    wizard_bar: int
    wizard_steps: int
    wizard_details: int
    wizard_basket: int
    overview_left: int
    overview_right: int
    orders_list: int
    orders_side: int
    usage_side: int
    letters_list: int
    letters_side: int


class Duration(_Record, frozen=True):
    """Milliseconds."""

    hover: int
    press: int
    panel: int
    progress_step: int
    spinner_after: int
    slow_after: int
    click_guard: int


class Seconds(_Record, frozen=True):
    reveal: int
    undo_hold: int
    number_hold: int
    message_info: int


class Tokens(_Record, frozen=True):
    """Everything tokens.toml says; lengths in device-independent pixels at zoom 1.0."""

    meta: Meta
    color: dict[Scheme, dict[Tone, str]]
    space: dict[str, int]
    radius: Radius
    border: Border
    type: dict[Role, TextStyle]
    size: Size
    layout: Layout
    duration: Duration
    seconds: Seconds


def read_tokens(text: str | None = None) -> Tokens:
    """Tokens from `text`, or from the file beside this module.

    Raises msgspec.ValidationError where a table, a name or a type is not the known one.
    """
    if text is None:
        text = resources.files("ui.theme").joinpath("tokens.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Tokens)


def contrast(first: str, second: str) -> float:
    """Contrast of two colours `#RRGGBB`, 1 to 21; WCAG 2.2, relative luminance."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


# WCAG 2.2: below this share of full strength sRGB is linear
_LINEAR_BELOW = 0.04045


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
