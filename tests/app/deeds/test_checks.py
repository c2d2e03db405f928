"""What a deed still needs is one sentence each; an ICCID is held to its check digit."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn as reference

from app.deeds import deed as edits
from app.deeds.checks import can_wait, iccid_problem, instead, is_urgent, luhn, missing
from app.deeds.deed import Deed, DeedName, new_deed
from app.wizard.draft import Agreement, Hold

NOW = dt.datetime(2026, 11, 20, 9, 14, tzinfo=dt.UTC)
TODAY = NOW.date()
AGREED = Agreement(at=NOW, terms_version="12", terms_hash="x")


def begun(name: DeedName, *changes: edits.Edit) -> Deed:
    made = new_deed(
        "u1",
        name,
        now=NOW,
        customer=("KF-1", "Edda Marrowby"),
        product=("P-M03", "Skarv 100", "07700900471"),
    )
    for change in changes:
        made = change(made)
    return made


def fields(deed: Deed) -> list[str]:
    return [each.field for each in missing(deed, today=TODAY)]


@pytest.mark.parametrize(
    ("until", "lacks"), [("", []), ("2026-11-20", ["until"]), ("2026-11-21", []),
                         ("2027-05-19", []), ("2027-05-20", ["until"])],
)  # fmt: skip
def test_a_line_rests_until_a_day_of_the_next_half_year(until: str, lacks: list[str]) -> None:
    assert fields(begun("suspend", edits.set_field("until", until))) == lacks


def test_a_swap_needs_two_facts_compared() -> None:
    one = begun("sim", edits.turn("checked", "birthDate", on=True))
    assert fields(one) == ["checked"]
    two = edits.turn("checked", "postcode", on=True)(one)
    assert fields(two) == []
    assert fields(edits.turn("checked", "birthDate", on=False)(two)) == ["checked"]


def test_an_iccid_typed_for_plastic_is_no_matter_of_an_esim() -> None:
    wrong = edits.set_field("iccid", "8999123")
    assert "iccid" in fields(begun("sim", wrong))
    assert "iccid" not in fields(begun("sim", wrong, edits.set_field("kind", "esim")))


def test_a_chosen_number_must_be_held() -> None:
    chosen = begun("number", edits.set_field("way", "chosen"))
    assert fields(chosen) == ["digits"]
    assert fields(edits.hold(Hold(number="07700900477", display=""))(chosen)) == []


def test_both_owners_must_agree_and_another_taker_agrees_anew() -> None:
    deed = begun("owner")
    assert fields(deed) == ["taker", "agreed"]
    deed = edits.give_to("KF-2", "Torvald")(deed)
    deed = edits.agree(AGREED, taker=True)(edits.agree(AGREED)(deed))
    assert fields(deed) == []
    assert fields(edits.give_to("KF-3", "Sorrel")(deed)) == ["takerAgreed"]
    assert "taker" in fields(edits.give_to("KF-1", "Edda Marrowby")(deed))


def test_a_move_needs_address_day_fates_and_agreement() -> None:
    deed = begun("move")
    assert fields(deed) == ["address", "day", "agreed"]
    deed = edits.go_to_address("A-1", "3 Sprucegate")(deed)
    deed = edits.agree(AGREED)(edits.set_fates({"P-F02": ""})(deed))
    assert fields(edits.set_field("day", "2026-11-19")(deed)) == ["day", "fates"]
    done = edits.set_fate("P-F02", edits.STAYS)(edits.set_field("day", "2026-11-24")(deed))
    assert fields(done) == []


def test_what_is_lost_cannot_wait_and_says_what_to_do_instead() -> None:
    lost = begun("suspend", edits.set_field("reason", "lost"))
    assert is_urgent(lost)
    assert not can_wait(lost)
    assert "07700 900471" in instead(lost)
    assert can_wait(begun("suspend"))
    assert not can_wait(begun("sim"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ""),
        ("8999 0100 0000 0000 011", ""),
        ("8999010000000000012", "check digit"),
        ("899901", "these are 6"),
        ("1234567890123456789", "begins with 89"),
        ("89990100000000000X1", "digits only"),
    ],
)
def test_an_iccid_says_what_is_wrong_with_it(text: str, says: str) -> None:
    problem = iccid_problem(text)
    assert says in problem
    assert bool(says) == bool(problem)


@given(st.text("0123456789", min_size=1, max_size=24))
def test_the_check_digit_is_that_of_the_reference(digits: str) -> None:
    assert luhn(digits) == reference.is_valid(digits)
