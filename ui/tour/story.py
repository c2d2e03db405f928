"""The story of the tour, chapter by chapter."""

from __future__ import annotations

from collections.abc import Callable

from ui.tour import creating, evening, opening, watching
from ui.tour.guide import Guide

CHAPTERS: tuple[Callable[[Guide], None], ...] = (
    opening.sign_in,
    opening.search,
    opening.open_account,
    opening.look_through_tabs,
    creating.new_customer,
    creating.service,
    creating.number,
    creating.settings_and_billing,
    creating.agree,
    creating.create,
    watching.open_new_account,
    watching.watch_order,
    watching.see_subscription,
    watching.open_letter,
    evening.in_the_dark,
)
