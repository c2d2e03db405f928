"""The letter press: a thousand letters, a stop in the middle, a jam at a sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters import Letter, LetterFault, Part, PressIndex, press
from tests.letters.samples import sample
from tests.letters.seen import reader, text_on_pages


def letters(count: int) -> list[Letter]:
    """Every third has two pages."""
    long, short = sample("LT02"), sample("LT01")
    return [
        replace(long if number % 3 == 2 else short, number=f"KL-{number:07}")
        for number in range(1, count + 1)
    ]


def stored(parts: list[Part]) -> PressIndex:
    index = PressIndex()
    for part in parts:
        index = index.with_part(part)
    return index


def test_the_press_makes_parts_and_says_where_each_letter_lies() -> None:
    parts = list(press(letters(7), part_letters=3, duplex=False))
    assert [len(part.entries) for part in parts] == [3, 3, 1]
    for part in parts:
        pages = text_on_pages(part.pdf)
        assert len(pages) == sum(entry.pages for entry in part.entries)
        for entry in part.entries:
            assert f"Letter {entry.number}" in pages[entry.page - 1]


def test_on_both_sides_of_the_paper_each_letter_begins_on_a_new_sheet() -> None:
    (part,) = press(letters(3))
    assert [(entry.page, entry.sheet, entry.sheets) for entry in part.entries] == [
        (1, 1, 1),
        (3, 2, 1),
        (5, 3, 1),
    ]
    assert len(reader(part.pdf).pages) == 6


def test_after_a_stop_the_press_goes_on_where_it_was() -> None:
    wanted = letters(7)
    whole = list(press(wanted, part_letters=2))
    index = PressIndex.from_json(stored(whole[:2]).to_json())
    rest = list(press(wanted, index, part_letters=2))
    assert [part.number for part in rest] == [3, 4]
    assert rest == whole[2:]


def test_when_all_is_done_nothing_is_printed_again() -> None:
    wanted = letters(3)
    assert list(press(wanted, stored(list(press(wanted))))) == []


def test_after_a_jam_the_letters_of_those_sheets_are_named() -> None:
    index = stored(list(press(letters(6), part_letters=6, duplex=False)))
    assert index.letters_on(1, 3, 4) == ("KL-0000002", "KL-0000003")
    assert index.letters_on(2, 1, 9) == ()


def test_a_letter_at_fault_is_refused_and_holds_up_nobody() -> None:
    first, second, third = letters(3)
    (part,) = press([first, replace(second, fields={}), third])
    assert [entry.number for entry in part.entries] == [first.number, third.number]
    ((number, why),) = part.refused
    assert number == second.number
    assert "needs the field" in why


def test_a_part_of_refused_letters_only_has_no_pages() -> None:
    (part,) = press([replace(sample("LT01"), fields={})])
    assert (part.pdf, part.entries) == (b"", ())


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"number": "KL-1"}]'])
def test_what_is_no_index_is_a_fault(text: str) -> None:
    with pytest.raises(LetterFault, match="not the index"):
        PressIndex.from_json(text)
