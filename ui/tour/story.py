"""The story of the tour, chapter by chapter."""

from __future__ import annotations

from collections.abc import Callable

from ui.tour import creating, opening
from ui.tour.guide import Guide

CHAPTERS: tuple[Callable[[Guide], None], ...] = (
    opening.sign_in,
    opening.search,
    opening.open_account,
    opening.look_through_tabs,
    creating.new_customer,
    creating.service,
)
