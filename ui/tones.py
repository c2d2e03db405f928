"""How the application's tones look."""

from __future__ import annotations

from collections.abc import Mapping

from app.accounts.records import Tone
from ui.theme import tokens

INK: Mapping[Tone, tokens.Tone] = {
    "plain": "ink",
    "info": "accent",
    "good": "good",
    "warn": "warn",
    "bad": "bad",
}
