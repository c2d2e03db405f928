"""Searching for a number that somebody wants to keep."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.numbers import rules
from backend.numbers.grades import Grade
from backend.numbers.search import Found, How, Wish, search
from backend.rest.errors import Invalid, NotFound
from tests.backend.numbers.conftest import COSMO, MAREN, NOW, SUPERVISOR, At


def values(found: Found) -> list[str]:
    return [one.value for one in found.numbers]


def test_next_free_offers_the_public_pool_in_order_with_counts_per_grade(at: At) -> None:
    with at() as context:
        found = search(context, Wish(prefix="07700 900"))
    assert found.total == 800  # 800 to 999 are prepaid
    assert list(found.grades.values()) == [8, 21, 209, 78, 484]
    assert values(found)[:3] == ["07700900000", "07700900001", "07700900002"]


def test_a_town_or_its_first_letters_stand_for_its_prefix(at: At) -> None:
    with at() as context:
        leeds = search(context, Wish(kind="fixed", prefix="leeds"))
        assert (leeds.total, leeds.numbers[1].display) == (1000, "0113 496 0001")
        both = search(context, Wish(kind="fixed", prefix="L", limit=500, grade=Grade.PLATINUM))
        assert {one.value[:4] for one in both.numbers} == {"0113", "0116", "0151", "0207"}
        assert search(context, Wish(kind="fixed", prefix="Oslo")).total == 0
        assert search(context, Wish(kind="fixed", prefix="0113 496")).total == 1000


def test_contains_looks_behind_what_was_typed_and_the_counts_stay(at: At) -> None:
    with at() as context:
        found = search(
            context, Wish(prefix="07700900", how=How.CONTAINS, digits="47", grade=Grade.SILVER)
        )
    # 47 followed or preceded by a digit that makes a pair or a mirror
    assert values(found) == ["07700900447", "07700900474", "07700900477", "07700900747"]
    assert sum(found.grades.values()) == 800


def test_random_stays_the_same_for_a_draft_and_differs_between_drafts(at: At) -> None:
    with at() as context:
        mine, again, other = (
            values(search(context, Wish(how=How.RANDOM, draft=draft))) for draft in ("a", "a", "b")
        )
    assert mine == again != other
    assert mine != sorted(mine)


def test_like_my_old_number_puts_the_same_ending_first(at: At) -> None:
    with at() as context:
        found = search(context, Wish(how=How.LIKE, digits="07911 123 456"))
    assert values(found)[0] == "07700900456"
    assert {value[-2:] for value in values(found)[1:8]} == {"56"}


def test_a_word_is_found_by_its_keys(at: At) -> None:
    with at() as context:
        found = search(context, Wish(prefix="07700900", how=How.WORD, digits="cat"))
        assert [(one.value, one.why) for one in found.numbers] == [("07700900228", "spells CAT")]
        with pytest.raises(Invalid):
            search(context, Wish(how=How.WORD, digits="???"))
        with pytest.raises(Invalid):
            search(context, Wish(how=How.CONTAINS, digits="x"))


def test_held_numbers_are_shown_with_their_holder_until_the_hold_ends(at: At) -> None:
    with at(COSMO) as context:
        rules.hold(context, "draft", ["07700900440"])
    wish = Wish(prefix="07700900440")
    with at() as context:
        seen = search(context, wish).numbers[0]
        assert (seen.state, seen.holder) == ("held", "Cosmo P.")
        assert seen.held_until == NOW + timedelta(minutes=15)
    with at(COSMO) as context:
        same_draft = search(context, Wish(prefix="07700900440", draft="draft")).numbers[0]
        other_draft = search(context, Wish(prefix="07700900440", draft="other")).numbers[0]
        assert (same_draft.holder, other_draft.holder) == ("me", "Cosmo P.")
        assert search(context, wish).numbers[0].holder == "me"
    with at(moment=NOW + timedelta(minutes=15)) as context:
        later = search(context, wish).numbers[0]
        assert (later.state, later.holder, later.held_until) == ("available", None, None)


def test_numbers_in_use_or_resting_are_not_offered(at: At) -> None:
    with at() as context:
        rules.assign(context, "07700900401", "product")
        rules.assign(context, "07700900402", "product")
        rules.quarantine(context, "07700900402")
        assert search(context, Wish(prefix="0770090040", limit=500)).total == 8


def test_platinum_waits_for_a_supervisor(at: At) -> None:
    wish = Wish(prefix="07700900444")
    with at() as context:
        assert search(context, wish).numbers[0].state == "release"
    with at(SUPERVISOR) as context:
        assert search(context, wish).numbers[0].state == "available"


def test_pages_follow_each_other_without_gap(at: At) -> None:
    with at() as context:
        pages = [
            values(search(context, Wish(how=How.RANDOM, draft="a", offset=offset, limit=300)))
            for offset in (0, 300, 600)
        ]
    assert len({value for page in pages for value in page}) == 800


def test_the_pool_of_an_unknown_customer_is_not_found(at: At) -> None:
    with at() as context, pytest.raises(NotFound):
        search(context, Wish(kind="fixed", pool="customer:KF-0000000-0"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    prefix=st.text(max_size=12) | st.from_regex(r"\+?[0-9 ]{0,9}", fullmatch=True),
    how=st.sampled_from(How),
    digits=st.text(max_size=8) | st.from_regex("[0-9]{0,6}", fullmatch=True),
)
def test_whatever_is_typed_the_answer_fits_or_says_what_is_wrong(
    at: At, prefix: str, how: How, digits: str
) -> None:
    if "\x00" in prefix + digits:
        return
    with at(MAREN) as context:
        try:
            found = search(context, Wish(prefix=prefix, how=how, digits=digits, limit=500))
        except Invalid:
            return
    assert len(found.numbers) == min(found.total, 500)
    assert found.total <= sum(found.grades.values())
    if how is How.CONTAINS and digits.isascii() and digits.isdigit():
        assert all(digits in one.value for one in found.numbers)
