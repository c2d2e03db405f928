"""The command `jackfield-backend`: serve, work, migrate, seed, and the product lab."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from backend import logs
from backend.faults import ExitCode, StartError
from backend.flows import commands as flows
from backend.flows.adapters.addresses import read_addresses
from backend.flows.simulators import commands as systems
from backend.lab import commands as lab
from backend.settings import (
    DEFAULT_PORT,
    DEMO_TIME_SCALE,
    USUAL_HOLD,
    USUAL_TIME_SCALE,
    Settings,
    default_data_folder,
)
from backend.stop_signals import Stopped, StopSignals

_LAST_PORT = 65_535
_LONGEST_HOLD = 3600


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code of the process. Logs go to stderr, answers to stdout."""
    given = parser().parse_args(arguments)
    logs.configure()
    signals = StopSignals()
    try:
        with signals.listening():
            if given.command == "lab":
                return lab.run(given)
            if given.command == "flows" and given.verb != "show":
                return flows.run(given)
            _run(given, signals)
    except StartError as fault:
        sys.stderr.write(f"jackfield-backend: {fault}\n")
        return fault.code
    except Stopped:
        return ExitCode.DONE
    return ExitCode.DONE


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(
        prog="jackfield-backend", description="The backend of the call-centre desk Jackfield."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = _add_serve(commands)
    worker = commands.add_parser("worker", help="do the jobs of process flows")
    worker.add_argument(
        "--metrics-port",
        type=_port,
        metavar="PORT",
        help="tell health and figures on this port of this machine (0 takes a free one)",
    )
    migrate = commands.add_parser("migrate", help="bring the database up to date and end")
    seed = commands.add_parser("seed", help="fill the database with invented customers")
    seed.add_argument("--customers", type=_count, required=True, metavar="N")

    dials = systems.add_arguments(
        commands.add_parser("systems", help="read and turn the dials of the simulated systems")
    )
    in_force = flows.add_arguments(
        commands.add_parser("flows", help="check definitions of process flows, or show them")
    )
    lab.add_arguments(commands.add_parser("lab", help="prove a catalogue, or try it on cases"))

    for command in (serve, worker, migrate, seed, *dials, in_force):
        _add_database(command)
    for command in (serve, worker):
        _add_mail(command)
        _add_steps(command)
    return top


def _add_serve(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
) -> argparse.ArgumentParser:
    serve = commands.add_parser("serve", help="answer requests")
    serve.add_argument("--demo", action="store_true", help="with the demo operator's accounts")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, help="0 takes a free one (%(default)s)"
    )
    serve.add_argument(
        "--no-worker", dest="worker", action="store_false", help="leave jobs to other processes"
    )
    serve.add_argument(
        "--no-faults",
        dest="faults",
        action="store_false",
        help="let the demo operator's systems never fail",
    )
    serve.add_argument(
        "--callback-host",
        dest="callback_hosts",
        action="append",
        default=[],
        metavar="HOST",
        help="a host that event subscriptions may name; may be given again",
    )
    serve.add_argument(
        "--hold",
        type=_seconds,
        default=USUAL_HOLD,
        metavar="SECONDS",
        help=f"how long a new order may be undone before it begins ({USUAL_HOLD.seconds})",
    )
    serve.add_argument(
        "--processes",
        type=_count,
        default=1,
        metavar="N",
        help="how many processes answer, best one for each core (%(default)s; Linux)",
    )
    return serve


def _add_steps(command: argparse.ArgumentParser) -> None:
    """Where and how the steps of process flows are carried out."""
    command.add_argument(
        "--systems",
        type=Path,
        metavar="FILE",
        help="where network systems are reached (TOML); without it they are simulated",
    )
    command.add_argument(
        "--flows",
        type=_folder,
        metavar="DIR",
        help="the operator's own definitions of process flows, laid over the shipped ones",
    )
    command.add_argument(
        "--time-scale",
        type=_scale,
        metavar="N",
        help="let waiting steps of process flows pass N times as fast "
        f"(serve: {USUAL_TIME_SCALE:g}, with --demo {DEMO_TIME_SCALE:g}; "
        "worker: as the server of the database was told)",
    )


def _add_database(command: argparse.ArgumentParser) -> None:
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--data-dir",
        type=Path,
        default=default_data_folder(),
        metavar="DIR",
        help="folder of the embedded PostgreSQL (%(default)s)",
    )
    where.add_argument(
        "--database-url", metavar="URL", help="another PostgreSQL: postgresql://user@host/database"
    )


def _add_mail(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--mail",
        metavar="WHERE",
        help="folder:DIR, smtp://[user@]host[:port] or smtps://… (the folder mail in --data-dir)",
    )
    command.add_argument(
        "--mail-password-file",
        dest="mail_password",
        type=_secret,
        metavar="FILE",
        help="holds the password for the mail server",
    )


def _run(given: argparse.Namespace, signals: StopSignals) -> None:
    from backend import commands  # only now: --help need not wait for a web server's import

    options = vars(given)
    scale = options.get("time_scale")
    if given.command == "serve" and scale is None:
        scale = DEMO_TIME_SCALE if given.demo else USUAL_TIME_SCALE
    settings = Settings(
        host=options.get("host", "127.0.0.1"),
        port=options.get("port", DEFAULT_PORT),
        data_folder=given.data_dir,
        database_url=given.database_url,
        demo=options.get("demo", False),
        worker=options.get("worker", True),
        time_scale=scale,
        callback_hosts=frozenset(options.get("callback_hosts", ())),
        mail=options.get("mail"),
        mail_password=options.get("mail_password") or "",
        hold=options.get("hold", timedelta(0)),
        flows=options.get("flows"),
        faults=options.get("faults", False),
        processes=options.get("processes", 1),
        metrics_port=options.get("metrics_port"),
        systems=read_addresses(options["systems"]) if options.get("systems") else {},
    )
    match given.command:
        case "serve":
            commands.serve(settings, signals)
        case "worker":
            commands.work(settings, signals)
        case "migrate":
            commands.migrate(settings)
        case "seed":
            commands.seed(settings, given.customers)
        case "systems":
            commands.systems(settings, given)
        case "flows":
            commands.show_flow(settings, given.code)


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _LAST_PORT:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return number


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError("a folder")
    return path


def _secret(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError:
        raise argparse.ArgumentTypeError("a file that can be read") from None


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _seconds(text: str) -> timedelta:
    number = float(text)
    if not 0 <= number <= _LONGEST_HOLD:
        raise argparse.ArgumentTypeError(f"a number of seconds from 0 to {_LONGEST_HOLD}")
    return timedelta(seconds=number)


def _scale(text: str) -> float:
    number = float(text)
    if not (math.isfinite(number) and number > 0):
        raise argparse.ArgumentTypeError("a number above 0")
    return number


if __name__ == "__main__":
    sys.exit(main())
