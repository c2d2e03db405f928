"""The seven steps and the way through them."""

from __future__ import annotations

import enum


class Step(enum.StrEnum):
    """A step of the wizard, in order; the value is what drafts keep."""

    CUSTOMER = "customer"
    SERVICE = "service"
    NUMBERS = "numbers"
    SETTINGS = "settings"
    BILLING = "billing"
    CREATION = "creation"
    NOTIFICATIONS = "notifications"


ALL_STEPS = tuple(Step)
SERVICE_STEPS = frozenset({Step.NUMBERS, Step.SETTINGS})


def steps_on_the_way(*, only_account: bool, needs_numbers: bool) -> tuple[Step, ...]:
    """Steps that Next and Back pass; every other step can still be opened by its key."""
    skipped = SERVICE_STEPS if only_account or not needs_numbers else frozenset()
    return tuple(step for step in ALL_STEPS if step not in skipped)


def following(step: Step, way: tuple[Step, ...]) -> Step | None:
    """Give the next step on the way after `step`, None at the end."""
    later = [other for other in way if ALL_STEPS.index(other) > ALL_STEPS.index(step)]
    return later[0] if later else None


def preceding(step: Step, way: tuple[Step, ...]) -> Step | None:
    """Give the last step on the way before `step`, None at the beginning."""
    earlier = [other for other in way if ALL_STEPS.index(other) < ALL_STEPS.index(step)]
    return earlier[-1] if earlier else None
