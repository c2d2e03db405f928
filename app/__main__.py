"""The command `jackfield`: reads its arguments and hands over."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app.settings import BadSettings, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code of the process."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["backend"]:
        return _backend(words[1:])
    given = _parser().parse_args(words)
    try:
        return _run(given)
    except BadSettings as error:
        sys.stderr.write(f"jackfield: {error}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="jackfield", description="The call-centre desk.")
    top.add_argument("--demo", action="store_true", help="with a demo operator on this machine")
    top.add_argument("--server", metavar="URL", help="address of the server, unless a policy says")
    top.add_argument("--smoke", action="store_true", help="open the window, close it, end")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    call = commands.add_parser("call", help="hand a ringing number to the running desk")
    call.add_argument("number")
    tour = commands.add_parser("tour", help="show the main job by itself, and leave pictures of it")
    tour.add_argument("--out", metavar="DIR", type=Path, default=Path("tour"), help="where to")
    commands.add_parser("doctor", help="look at everything the desk needs")
    return top


def _run(given: argparse.Namespace) -> int:
    settings = read_settings(server=given.server)
    match given.command:
        case "call":
            from ui.instance import hand_over_call

            return hand_over_call(settings, given.number)
        case "tour":
            from ui.tour.run import run_tour

            return run_tour(given.out)
        case "doctor":
            from app.doctor import examine
            from ui.checks import qt_checks

            findings = []
            for finding in examine(settings, more=qt_checks()):
                sys.stdout.write(finding.line() + "\n")
                findings.append(finding)
            return int(any(not found.well and found.needed for found in findings))
    from ui.application import run_desk

    return run_desk(settings, demo=given.demo, smoke=given.smoke)


def _backend(arguments: Sequence[str]) -> int:
    """Be the demo's backend, for as long as the desk that started it lives."""
    from app.demo import end_with_parent
    from backend.__main__ import main as backend

    end_with_parent()
    return backend(arguments)


if __name__ == "__main__":
    sys.exit(main())
