"""A letter's text as data: the template file read, checked and cut into pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from letters.declared import (
    Entries,
    entries_of,
    number_at,
    only,
    switch_at,
    table_at,
    text_at,
    text_or_empty,
    texts_at,
)
from letters.faults import LetterFault
from letters.formats import FORMATS
from letters.pieces import Line, Piece, cut, names_in
from letters.words import Words

CHANNELS = frozenset({"letter", "email", "text"})
ENVELOPES = frozenset({"window", "sealed", "none"})
GIVEN = MappingProxyType(
    {
        "brand.name": "text",
        "brand.phone": "text",
        "brand.web": "text",
        "customer.number": "text",
        "letter.date": "date",
        "letter.number": "text",
    }
)
_ABOUT = frozenset({"id", "name", "version", "channels", "senders", "legal"})
_PAPER = frozenset({"archive_years", "envelope", "duplex"})
_TEXTS = frozenset({"fields", "tables", "letter", "email", "text"})
_TABLE_LINE = re.compile(r"\[([a-z_]+)\]")


@dataclass(frozen=True, slots=True)
class Field:
    """How a merge field is written, and what stands in for it when it is missing."""

    format: str
    otherwise: str | None = None
    omit: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, or a heading over what follows."""

    line: Line
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Facts of the template, then the rows of the letter called `rows`, then their total."""

    name: str
    heading: Line
    facts: tuple[tuple[Line, Line], ...]
    rows: str
    total: str
    numbered: bool


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Body:
    """A subject line and the blocks under it."""

    subject: Line
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One letter type in one language and version; a channel it lacks is None."""

    id: str
    name: str
    version: int
    words: Words
    channels: tuple[str, ...]
    senders: tuple[str, ...]
    archive_years: int
    envelope: str
    duplex: bool
    legal: str
    fields: MappingProxyType[str, Field]
    letter: Body | None
    email: Body | None
    text: Line | None


def parse_template(text: str, words: Words) -> Template:
    """A template from its TOML; raises LetterFault naming the entry or merge field at fault."""
    entries = entries_of(text, _ABOUT | _PAPER | _TEXTS)
    declared = table_at(entries, "tables")
    tables = {name: _table(name, table_at(declared, name)) for name in declared}
    template = Template(
        id=text_at(entries, "id"),
        name=text_at(entries, "name"),
        version=number_at(entries, "version"),
        words=words,
        channels=_among(texts_at(entries, "channels"), CHANNELS, "channels"),
        senders=texts_at(entries, "senders"),
        archive_years=number_at(entries, "archive_years"),
        envelope=_among((text_at(entries, "envelope"),), ENVELOPES, "envelope")[0],
        duplex=switch_at(entries, "duplex"),
        legal=text_or_empty(entries, "legal"),
        fields=MappingProxyType(_fields(table_at(entries, "fields"))),
        letter=_body(entries, "letter", tables),
        email=_body(entries, "email", tables),
        text=_text(entries),
    )
    _check(template)
    return template


def _among(given: tuple[str, ...], allowed: frozenset[str], name: str) -> tuple[str, ...]:
    if not given or not set(given) <= allowed:
        raise LetterFault(f"Choose {name} among {', '.join(sorted(allowed))}.", name)
    return given


def _fields(entries: Entries) -> dict[str, Field]:
    found = {name: Field(format=form) for name, form in GIVEN.items()}
    for name in entries:
        entry = table_at(entries, name)
        only(entry, frozenset({"format", "otherwise", "omit"}))
        form = text_or_empty(entry, "format") or "text"
        if form not in FORMATS:
            raise LetterFault(f"Choose a format among {', '.join(FORMATS)}.", name)
        otherwise = text_or_empty(entry, "otherwise")
        found[name] = Field(form, otherwise or None, switch_at(entry, "omit"))
    return found


def _table(name: str, entry: Entries) -> Table:
    only(entry, frozenset({"heading", "facts", "rows", "total", "numbered"}))
    return Table(
        name=name,
        heading=cut(text_or_empty(entry, "heading")),
        facts=_facts(name, entry.get("facts", [])),
        rows=text_or_empty(entry, "rows"),
        total=text_or_empty(entry, "total"),
        numbered=switch_at(entry, "numbered"),
    )


def _facts(table: str, entry: object) -> tuple[tuple[Line, Line], ...]:
    facts: list[tuple[Line, Line]] = []
    for each in entry if isinstance(entry, list) else [entry]:
        match each:
            case [str(label), str(value)]:
                facts.append((cut(label), cut(value)))
            case _:
                raise LetterFault("Write each fact as a label and a value.", table)
    return tuple(facts)


def _body(entries: Entries, channel: str, tables: dict[str, Table]) -> Body | None:
    if channel not in entries:
        return None
    entry = table_at(entries, channel)
    only(entry, frozenset({"subject", "body"}))
    blocks = tuple(_block(each, tables) for each in _paragraphs(text_at(entry, "body")))
    return Body(cut(text_at(entry, "subject")), blocks)


def _text(entries: Entries) -> Line | None:
    if "text" not in entries:
        return None
    entry = table_at(entries, "text")
    only(entry, frozenset({"body"}))
    return cut(text_at(entry, "body"))


def _paragraphs(text: str) -> Iterator[str]:
    """Blank lines part paragraphs; a line break inside one is only a space."""
    for each in re.split(r"\n\s*\n", text.strip()):
        yield " ".join(each.split())


def _block(text: str, tables: dict[str, Table]) -> Block:
    if named := _TABLE_LINE.fullmatch(text):
        if named[1] not in tables:
            raise LetterFault(f"No table is called {named[1]}.", named[1])
        return tables[named[1]]
    heading = text.startswith("# ")
    return Paragraph(cut(text.removeprefix("# ")), heading)


def _check(template: Template) -> None:
    """Channels have their texts, and fields are declared if and only if they are used."""
    for channel in CHANNELS:
        if (channel in template.channels) != (getattr(template, channel) is not None):
            raise LetterFault(f"List the channel {channel} exactly when it has a text.", channel)
    used = set(names_in(_pieces(template)))
    if unknown := sorted(used - set(template.fields)):
        raise LetterFault(f"Declare the merge field {unknown[0]}.", unknown[0])
    if idle := sorted(set(template.fields) - used - set(GIVEN)):
        raise LetterFault(f"No text uses the merge field {idle[0]}.", idle[0])


def _pieces(template: Template) -> Iterator[Piece]:
    for body in (template.letter, template.email):
        if body is not None:
            yield from body.subject
            for block in body.blocks:
                yield from _of_block(block)
    yield from template.text or ()


def _of_block(block: Block) -> Iterable[Piece]:
    if isinstance(block, Paragraph):
        yield from block.line
        return
    yield from block.heading
    for label, value in block.facts:
        yield from label
        yield from value
