"""Merging: the pieces of a template and the customer's data become runs of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from letters.faults import LetterFault
from letters.formats import FORMATS, NO_BREAK, money, plain
from letters.pieces import Line, names_in
from letters.records import FieldValue, Price, Row
from letters.template import Body, Table, Template
from letters.words import Words, filled


class Run(NamedTuple):
    """Text of one weight."""

    text: str
    strong: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class MergedParagraph:
    """Text ready to be set."""

    runs: Runs
    heading: bool


@dataclass(frozen=True, slots=True)
class MergedTable:
    """Rows of label and value; the last is strong where a total is asked for."""

    rows: tuple[tuple[Runs, Runs], ...]


Merged = MergedParagraph | MergedTable


@dataclass(frozen=True, slots=True)
class Merge:
    """One reader's data, to be merged into the lines of one template."""

    template: Template
    fields: Mapping[str, FieldValue]
    rows: Mapping[str, Sequence[Row]]

    def line(self, line: Line) -> Runs:
        """The line with its fields written; raises LetterFault for a missing one."""
        return tuple(
            Run(self._written(piece.field) if piece.field else piece.text, piece.strong)
            for piece in line
        )

    def words(self, line: Line) -> str:
        """The line as plain text."""
        return "".join(run.text for run in self.line(line))

    def body(self, body: Body) -> Iterator[Merged]:
        """The blocks in order, without those that hang on an absent field."""
        for block in body.blocks:
            if isinstance(block, Table):
                yield from self._table(block)
            elif not self._left_out(block.line):
                yield MergedParagraph(self.line(block.line), block.heading)

    def _left_out(self, line: Line) -> bool:
        return any(
            self.template.fields[name].omit and self._absent(name) for name in names_in(line)
        )

    def _absent(self, name: str) -> bool:
        value = self.fields.get(name)
        return value is None or not str(value).strip()

    def _written(self, name: str) -> str:
        field = self.template.fields[name]
        if not self._absent(name):
            try:
                return FORMATS[field.format](self.fields[name], self.template.words)
            except LetterFault as fault:
                raise LetterFault(f"{self.template.id}, {name}: {fault}", name) from fault
        if field.otherwise is None:
            raise LetterFault(f"{self.template.id} needs the field {name}; give it a value.", name)
        return field.otherwise

    def _table(self, table: Table) -> Iterator[Merged]:
        rows = [
            (self.line(label), self.line(value))
            for label, value in table.facts
            if not self._left_out(label + value)
        ]
        if table.rows:
            if table.rows not in self.rows:
                raise LetterFault(
                    f"{self.template.id} needs the rows {table.rows}; give at least an empty list.",
                    table.rows,
                )
            rows += self._data_rows(table, self.rows[table.rows])
        if rows:
            if table.heading:
                yield MergedParagraph(self.line(table.heading), heading=True)
            yield MergedTable(tuple(rows))

    def _data_rows(self, table: Table, rows: Sequence[Row]) -> Iterator[tuple[Runs, Runs]]:
        words = self.template.words
        total = Price()
        for number, row in enumerate(rows, 1):
            label = f"{row.quantity}{NO_BREAK}× {row.text}" if row.quantity != 1 else row.text
            label = f"{number}{NO_BREAK}{NO_BREAK}{label}" if table.numbered else label
            value = row.value
            if isinstance(value, Price):
                value = value.times(row.quantity)
                total += value
            yield (Run(label),), (Run(_value(value, words)),)
        if table.total and len(rows) > 1:
            yield (Run(table.total, strong=True),), (Run(_price(total, words), strong=True),)


def _value(value: object, words: Words) -> str:
    if isinstance(value, Price):
        return _price(value, words)
    return "" if value is None else plain(value, words)


def _price(price: Price, words: Words) -> str:
    """`£65.00 a month`, `£60.00 once`, both, or that it costs nothing."""
    monthly = filled(words.monthly, amount=money(price.monthly, words)) if price.monthly else ""
    once = filled(words.once, amount=money(price.once, words)) if price.once else ""
    if monthly and once:
        return filled(words.monthly_and_once, monthly=monthly, once=once)
    return monthly or once or words.free


def is_heading(block: Merged) -> bool:
    """Whether the block belongs over the next one."""
    return isinstance(block, MergedParagraph) and block.heading
