"""Pages: what stays together, what repeats, where the address stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters import Letter, LetterFault, Recipient, Row
from letters.layout import Laid, Page, lay_out
from letters.measures import FOOT_BOTTOM, LEFT, MM, RIGHT
from tests.letters.samples import PAPER, sample


def texts(page: Page) -> list[str]:
    return ["".join(text for text, _ in placed.span.segments) for placed in page.text]


def with_items(count: int, *, large_print: bool = False) -> Letter:
    letter = sample("LT01", large_print=large_print)
    items = tuple(Row(f"Offer {number}", "£1.00") for number in range(count))
    return replace(letter, rows={**letter.rows, "items": items})


def test_the_address_stands_in_the_window_of_the_envelope() -> None:
    letter = replace(
        sample("LT01"), recipient=Recipient("Edda Marrowby", tuple("line" for _ in range(6)))
    )
    page = lay_out(letter).pages[0]
    start = texts(page).index("Edda Marrowby")
    for placed in page.text[start : start + 7]:
        assert placed.span.x == LEFT
        assert 45 * MM < placed.y < 85 * MM


def test_a_letter_of_one_page_has_no_page_number() -> None:
    (page,) = lay_out(sample("LT01")).pages
    assert not any(text.startswith("Page") for text in texts(page))


def test_further_pages_name_brand_letter_and_page() -> None:
    pages = lay_out(with_items(60)).pages
    assert len(pages) == 3
    for number, page in enumerate(pages[1:], 2):
        assert texts(page)[:2] == ["Kestrelfjord Telecom", "Letter KL-0301177-9"]
        assert texts(page)[-1] == f"Page {number} of 3"


@given(st.integers(0, 80), st.booleans())
@settings(max_examples=40, deadline=None)
def test_whatever_the_length_nothing_leaves_the_page_and_no_closing_stands_alone(
    count: int,
    large_print: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    laid = lay_out(with_items(count, large_print=large_print))
    for page in laid.pages:
        assert max(placed.y for placed in page.text) <= FOOT_BOTTOM + 1
        assert max(page.rules, default=0) < FOOT_BOTTOM
    printed = [text for page in laid.pages for text in texts(page)]
    assert sum(text.startswith("Offer") for text in printed) == count
    last = texts(laid.pages[-1])
    closing = last.index("Kind regards,")
    assert "apply." in last[closing - 1] or "October 2026" in last[closing - 1]


def test_no_heading_and_no_first_row_stands_alone_at_the_foot() -> None:
    for count in range(40):
        pages = lay_out(with_items(count)).pages
        for page in pages[:-1]:
            body = [placed for placed in page.text if placed.span.element >= 0]
            assert "".join(text for text, _ in body[-1].span.segments) != "What happens now"


@pytest.mark.parametrize("kind", PAPER)
def test_large_print_is_18_points_in_all_that_is_to_be_read(kind: str) -> None:
    laid = lay_out(sample(kind, large_print=True))
    roles = laid.elements
    sizes = {
        placed.span.size
        for page in laid.pages
        for placed in page.text
        if roles[placed.span.element].role in {"H1", "H2", "TD"}
    }
    assert min(sizes) >= 18


def test_a_name_of_300_characters_pushes_the_subject_down_and_runs_over_nothing() -> None:
    letter = replace(sample("LT01"), recipient=Recipient("W" * 300, ("x" * 300,)))
    page = lay_out(letter).pages[0]
    subject = next(p for p in page.text if p.span.segments[0][0].startswith("Thank you, we"))
    above = [p.y for p in page.text if set(p.span.segments[0][0]) in ({"W"}, {"x"})]
    assert max(above) < subject.y
    assert right_edge(lay_out(letter)) <= RIGHT + 0.01


def right_edge(laid: Laid) -> float:
    return max(
        placed.span.x + sum(face.width(text, placed.span.size) for text, face in segments)
        for page in laid.pages
        for placed in page.text
        for segments in (placed.span.segments,)
    )


def test_a_row_taller_than_a_page_goes_on_over_pages() -> None:
    letter = sample("LT01")
    tall = Row("word " * 3000, "word " * 1500)
    laid = lay_out(replace(letter, rows={**letter.rows, "items": (tall,)}))
    words = sum(text.split().count("word") for page in laid.pages for text in texts(page))
    assert words == 4500


def test_a_row_of_nothing_and_fields_of_nothing_seen_are_printed_as_nothing() -> None:
    letter = sample("LT01")
    rows = {**letter.rows, "items": (Row("\u200f"), Row(""))}
    fields = {**letter.fields, "customer.name": "\u200f"}
    recipient = Recipient("", ())
    assert lay_out(replace(letter, rows=rows, fields=fields, recipient=recipient)).pages


def test_a_brand_that_prints_as_nothing_loses_only_itself() -> None:
    letter = sample("LT01")
    laid = lay_out(replace(letter, brand=replace(letter.brand, name="\u200f")))
    assert "Kind regards," in texts(laid.pages[-1])


def test_a_type_without_paper_is_not_laid_out() -> None:
    with pytest.raises(LetterFault, match="not sent on paper"):
        lay_out(sample("LT04"))
