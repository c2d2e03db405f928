"""The commands of the lab: their options, their answers and their exit codes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from backend.lab import publishing
from backend.lab.checking import Report, checked
from backend.lab.files import LabFault, cases_at, catalogue_at, text_of
from backend.lab.gaps import read_with_gaps
from backend.lab.named_lines import NamedLines
from backend.lab.offering import offered
from backend.lab.server_adapter import ServerSaidNo
from backend.product_rules import BadCatalogue

FOUND_FAULTS = 1


def add_arguments(lab: argparse.ArgumentParser) -> None:
    """The options of all commands, below the parser of `lab`."""
    verbs = lab.add_subparsers(dest="verb", required=True, metavar="check|offer|publish|approve")
    check = verbs.add_parser("check", help="prove that a catalogue has no faults")
    check.add_argument("catalogue", type=Path, metavar="CATALOGUE")
    check.add_argument("--strict", action="store_true", help="a redundant rule is a fault too")
    check.add_argument(
        "--golden",
        type=Path,
        metavar="FILE",
        help='orders that must stay as they are: lines {"facts", "picks", "valid": true or false}',
    )
    check.add_argument(
        "--against", type=Path, metavar="OLD", help="a catalogue to compare the prices with"
    )
    offer = verbs.add_parser("offer", help="say for each case what may be offered")
    offer.add_argument("--catalogue", type=Path, required=True, metavar="FILE")
    offer.add_argument(
        "--cases",
        type=Path,
        required=True,
        metavar="FILE",
        help='lines {"facts": {…}, "picks": {code: quantity}}; - reads standard input',
    )
    publishing.add_arguments(verbs)


def run(given: argparse.Namespace) -> int:
    """The exit code: 0, or 1 where a file or the catalogue has faults. Answers go to stdout."""
    try:
        return _VERBS[given.verb](given)
    except LabFault as fault:
        sys.stderr.write(f"jackfield-backend lab: {fault}\n")
        return FOUND_FAULTS
    except ServerSaidNo as refusal:
        if faults := refusal.told.get("faults"):
            _say({"faults": faults})
        sys.stderr.write(f"jackfield-backend lab: {refusal}\n")
        return FOUND_FAULTS
    except BrokenPipeError:  # whoever read has seen enough
        return 0


def _check(given: argparse.Namespace) -> int:
    text = text_of(given.catalogue)
    try:
        catalogue, gaps = read_with_gaps(text)
    except BadCatalogue as error:
        raise LabFault(f"{given.catalogue}: {error}") from None
    golden = cases_at(given.golden, golden=True) if given.golden else ()
    before = catalogue_at(given.against) if given.against else None
    report = checked(catalogue, gaps, golden, before)
    _say({**report.document(), **_where(text, report)})
    return FOUND_FAULTS if report.faulty(strict=given.strict) else 0


def _where(text: str, report: Report) -> dict[str, Any]:
    """By which rules an offer is dead, and the lines of all offers and rules that are named."""
    lines = NamedLines(text)
    rules = {*report.redundant, *report.broken_by_nothing}.union(*report.dead.values())
    return {
        "deadBy": dict(report.dead),
        "lines": {**lines.of("offer", report.dead), **lines.of("rule", sorted(rules))},
    }


def _offer(given: argparse.Namespace) -> int:
    catalogue = catalogue_at(given.catalogue)
    for answer in offered(catalogue, cases_at(given.cases)):
        _say(answer)
    return 0


def _publish(given: argparse.Namespace) -> int:
    _say(publishing.publish(given))
    return 0


def _approve(given: argparse.Namespace) -> int:
    _say(publishing.approve(given))
    return 0


def _say(answer: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


_VERBS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "offer": _offer,
    "publish": _publish,
    "approve": _approve,
}
