"""A template is checked when it is read, not when a customer waits for the letter."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from letters import LetterFault, Template, parse_template
from letters.template import Table
from tests.letters.samples import KINDS, resource, template, words

SMALL = """
id = "LT99"
name = "Trial"
version = 1
channels = ["letter"]
senders = ["agent"]
archive_years = 1
envelope = "window"

[fields]
"customer.name" = {}
"bill.sum" = { format = "money", otherwise = "nothing" }

[tables.items]
rows = "items"

[letter]
subject = "Hello"
body = '''
Dear {customer.name},
you owe {bill.sum}.

[items]
'''
"""


def parsed(text: str) -> Template:
    return parse_template(text, words())


@pytest.mark.parametrize("kind", KINDS)
def test_every_template_of_the_resources_can_be_read(kind: str) -> None:
    found = template(kind)
    assert found.id == kind
    assert found.words.language == "en-GB"


def test_every_file_of_the_language_is_a_template_or_known_by_name() -> None:
    names = {each.name for each in files("resources").joinpath("letters", "en").iterdir()}
    assert names == {f"{kind}.toml" for kind in KINDS} | {"words.toml", "terms.txt"}


def test_legal_texts_named_by_templates_exist() -> None:
    known = re.findall(r"\((terms-\d+)\)", resource("en/terms.txt"))
    named = {template(kind).legal for kind in KINDS} - {""}
    assert named <= set(known)


def test_a_body_is_paragraphs_and_tables() -> None:
    letter = parsed(SMALL).letter
    assert letter is not None
    paragraph, table = letter.blocks
    assert isinstance(table, Table)
    assert table.rows == "items"
    assert not isinstance(paragraph, Table)
    assert [piece.text for piece in paragraph.line] == ["Dear ", "", ", you owe ", "", "."]


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [
        ("{bill.sum}", "{bill.total}", "bill.total"),
        ("you owe {bill.sum}.", "", "bill.sum"),
        ('format = "money"', 'format = "eval"', "bill.sum"),
        ('otherwise = "nothing"', 'else = "nothing"', "else"),
        ("[items]\n'''", "[offers]\n'''", "offers"),
        ('channels = ["letter"]', 'channels = ["letter", "fax"]', "channels"),
        ('channels = ["letter"]', 'channels = ["letter", "text"]', "text"),
        ('channels = ["letter"]', "channels = []", "channels"),
        ('envelope = "window"', 'envelope = "bottle"', "envelope"),
        ("version = 1", "version = 0", "version"),
        ("version = 1", "version = true", "version"),
        ('rows = "items"', 'facts = [["one"]]', "items"),
        ('rows = "items"', 'numbered = "yes"', "numbered"),
        ('"customer.name" = {}', '"customer.name" = 1', "customer.name"),
        ('subject = "Hello"', 'subjects = "Hello"', "subjects"),
        ('name = "Trial"', 'name = ""', "name"),
    ],
)
def test_what_does_not_fit_is_named(was: str, becomes: str, field: str) -> None:
    assert was in SMALL
    with pytest.raises(LetterFault) as fault:
        parsed(SMALL.replace(was, becomes))
    assert fault.value.field == field


@pytest.mark.parametrize("value", ["7", "[]", "{}", '""', "[[]]", '{ a = "b" }', "2026-01-01"])
@pytest.mark.parametrize(
    "line", [line for line in SMALL.splitlines() if " = " in line and "'''" not in line]
)
def test_a_value_of_the_wrong_kind_is_a_fault_or_read_but_never_a_crash(
    line: str, value: str
) -> None:
    text = SMALL.replace(line, f"{line.split(' = ', maxsplit=1)[0]} = {value}")
    try:
        assert parsed(text).id
    except LetterFault as fault:
        assert str(fault).endswith(".")  # noqa: PT017 - both outcomes are right


def test_a_text_message_has_a_body_and_nothing_else() -> None:
    text = SMALL.replace('["letter"]', '["letter", "text"]')
    assert parsed(text + '[text]\nbody = "Hi"\n').text
    with pytest.raises(LetterFault, match="subject"):
        parsed(text + '[text]\nbody = "Hi"\nsubject = "Hi"\n')
