"""An order taken back: its draft is open again, and its numbers are held if they can be."""

from __future__ import annotations

from typing import cast

import pytest

from app.changes import Changes
from app.drafts import DraftDesk, Journal
from app.orders.desk import OrderDesk, Stopping
from app.store.drafts import Drafts, DraftState
from app.store.opening import in_memory
from app.wizard import edits
from app.wizard.draft import Draft, Hold, draft_for, new_draft
from app.wizard.service import FoundNumber, Gone, Outcome, WizardService
from app.wizard.steps import Step
from app.wizard.undone import Undoing, Undone, reopened, undone_words
from backend_client import Unreachable
from backend_client.errors import Trace
from tests.app.wizard.stories import NOW
from tests.support.fake_orders import FakeOrders

OUTCOME = Outcome("sent", customer_id="KF-7", order_id="o1", order_number="KO-0093342-7")
HELD = Hold(number="07700900477", display="07700 900477", grade="silver", once="40.00")
TAKEN = Hold(number="07700900454", display="07700 900454")
LOST = Hold(number="07700900499", display="07700 900499")


class Numbers:
    """Holds what is still free; another number is gone, a third cannot be asked for."""

    def hold(self, draft_id: str, found: FoundNumber) -> Hold | Gone:
        if found.id == TAKEN.number:
            return Gone(found.id)
        if found.id == LOST.number:
            raise Unreachable("No answer.", trace=Trace(method="POST", route="/reservation"))
        return Hold(number=found.id, display=found.display, reservation=f"again-{draft_id}")


@pytest.fixture
def orders() -> FakeOrders:
    made = FakeOrders()
    made.stopping = Stopping.AT_ONCE
    return made


def undoing(orders: FakeOrders) -> Undoing:
    return Undoing(cast("OrderDesk", orders), cast("WizardService", Numbers()))


def sent(table: Drafts) -> tuple[Draft, Journal]:
    """A draft on disk whose command went out."""
    opened = DraftDesk(table, Changes(), lambda: NOW, "maren").new("Jorun Netherfold")
    draft = opened.draft
    for line, held in (("M03#1", HELD), ("M05#1", TAKEN), ("M05#2", LOST)):
        draft = edits.hold_number(line, held)(draft)
    opened.journal.note(draft)
    opened.journal.write()
    opened.journal.close()
    return draft, opened.journal


def test_the_draft_is_on_the_list_again_with_the_numbers_that_are_still_free(
    orders: FakeOrders,
) -> None:
    desk, cache = in_memory()
    table = Drafts(desk, lambda: NOW)
    draft, journal = sent(table)
    undone = undoing(orders).undo(draft, OUTCOME, journal)
    assert undone is not None
    assert undone.holds["M03#1"].reservation == f"again-{draft.id}"
    assert set(undone.holds) == {"M03#1"}
    assert undone.lost == ("07700 900454", "07700 900499")
    stored = table.load(draft.id, "maren")
    assert stored is not None
    assert stored.state is DraftState.OPEN
    assert journal.unwritten
    desk.close()
    cache.close()


def test_what_has_begun_already_keeps_its_draft_sent(orders: FakeOrders) -> None:
    desk, cache = in_memory()
    orders.stopping = Stopping.LATER
    draft, journal = sent(Drafts(desk, lambda: NOW))
    assert undoing(orders).undo(draft, OUTCOME, journal) is None
    assert not journal.unwritten
    desk.close()
    cache.close()


def test_a_new_customer_stays_one_and_gets_the_next_order() -> None:
    new = new_draft("maren", now=NOW, fields={"givenName": "Jorun", "familyName": "Netherfold"})
    again = reopened(OUTCOME, Undone({"M03#1": HELD}))(new)
    assert (again.kind, again.customer_id, again.customer_name) == (
        "add",
        "KF-7",
        "Jorun Netherfold",
    )
    assert again.command_id not in {"", new.command_id}
    assert again.step is Step.CREATION
    assert dict(again.holds) == {"M03#1": HELD}
    assert again.fields == new.fields


def test_a_customer_of_long_standing_is_left_as_he_is() -> None:
    draft = draft_for("maren", "KF-1", "Edda Marrowby", now=NOW)
    again = reopened(OUTCOME, Undone({}))(draft)
    assert (again.customer_id, again.customer_name) == ("KF-1", "Edda Marrowby")


def test_what_is_told_names_what_stays_and_what_is_gone() -> None:
    lead, text = undone_words(OUTCOME, Undone({}, ("07700 900454",)), new_customer=True)
    assert lead == "KO-0093342-7 is taken back, nothing was sent."
    assert text == (
        "The draft is open again. The customer KF-7 stays."
        " Choose again, taken meanwhile: 07700 900454."
    )
    _, short = undone_words(OUTCOME, Undone({}), new_customer=False)
    assert short == "The draft is open again."


def test_the_seconds_are_those_of_the_server(orders: FakeOrders) -> None:
    assert undoing(orders).seconds(OUTCOME) is None
    undoing(orders).begin_now(OUTCOME)
    assert orders.done == [("begin", "o1", None)]
