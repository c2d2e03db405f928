"""The command `flows`: definitions are checked and shown without a server."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

FOUND_FAULTS = 1


def add_arguments(flows: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The verbs below the parser of `flows`; the one returned needs to know its database."""
    verbs = flows.add_subparsers(dest="verb", required=True, metavar="check|show|schema")
    check = verbs.add_parser("check", help="say every fault of definitions, with its line")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    show = verbs.add_parser("show", help="the text of a definition that is in force")
    show.add_argument("code", metavar="ID", help="such as PF01")
    verbs.add_parser("schema", help="the JSON schema of definitions, for editors")
    return show


def run(given: argparse.Namespace) -> int:
    """Carry `check` or `schema` out: the answer is JSON on stdout; 1 when there are faults."""
    if given.verb == "schema":
        from backend.flows.format import json_schema  # only now: --help has no use for it

        return _say(json_schema())
    faults = _faults(given.files)
    return _say(faults) or (FOUND_FAULTS if faults else 0)


def _faults(paths: list[Path]) -> list[dict[str, object]]:
    from backend.flows.own_definitions import checked  # only now: it imports the whole server
    from backend.flows.vocabulary import usual_vocabulary

    words = usual_vocabulary()
    found = ((path, checked(path, words).fault) for path in paths)
    return [
        {"file": str(path), "line": fault.line, "fault": fault.fault}
        for path, fault in found
        if fault is not None
    ]


def _say(told: object) -> int:
    sys.stdout.write(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    return 0
