"""The tokens are complete, strict, and readable enough for everybody."""

from __future__ import annotations

import msgspec
import pytest

from ui.theme.tokens import Scheme, Tone, contrast, read_tokens

TEXT: tuple[tuple[Tone, Tone], ...] = (
    ("ink", "surface"), ("ink", "selected"), ("ink2", "surface"), ("ink2", "shell"),
    ("ink3", "surface"), ("ink3", "canvas"), ("ink3", "shell"), ("ink3", "subtle"),
    ("ink3", "hover"), ("ink3", "selected"), ("accent", "surface"), ("accent", "canvas"),
    ("accent", "shell"), ("accent", "selected"), ("accent", "accent_soft"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_accent", "accent_press"),
    ("good", "surface"), ("good", "good_soft"), ("warn", "surface"), ("warn", "warn_soft"),
    ("ink", "warn_soft"), ("bad", "surface"), ("bad", "bad_soft"), ("ink", "bad_soft"),
    ("on_bad", "bad"), ("ink", "match"), ("ink2", "accent_soft"), ("ink3", "accent_soft"),
    ("ink2", "warn_soft"), ("ink3", "warn_soft"), ("ink3", "good_soft"), ("ink2", "hover"),
    ("accent", "subtle"), ("accent", "hover"), ("accent", "warn_soft"), ("warn", "selected"),
    ("warn", "accent_soft"), ("warn", "subtle"), ("bad", "subtle"), ("surface", "good"),
)  # fmt: skip
BORDERS: tuple[tuple[Tone, Tone], ...] = (
    ("line_strong", "surface"), ("line_strong", "canvas"), ("focus", "surface"),
    ("plot1", "surface"), ("plot2", "surface"), ("warn_line", "surface"),
)  # fmt: skip
SCHEMES: tuple[Scheme, ...] = ("light", "dark", "high_contrast")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_has_at_least_4_5_to_1_on_every_ground_it_stands_on(scheme: Scheme) -> None:
    colors = read_tokens().color[scheme]
    faint = {pair: contrast(colors[pair[0]], colors[pair[1]]) for pair in TEXT}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_borders_focus_and_plots_have_at_least_3_to_1(scheme: Scheme) -> None:
    colors = read_tokens().color[scheme]
    faint = {pair: contrast(colors[pair[0]], colors[pair[1]]) for pair in BORDERS}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


def test_the_figures_of_the_design_page_come_out_again() -> None:
    light, dark = read_tokens().color["light"], read_tokens().color["dark"]
    assert round(contrast(light["ink"], light["surface"]), 2) == 16.52
    assert round(contrast(light["ink3"], light["selected"]), 2) == 4.82
    assert round(contrast(dark["accent"], dark["surface"]), 2) == 7.90
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21.0


def test_every_scheme_names_the_same_colours() -> None:
    color = read_tokens().color
    assert set(color["light"]) == set(color["dark"]) == set(color["high_contrast"])


def test_a_name_that_nobody_knows_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        read_tokens("[meta]\nversion = 1\nshadow = 4\n")


def test_no_text_is_smaller_than_12_and_all_distances_are_steps_of_4() -> None:
    tokens = read_tokens()
    assert min(style.size for style in tokens.type.values()) == 12
    assert {length % tokens.meta.grid for length in tokens.space.values()} == {0}
