"""The process in which the server has an edition proved: JSON comes in, the report goes out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from backend.lab.checking import Report, checked
from backend.lab.files import LabFault, cases_of
from backend.lab.gaps import Gaps, read_with_gaps
from backend.lab.named_lines import NamedLines
from backend.product_rules import BadCatalogue, Catalogue, read_catalogue_text
from backend.product_rules.catalogue import Fault

_LARGEST = 2_000_000
"""Offers times rules, up to which redundant rules are looked for: that grows with the square."""
_BEHIND = 10


def proved(task: Mapping[str, Any]) -> dict[str, Any]:
    """The report on `catalogue` (its text), with `golden` orders and prices `before`.

    `faults` holds everything that must be mended before it may be published, with its line.
    """
    text, before = task["catalogue"], task.get("before")
    try:
        catalogue, gaps = read_with_gaps(text)
    except BadCatalogue as error:
        return {"faults": [_told(fault) for fault in error.faults]}
    try:
        report = checked(
            catalogue,
            gaps,
            cases_of(task.get("golden") or ()),
            _read(before),
            redundant=len(catalogue.offers) * len(catalogue.rules) <= _LARGEST,
        )
    except LabFault as error:
        return {
            "faults": [_told(Fault("golden orders", str(error).removeprefix("Golden orders, ")))]
        }
    faults = [*_gaps(text, gaps), *_found(text, report)]
    return {**report.document(), "faults": [_told(fault) for fault in faults]}


def answered(task: bytes) -> bytes:
    return orjson.dumps(proved(orjson.loads(task)))


def _read(text: str | None) -> Catalogue | None:
    """What is in force; None where it is not a catalogue any more as this program reads them."""
    try:
        return read_catalogue_text(text) if text else None
    except BadCatalogue:
        return None


def _gaps(text: str, gaps: Gaps) -> Iterator[Fault]:
    """What reading it said of prices and texts that are missing."""
    if not (gaps.unpriced or gaps.untexted):
        return
    try:
        read_catalogue_text(text)
    except BadCatalogue as error:
        yield from error.faults


def _found(text: str, report: Report) -> Iterator[Fault]:
    lines = NamedLines(text)
    for code, rules in report.dead.items():
        yield lines.dead(code, rules)
    for rule in report.broken_by_nothing:
        yield lines.fault("rule", rule, "keeps somebody from ordering nothing at all")
    for broken in report.golden["broken"]:
        what = ", ".join(broken["breaks"])
        sentence = f"no longer valid: it breaks {what}" if what else "valid now, and must not be"
        yield Fault(f"golden order {broken['line']}", sentence)


def _told(fault: Fault) -> dict[str, Any]:
    return {"where": fault.where, "line": fault.line, "text": fault.text}


def main() -> None:
    """Prove what stands on standard input, behind whatever else the machine has to do."""
    if hasattr(os, "nice"):
        os.nice(_BEHIND)
    sys.stdout.buffer.write(answered(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
