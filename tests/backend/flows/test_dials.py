"""Dials of the simulated systems: over HTTP for people, on the command line for machines."""

from __future__ import annotations

import json

import pytest

from backend.__main__ import parser
from backend.faults import StartError
from backend.flows.simulators import commands, dials
from backend.flows.simulators.behaviour import BEHAVIOURS
from backend.rest.errors import NotFound
from tests.backend.flows.conftest import Bench
from tests.support.backend import RunningBackend

PATH = "/desk-api/v1/simulators"


def test_every_system_of_the_operator_is_listed(bench: Bench) -> None:
    with bench.operation.database.read() as connection:
        listed = dials.listed(connection)
    assert {(one["system"], one["operation"]) for one in listed} == set(BEHAVIOURS)
    assert {
        "hlr", "esim", "porting", "access", "dslam", "sip", "tv", "warehouse", "calendar",
        "credit", "register", "companies", "prepaid", "billing",
    } <= {one["system"] for one in listed}  # fmt: skip
    assert all(one["refused"] == 0 for one in listed)


def test_turning_one_rate_leaves_the_others(bench: Bench) -> None:
    with bench.operation.database.begin() as connection:
        dials.turn(connection, "hlr", "bar", {"delay": 7.5, "unheard": 0.25})
        turned = dials.turn(connection, "hlr", "bar", {"refused": 1.0})
    assert turned == {
        "system": "hlr", "operation": "bar", "delay": 7.5,
        "unheard": 0.25, "unanswered": 0.0, "refused": 1.0,
    }  # fmt: skip


def test_what_no_system_does_has_no_dial(bench: Bench) -> None:
    with (
        bench.operation.database.begin() as connection,
        pytest.raises(NotFound, match="hlr does nothing called dance"),
    ):
        dials.turn(connection, "hlr", "dance", {"refused": 1.0})


def test_the_demos_systems_fail_as_often_as_the_operators_and_turned_dials_stay(
    bench: Bench,
) -> None:
    with bench.operation.database.begin() as connection:
        dials.turn(connection, "access", "test-line", {"refused": 0.5})
        dials.seed(connection)
        rates = {
            (one["system"], one["operation"]): one["refused"]
            for one in dials.listed(connection)
            if one["refused"]
        }
    assert rates == {
        ("access", "test-line"): 0.5,
        ("calendar", "watch-visit"): 0.02,
        ("porting", "ask-donor"): 0.06,
        ("warehouse", "reserve-devices"): 0.01,
    }


def test_people_with_the_right_turn_dials_over_http(backend: RunningBackend) -> None:
    one = f"{PATH}/porting/ask-donor"
    assert backend.call("PUT", one, "agent", json={"refused": 1}).status_code == 403
    assert backend.call("GET", PATH, "agent").status_code == 403
    turned = backend.call("PUT", one, "it", json={"refused": 0.5, "delay": 60})
    assert turned.status_code == 200
    assert turned.json()["refused"] == 0.5
    assert turned.json() in backend.call("GET", PATH, "supervisor").json()
    assert backend.call("PUT", one, "it", json={"refused": 2}).status_code in {400, 422}
    assert backend.call("PUT", f"{PATH}/hlr/dance", "it", json={}).status_code == 404


def test_the_command_line_lists_and_turns(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    database = bench.operation.database
    given = ["systems", "dial", "tv", "bar", "--delay", "3", "--refused", "1"]
    commands.run(parser().parse_args(given), database)
    told = json.loads(capsys.readouterr().out)
    commands.run(parser().parse_args(["systems", "list"]), database)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told in lines
    assert len(lines) == len(BEHAVIOURS)


def test_the_command_line_refuses_what_is_no_rate() -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["systems", "dial", "tv", "bar", "--refused", "2"])


def test_the_command_line_says_what_is_not_there(bench: Bench) -> None:
    given = parser().parse_args(["systems", "dial", "tv", "dance"])
    with pytest.raises(StartError, match="does nothing called dance"):
        commands.run(given, bench.operation.database)
