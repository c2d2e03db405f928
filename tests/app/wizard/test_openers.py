"""What opens an offer that is not offered, and what Enter does about it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.wizard import edits
from app.wizard.draft import draft_for
from app.wizard.openers import Opener, done_words, opening_edit, opening_of
from app.wizard.wizard import Wizard
from backend_client.choices import OfferCount
from backend_client.openers import FactToChange, Mover, OpeningChange
from tests.app.wizard.stories import NOW, jorun

KNOWN = draft_for("maren", "KF-0041873-6", "Edda Marrowby", now=NOW)
HEARTH = OfferCount(id="P01", name="Hearth Line (landline)")
COPPER = OfferCount(id="D01", name="Copperleaf 38 (ADSL)")


def needs(*keys: str, text: str = "Do this first.") -> Opener:
    """An offer that a fact keeps closed."""
    changes = tuple(FactToChange(fact=key, value="yes", text=text, key=key) for key in keys)
    return Opener(offer="F02", name="Glimt 500", opener=OpeningChange(text=text, changes=changes))


def swap(*, brings: tuple[OfferCount, ...] = (), removed: tuple[OfferCount, ...] = ()) -> Opener:
    """An offer that other picks keep closed."""
    opener = OpeningChange(text="Take it.", brings=brings, removed=removed)
    return Opener(offer="F02", name="Glimt 500 (fibre)", opener=opener)


@pytest.mark.parametrize("key", ["identity", "address"])
def test_what_is_asked_on_the_customer_step_leads_to_its_field(key: str) -> None:
    opening = opening_of(needs(key), jorun())
    assert (opening.way, opening.field) == ("field", key)
    assert opening.can_be_done


def test_the_details_of_a_known_customer_are_changed_on_the_account() -> None:
    opening = opening_of(needs("identity"), KNOWN)
    assert (opening.way, opening.action) == ("told", "identity on the account")
    assert not opening.can_be_done
    assert opening.text == "Do this first."


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("guarantor", "needs a guarantor"),
        ("benefits", "needs proof"),
        ("landlord", "needs the landlord"),
        ("balance", "balance to be paid"),
        ("senior", "a senior agent can"),
        ("supervisor", "a supervisor can"),
        ("something new", "see why"),
    ],
)
def test_what_others_must_do_is_told(key: str, words: str) -> None:
    opening = opening_of(needs(key), jorun())
    assert (opening.way, opening.action) == ("told", words)


def test_interest_can_be_registered_where_the_address_is_known() -> None:
    assert opening_of(needs("registerInterest"), jorun()).way == "interest"
    nowhere = edits.forget_address()(jorun())
    assert opening_of(needs("registerInterest"), nowhere).way == "none"


def test_without_an_opener_nothing_can_be_done() -> None:
    opening = opening_of(Opener(offer="F02", name="Glimt 500"), jorun())
    assert (opening.way, opening.action) == ("none", "")
    draft = jorun()
    assert opening_edit(Opener(offer="F02"))(draft) == draft


def test_other_picks_are_named_by_what_comes_first() -> None:
    assert opening_of(swap(brings=(HEARTH,)), jorun()).action == "Add Hearth Line"
    assert opening_of(swap(removed=(COPPER,)), jorun()).action == "Without Copperleaf 38"
    assert opening_of(swap(), jorun()).action == "Add Glimt 500"


def test_one_press_does_it_all_and_one_undo_takes_it_back() -> None:
    draft = edits.pick("D01", 1)(jorun())
    wizard = Wizard(draft, journal=lambda _draft: None, clock=lambda: NOW)
    answer = swap(brings=(HEARTH, HEARTH), removed=(COPPER,))
    wizard.apply(opening_edit(answer))
    assert dict(wizard.draft.picks) == {"P01": 2, "F02": 1}
    assert wizard.undo()
    assert dict(wizard.draft.picks) == {"D01": 1}


def test_what_was_done_is_said() -> None:
    two = OfferCount(id="B03", name="Lantern Mini (extra room)", quantity=2)
    lead, text = done_words(swap(brings=(HEARTH, two), removed=(COPPER,)))
    assert lead == "Glimt 500 is chosen."
    assert text == "Hearth Line, 2 × Lantern Mini added. Copperleaf 38 taken out."


def test_what_the_customer_has_may_become_it_where_nothing_else_opens_it() -> None:
    mover = Mover(product_id="fibre-1", name="Glimt 500")
    answer = Opener(offer="F03", name="Glimt 1000", movers=(mover,))
    opening = opening_of(answer, KNOWN)
    assert (opening.way, opening.product) == ("move", "fibre-1")
    assert (opening.action, opening.text) == (
        "Change Glimt 500",
        "Glimt 500 can become Glimt 1000.",
    )
    assert opening.can_be_done


def test_other_picks_go_before_a_change_of_what_there_is() -> None:
    mover = Mover(product_id="fibre-1", name="Glimt 500")
    answer = replace(swap(brings=(HEARTH,)), movers=(mover,))
    assert opening_of(answer, KNOWN).way == "picks"
