"""Editions that cannot be: each is refused with every fault and its line; the old one stays."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from tests.backend.catalog.conftest import CATALOGUE, Document, in_force, with_faster
from tests.support.backend import RunningBackend


@pytest.fixture
def edition(operator_backend: RunningBackend) -> Document:
    return in_force(operator_backend)


def propose(backend: RunningBackend, document: Document) -> requests.Response:
    return backend.call("POST", f"{CATALOGUE}/proposal", "product", json=document)


def spoilt(catalogue: Document, how: str) -> Any:
    rules, offers, groups = catalogue["rules"], catalogue["offers"], catalogue["groups"]
    match how:
        case "unknown code":
            rules[3]["lhs"] = ["Q99"]
        case "cycle":
            groups["BB"], groups["FIB"] = ["FIB"], ["BB"]
        case "contradiction":
            rules.append({**rules[0], "id": "R200", "when": [], "lhs": ["M01"], "k": 0})
        case "text missing":
            del rules[5]["msg"]
        case "a million":
            offers[7]["max"] = 10**6
        case "always one":
            rules.append({**rules[0], "id": "R201", "when": [], "lhs": ["M01"], "op": ">=", "k": 1})
        case "against each other":
            for op, k in ((">=", 1), ("==", 0)):
                only = {"when": [["sel", ["M01"]]], "lhs": ["X09"], "op": op, "k": k}
                rules.append({**rules[0], **only, "id": f"R20{k}"})
    return misspelt(json.dumps(catalogue, indent=1), how)


def misspelt(text: str, how: str) -> str:
    """The text with what no document can hold."""
    match how:
        case "no json":
            return text[:-400]
        case "no number":
            return text.replace('"k": 0', '"k": NaN', 1)
        case "without end":
            return text.replace('"oneoff": 0', '"oneoff": -Infinity', 1)
        case "written twice":
            return text.replace('"max":', '"max": 1,\n"max":', 1)
    return text


@pytest.mark.parametrize(
    ("how", "where"),
    [
        ("unknown code", "rule R04"),
        ("cycle", "group BB"),
        ("contradiction", "offer M01"),
        ("text missing", "rule R06"),
        ("a million", "offer M08"),
        ("always one", "rule R201"),
        ("no json", "file"),
        ("no number", "file"),
        ("without end", "file"),
        ("written twice", "file"),
        ("against each other", "offer M01"),
    ],
)
def test_a_bad_catalogue_is_refused_with_its_line_and_the_old_one_stays(
    operator_backend: RunningBackend, edition: Document, how: str, where: str
) -> None:
    text = spoilt(edition["catalogue"], how)
    refused = propose(
        operator_backend, {"catalogue": text, "basedOn": edition["version"], "note": "Bad"}
    )
    assert refused.status_code == 422, refused.text
    faults = {each["where"]: each for each in refused.json()["faults"]}
    assert where in faults
    if where.split(maxsplit=1)[0] in {"offer", "rule"}:
        name = where.split()[1]
        line = text.splitlines()[faults[where]["line"] : faults[where]["line"] + 12]
        assert any(f'"{name}"' in each for each in line)
    assert faults[where]["line"] is not None
    if how == "against each other":
        assert all(f"R20{k} (line " in faults[where]["text"] for k in (0, 1))
    assert (
        operator_backend.call("GET", CATALOGUE, "product").json()["version"] == edition["version"]
    )


def test_an_expression_that_cannot_be_read_is_refused_by_its_line(
    operator_backend: RunningBackend, edition: Document
) -> None:
    entries = edition["specifications"]["specification"]
    specification = next(each for each in entries if len(each.get("characteristic", ())) > 1)
    field = specification["characteristic"][1]
    field["visible_when"] = "1 +"
    text = json.dumps(edition["specifications"], indent=1)
    body = f'{{"catalogue": {json.dumps(edition["catalogue"])},\n"specifications":\n{text}}}'
    said = operator_backend.call(
        "POST",
        f"{CATALOGUE}/check",
        "product",
        data=body,
        headers={"Content-Type": "application/json"},
    ).json()
    (fault,) = said["faults"]
    assert fault["where"] == f"{specification['id']}, {field['name']}"
    below = body.splitlines()[fault["line"] :][: len(field)]
    assert any(field["name"] in line for line in below)


def test_specifications_and_prices_are_refused_by_their_lines_too(
    operator_backend: RunningBackend, edition: Document
) -> None:
    edition["specifications"]["specification"][1]["kinds"] = 3
    edition["prices"]["price_list"][0]["valid_from"] = "one day"
    body = json.dumps(
        {part: edition[part] for part in ("catalogue", "specifications", "prices")}, indent=1
    )
    said = operator_backend.call(
        "POST",
        f"{CATALOGUE}/check",
        "product",
        data=body,
        headers={"Content-Type": "application/json"},
    ).json()
    assert not said["valid"]
    lines = body.splitlines()
    assert [(each["where"], lines[each["line"] - 1].strip(" ,")) for each in said["faults"]] == [
        ("specification sim", '"kinds": 3'),
        ("price_list PL-RES-26", '"valid_from": "one day"'),
    ]


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        ({"catalogue": None}, 400),
        ({"note": " "}, 400),
        ({"note": 3}, 400),
        ({"basedOn": "x"}, 400),
        ({"golden": "many"}, 400),
        ({"golden": [3]}, 422),
        ({"catalogue": 7}, 422),
        ({"catalogue": "[" * 5000}, 422),
        ({"specifications": []}, 422),
        ({"specifications": {"family": [3]}}, 422),
        ({"prices": {"vat_percent": "NaN"}}, 422),
    ],
)
def test_what_is_no_edition_is_refused(
    operator_backend: RunningBackend, edition: Document, spoil: Document, status: int
) -> None:
    refused = propose(operator_backend, {**with_faster(edition), **spoil})
    assert refused.status_code == status, refused.text


def test_nothing_new_is_no_proposal(operator_backend: RunningBackend, edition: Document) -> None:
    refused = propose(operator_backend, {"catalogue": edition["catalogue"], "note": "Nothing"})
    assert (refused.status_code, refused.json()["code"]) == (422, "noChange")
