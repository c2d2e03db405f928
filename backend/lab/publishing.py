"""The commands `lab publish` and `lab approve`: a file becomes a proposal, a proposal a version."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from backend.lab.files import LabFault, cases_at, text_of
from backend.lab.server_adapter import Server, SignIn

TOKEN = "JACKFIELD_TOKEN"  # noqa: S105 - the name of a variable
PASSWORD = "JACKFIELD_PASSWORD"  # noqa: S105 - the name of a variable


def add_arguments(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of both commands."""
    publish = verbs.add_parser("publish", help="propose a catalogue to a running server")
    publish.add_argument("catalogue", type=Path, metavar="CATALOGUE")
    publish.add_argument("--note", required=True, help="what is new, for who approves it")
    for part in ("specifications", "prices"):
        publish.add_argument(
            f"--{part}", type=Path, metavar="FILE", help=f"{part} as TOML or JSON (those in force)"
        )
    publish.add_argument(
        "--golden", type=Path, metavar="FILE", help="orders that must stay valid (those in force)"
    )
    approve = verbs.add_parser("approve", help="put a proposal in force, as a second person")
    approve.add_argument("proposal", metavar="ID")
    for command in (publish, approve):
        command.add_argument("--server", required=True, metavar="URL")
        command.add_argument(
            "--user",
            metavar="NAME",
            help=f"who signs in; the password is asked for or stands in {PASSWORD} "
            f"(or a token in {TOKEN})",
        )


def publish(given: argparse.Namespace) -> Mapping[str, Any]:
    """Propose the files to the server; its answer. Raises LabFault, ServerSaidNo."""
    documents: dict[str, Any] = {"catalogue": text_of(given.catalogue), "note": given.note}
    for part in ("specifications", "prices"):
        if path := getattr(given, part):
            documents[part] = _table(path)
    if given.golden:
        documents["golden"] = [
            {"facts": case.facts, "picks": case.picks, "valid": case.valid}
            for case in cases_at(given.golden, golden=True)
        ]
    server = _server(given)
    documents["basedOn"] = server.version()
    return server.propose(documents, uuid4().hex)


def approve(given: argparse.Namespace) -> Mapping[str, Any]:
    """Approve one proposal; the server's answer. Raises LabFault, ServerSaidNo."""
    return _server(given).approve(given.proposal)


def _server(given: argparse.Namespace) -> Server:
    if token := os.environ.get(TOKEN):
        return Server(given.server, SignIn(token=token))
    if not given.user:
        raise LabFault(f"Say who signs in with --user, or put a token into {TOKEN}.")
    return Server(given.server, SignIn(user=given.user, password=_password(given.user)))


def _password(user: str) -> str:
    """From the environment, or asked for; never from the command line, which others can see."""
    if (given := os.environ.get(PASSWORD)) is not None:
        return given
    if not sys.stdin.isatty():
        raise LabFault(f"Put the password into {PASSWORD}, or a token into {TOKEN}.")
    return getpass.getpass(f"Password of {user}: ")


def _table(path: Path) -> Any:
    text = text_of(path)
    try:
        if path.suffix == ".toml":
            # days are written as JSON can hold them
            return json.loads(json.dumps(tomllib.loads(text), default=str))
        return json.loads(text)
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        raise LabFault(f"{path}: {error}") from None
