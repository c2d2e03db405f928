"""The command `systems`: the dials of the simulated systems from a command line."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from backend.faults import ExitCode, StartError

if TYPE_CHECKING:
    from backend.database import Database

_RATES = ("unheard", "unanswered", "refused")
_HELP = {
    "unheard": "share of calls that are lost on the way, from 0 to 1",
    "unanswered": "share of calls that are done and whose answer is lost",
    "refused": "share of calls that are refused, or reported to have failed",
}


def add_arguments(systems: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """The verbs below the parser of `systems`; each still needs to know its database."""
    verbs = systems.add_subparsers(dest="verb", required=True, metavar="list|dial")
    listing = verbs.add_parser("list", help="every operation with its dial, a line of JSON each")
    turning = verbs.add_parser("dial", help="turn a dial; what is not named stays as it is")
    turning.add_argument("system", metavar="SYSTEM")
    turning.add_argument("operation", metavar="OPERATION")
    turning.add_argument(
        "--delay", type=_delay, metavar="SECONDS", help="how long it takes, in operator's time"
    )
    for rate in _RATES:
        turning.add_argument(f"--{rate}", type=_rate, metavar="R", help=_HELP[rate])
    return [listing, turning]


def run(given: argparse.Namespace, database: Database) -> None:
    """Answer on stdout. StartError names a system or operation that is not there."""
    from backend.flows.simulators import dials  # only now: it imports what --help has no use for
    from backend.rest.errors import NotFound

    if given.verb == "list":
        with database.read() as connection:
            for one in dials.listed(connection):
                _say(one)
        return
    changes = {
        name: value for name in ("delay", *_RATES) if (value := getattr(given, name)) is not None
    }
    try:
        with database.begin() as connection:
            _say(dials.turn(connection, given.system, given.operation, changes))
    except NotFound as fault:
        raise StartError(ExitCode.USAGE, f"{fault.reason} Say `systems list`.") from fault


def _say(told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")


def _number(text: str, most: float) -> float:
    number = float(text)
    if not 0 <= number <= most:
        raise argparse.ArgumentTypeError(f"a number from 0 to {most:g}")
    return number


def _delay(text: str) -> float:
    return _number(text, 366 * 24 * 3600)


def _rate(text: str) -> float:
    return _number(text, 1)
