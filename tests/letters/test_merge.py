"""Fields and rows meet the template's text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from letters import FieldValue, LetterFault, Price, Row
from letters.merge import Merge, Merged, MergedTable
from tests.letters.samples import sample, words
from tests.letters.test_template import SMALL, parsed

NAME = {"customer.name": "Edda"}


def merged(
    fields: Mapping[str, FieldValue], rows: tuple[Row, ...] = (), text: str = SMALL
) -> list[Merged]:
    template = parsed(text)
    assert template.letter is not None
    return list(Merge(template, fields, {"items": rows}).body(template.letter))


def said(blocks: list[Merged]) -> list[str]:
    """Paragraphs as text, rows as `label | value`."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, MergedTable):
            lines += [" | ".join(_text(cell) for cell in row) for row in block.rows]
        else:
            lines.append(_text(block.runs))
    return lines


def _text(runs: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in runs).replace("\u00a0", " ")


def test_fields_are_written_in_their_format() -> None:
    assert said(merged({**NAME, "bill.sum": "12.5"})) == ["Dear Edda, you owe £12.50."]


@pytest.mark.parametrize("absent", [{}, {"bill.sum": ""}, {"bill.sum": "  "}])
def test_a_missing_field_takes_its_fall_back(absent: dict[str, FieldValue]) -> None:
    assert said(merged({**NAME, **absent})) == ["Dear Edda, you owe nothing."]


def test_nought_is_not_missing() -> None:
    assert said(merged({**NAME, "bill.sum": 0})) == ["Dear Edda, you owe £0.00."]


def test_a_missing_field_without_fall_back_is_named() -> None:
    with pytest.raises(LetterFault, match=r"LT99 needs the field customer\.name") as fault:
        merged({})
    assert fault.value.field == "customer.name"


def test_a_field_that_does_not_fit_its_format_is_named() -> None:
    with pytest.raises(LetterFault, match=r"bill\.sum: much is not an amount") as fault:
        merged({**NAME, "bill.sum": "much"})
    assert fault.value.field == "bill.sum"


def test_missing_rows_are_named() -> None:
    template = parsed(SMALL)
    assert template.letter is not None
    with pytest.raises(LetterFault, match="rows items"):
        list(Merge(template, NAME, {}).body(template.letter))


def test_a_paragraph_that_hangs_on_an_absent_field_is_left_out() -> None:
    text = SMALL.replace('otherwise = "nothing"', "omit = true").replace(
        "you owe {bill.sum}.", "\nYou owe {bill.sum}."
    )
    assert said(merged(NAME, text=text)) == ["Dear Edda,"]
    assert said(merged({**NAME, "bill.sum": 1}, text=text))[1] == "You owe £1.00."


def test_an_absent_fact_leaves_its_table() -> None:
    text = SMALL.replace('otherwise = "nothing"', "omit = true").replace("you owe {bill.sum}.", "")
    text = text.replace('rows = "items"', 'facts = [["You owe", "{bill.sum}"], ["A", "B"]]')
    assert said(merged(NAME, text=text)) == ["Dear Edda,", "A | B"]


def test_prices_are_multiplied_written_and_added_up() -> None:
    text = SMALL.replace('rows = "items"', 'rows = "items"\ntotal = "Together"\nnumbered = true')
    rows = (
        Row("Mesh pod", Price(Decimal(4)), quantity=2),
        Row("Handset", Price(Decimal(28), Decimal(49))),
        Row("Plastic SIM", Price(Decimal(0))),
        Row("Saving", Price(Decimal(-5))),
        Row("Engineer", date(2026, 11, 24)),
        Row("Note"),
    )
    assert said(merged(NAME, rows, text))[1:] == [
        "1  2 × Mesh pod | £8.00 a month",
        "2  Handset | £28.00 a month and £49.00 once",
        "3  Plastic SIM | no charge",
        "4  Saving | −£5.00 a month",
        "5  Engineer | 24 November 2026",
        "6  Note | ",
        "Together | £31.00 a month and £49.00 once",
    ]


def test_one_row_needs_no_total() -> None:
    text = SMALL.replace('rows = "items"', 'rows = "items"\ntotal = "Together"')
    assert said(merged(NAME, (Row("Pod", Price(Decimal(4))),), text))[1:] == ["Pod | £4.00 a month"]


def test_marks_inside_a_field_mean_nothing() -> None:
    block = merged({**NAME, "customer.name": "**{bill.sum}** # [items]"})[0]
    assert said([block]) == ["Dear **{bill.sum}** # [items], you owe nothing."]
    assert not isinstance(block, MergedTable)
    assert not any(run.strong for run in block.runs)


def test_a_letter_knows_its_brand_its_numbers_and_its_date() -> None:
    fields = sample("LT01").all_fields()
    assert fields["letter.number"] == "KL-0301177-9"
    assert fields["customer.number"] == "KF-0041873-6"
    assert fields["brand.name"] == "Kestrelfjord Telecom"
    assert words().language == "en-GB"


def test_prices_of_both_kinds_add_up_apart() -> None:
    assert Price(Decimal(1)) + Price(once=Decimal(2)) == Price(Decimal(1), Decimal(2))
    assert Price(Decimal(1)) + Price(Decimal(2)) == Price(Decimal(3))
