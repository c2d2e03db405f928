"""`lab publish` and `lab approve`: from a file to what every desk sells, over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.backend.lab.conftest import Lab, Write
from tests.support.backend import RunningBackend


@pytest.fixture
def author(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JACKFIELD_PASSWORD", "product")


@pytest.mark.usefixtures("author")
def test_a_file_is_proposed_and_another_person_puts_it_in_force(
    lab: Lab,
    demo_path: Path,
    operator_backend: RunningBackend,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalogue = json.loads(demo_path.read_text())
    catalogue["offers"][0]["monthly"] = 8.75
    demo_path.write_text(json.dumps(catalogue, indent=1))
    where = ("--server", operator_backend.url)
    said = lab("publish", demo_path, *where, "--user", "product", "--note", "Skarv 5 is dearer")
    assert (said.code, said.fault) == (0, "")
    (proposal,) = said.answers
    assert (proposal["state"], proposal["check"]["valid"]) == ("proposed", True)

    own = lab("approve", proposal["id"], *where, "--user", "product")
    assert (own.code, own.answers) == (1, [])
    assert "You proposed this yourself." in own.fault

    monkeypatch.delenv("JACKFIELD_PASSWORD")
    monkeypatch.setenv("JACKFIELD_TOKEN", operator_backend.token("supervisor"))
    approved = lab("approve", proposal["id"], *where)
    assert (approved.code, approved.answers[0]["state"]) == (0, "published")
    price = "/tmf-api/productCatalogManagement/v4/productOfferingPrice/M01-monthly"
    assert operator_backend.call("GET", price).json()["price"]["value"] == 8.75


@pytest.mark.usefixtures("author")
def test_faults_are_printed_with_the_lines_of_the_file(
    lab: Lab, demo_path: Path, operator_backend: RunningBackend
) -> None:
    text = demo_path.read_text().replace('"max": 6,', '"max": 1000000,', 1)
    demo_path.write_text(text)
    where = ("--server", operator_backend.url, "--user", "product")
    said = lab("publish", demo_path, *where, "--note", "Too many")
    assert said.code == 1
    (fault,) = said.answers[0]["faults"]
    assert fault["where"] == "offer M01"
    assert '"M01"' in text.splitlines()[fault["line"] - 1]


@pytest.mark.parametrize(
    ("server", "sentence"),
    [
        ("http://bss.example", "use https"),
        ("https://product:secret@bss.example", "without a name or password"),
        ("http://127.0.0.1:9", "does not answer"),
    ],
)
@pytest.mark.usefixtures("author")
def test_a_server_that_cannot_be_spoken_to_is_said(lab: Lab, server: str, sentence: str) -> None:
    said = lab("approve", "1", "--server", server, "--user", "product")
    assert said.code == 1
    assert sentence in said.fault


def test_who_signs_in_must_be_said_and_no_password_stands_in_the_command(
    lab: Lab, demo_path: Path, write: Write
) -> None:
    where = ("--server", "http://127.0.0.1:9")
    assert "--user" in lab("approve", "1", *where).fault
    asked = lab("approve", "1", *where, "--user", "product")
    assert "JACKFIELD_PASSWORD" in asked.fault
    prices = write("prices.json", ["{"])
    said = lab("publish", demo_path, "--prices", prices, "--note", "x", *where)
    assert (said.code, "prices.json" in said.fault) == (1, True)
