"""An order is taken back before it has begun: its draft is work again, with all that was typed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from app.drafts import Journal
from app.language import tr
from app.orders.desk import OrderDesk, Stopping
from app.wizard.draft import Draft, Hold
from app.wizard.edits import Edit
from app.wizard.service import FoundNumber, Outcome, WizardService
from app.wizard.steps import Step
from backend_client import ApiError


@dataclass(frozen=True, slots=True)
class Undone:
    """The order is gone. `holds` are the numbers that are held again, by their lines."""

    holds: Mapping[str, Hold]
    lost: tuple[str, ...] = ()


class Undoing:
    """Belongs in a thread; ApiError and StoreFault come through."""

    def __init__(self, orders: OrderDesk, service: WizardService) -> None:
        self._orders = orders
        self._service = service

    def seconds(self, outcome: Outcome) -> float | None:
        """Real seconds left to take the order back; None: it cannot be."""
        return self._orders.options(outcome.order_id, may_cancel=False).undo_seconds

    def begin_now(self, outcome: Outcome) -> None:
        """Wait no longer: the order begins."""
        self._orders.begin_now(outcome.order_id)

    def undo(self, draft: Draft, outcome: Outcome, journal: Journal) -> Undone | None:
        """Take the order back and open its draft again; None where it had begun already."""
        if self._orders.undo(outcome.order_id) is not Stopping.AT_ONCE:
            return None
        journal.reopen(draft)  # first: what follows may fail, the draft must not be lost
        again = {line: self._hold_again(draft, held) for line, held in draft.holds.items()}
        holds = {line: held for line, held in again.items() if held is not None}
        lost = tuple(draft.holds[line].display for line, held in again.items() if held is None)
        return Undone(holds, lost)

    def _hold_again(self, draft: Draft, held: Hold) -> Hold | None:
        number = FoundNumber(
            id=held.number, display=held.display, grade=held.grade, once=Decimal(held.once)
        )
        try:
            found = self._service.hold(draft.id, number)
        except ApiError:  # the number has to be chosen anew, nothing else is lost
            return None
        return found if isinstance(found, Hold) else None


def reopened(outcome: Outcome, undone: Undone) -> Edit:
    """The draft after its order was taken back; a customer that was made by it stays one."""

    def edit(draft: Draft) -> Draft:
        name = draft.title
        opened = replace(
            draft, step=Step.CREATION, field="", command=str(uuid.uuid4()), holds=undone.holds
        )
        if draft.customer_id:
            return opened
        return replace(opened, kind="add", customer_id=outcome.customer_id, customer_name=name)

    return edit


def undone_words(outcome: Outcome, undone: Undone, *, new_customer: bool) -> tuple[str, str]:
    """What is told: that nothing was sent, what stays, and which numbers are gone."""
    lead = tr("{number} is taken back, nothing was sent.", number=outcome.order_number)
    parts = [tr("The draft is open again.")]
    if new_customer:
        parts.append(tr("The customer {number} stays.", number=outcome.customer_id))
    if undone.lost:
        numbers = ", ".join(undone.lost)
        parts.append(tr("Choose again, taken meanwhile: {numbers}.", numbers=numbers))
    return lead, " ".join(parts)
