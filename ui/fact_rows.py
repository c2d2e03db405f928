"""The application's facts as rows of a screen."""

from __future__ import annotations

from app.accounts.records import Fact
from ui.tones import INK
from ui.widgets import fact_rows


def fact_of(fact: Fact, *, link: bool = False) -> fact_rows.Fact:
    return fact_rows.Fact(
        fact.id,
        fact.label,
        fact.value,
        note=fact.note,
        tone=INK[fact.tone],
        strong=fact.tone != "plain",
        link=link,
        gap=fact.gap,
        copy=fact.copy,
    )
