"""E-mails and text messages out of the same templates as the letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from letters.faults import LetterFault
from letters.formats import MINUS
from letters.merge import Merge, Merged, MergedTable, Runs
from letters.records import FieldValue, Row
from letters.template import Template

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = frozenset("^{}\\[~]|€\f")
_PLAINER = str.maketrans(
    {MINUS: "-", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"',
     "…": "...", "×": "x"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Email:
    """A subject of one line and a plain body."""

    subject: str
    body: str


def email_of(
    template: Template,
    fields: Mapping[str, FieldValue],
    rows: Mapping[str, Sequence[Row]] | None = None,
) -> Email:
    """The e-mail; raises LetterFault for a missing field or a template without one.

    `fields` must bring the brand's too (`Brand.fields`, or `Letter.all_fields` for all).
    """
    if template.email is None:
        raise LetterFault(f"{template.id} is not sent by e-mail.", "email")
    merge = Merge(template, fields, rows or {})
    blocks = [_written(block) for block in merge.body(template.email)]
    subject = _one_line(merge.words(template.email.subject))
    return Email(subject, "\n\n".join(blocks) + "\n")


def text_of(template: Template, fields: Mapping[str, FieldValue]) -> str:
    """The text message, in the GSM alphabet as far as names allow; raises LetterFault."""
    if template.text is None:
        raise LetterFault(f"{template.id} is not sent as a text.", "text")
    return _one_line(Merge(template, fields, {}).words(template.text)).translate(_PLAINER)


def segments(text: str) -> int:
    """How many messages a text takes: 160 or 153 GSM characters each, else 70 or 67 (GSM 03.38)."""
    if set(text) <= GSM | GSM_DOUBLE:
        length, one, part = len(text) + sum(map(GSM_DOUBLE.__contains__, text)), 160, 153
    else:
        length, one, part = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= one else -(-length // part)


def _written(block: Merged) -> str:
    if isinstance(block, MergedTable):
        return "\n".join(_row(label, value) for label, value in block.rows)
    return _one_line(_words(block.runs))


def _row(label: Runs, value: Runs) -> str:
    name, worth = _one_line(_words(label)), _one_line(_words(value))
    return f"{name}: {worth}" if worth else name


def _words(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _one_line(text: str) -> str:
    """No line end or control: a field must not add a header or a line of its own."""
    return "".join(each if each.isprintable() else " " for each in text)
