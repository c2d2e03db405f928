"""Every route of the whole backend, walked by what /openapi.json says about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.support.backend import RunningBackend
from tests.support.tmf import assert_conforms

TMF = "/tmf-api/"
FOLDER = Path(__file__).parents[3] / "shared" / "tmf"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
OPEN_TO_ALL = {
    "/health", "/health/live", "/metrics", "/auth/token", "/auth/revoke", "/desk-api/v1/",
}  # fmt: skip
SAYS_NOTHING = {"patchReservation", "approveProposal", "withdrawProposal"}
"""They prolong, approve, withdraw, and need no body to say so."""

PEOPLE = ("supervisor", "product", "agent")
NOT_FOR_PEOPLE = "listenToServiceStateChangeEvent"
"""Network systems call it, each with a secret of its own."""

OWN_ERRORS = {("/auth/token", "400"), ("/health", "503")}
"""Bodies that RFC 6749 and those who watch the server ask for."""


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    says: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def name(self) -> str:
        return str(self.says["operationId"])

    @property
    def of_nobody(self) -> str:
        """Its address, with ids that nothing has."""
        return re.sub(r"\{[^}]*\}", "nobody", self.path)


@pytest.fixture(scope="module")
def operations(shared_demo: RunningBackend) -> list[Operation]:
    paths = shared_demo.call("GET", "/openapi.json").json()["paths"]
    return [
        Operation(method.upper(), path, says)
        for path, methods in sorted(paths.items())
        for method, says in methods.items()
    ]


@cache
def official_lists() -> dict[str, tuple[int, str]]:
    """Address of each official list → number of its API, name of its definition."""
    found: dict[str, tuple[int, str]] = {}
    for path in FOLDER.glob("*.swagger.json"):
        number = int(path.name[3:6])
        document = json.loads(path.read_text())
        base = document["basePath"].rstrip("/")
        for end, methods in document["paths"].items():
            if "get" in methods and "{" not in end:
                schema = methods["get"]["responses"]["200"]["schema"]
                found[base + end] = (number, schema["items"]["$ref"].rpartition("/")[2])
    return found


def lists(operations: list[Operation]) -> list[Operation]:
    found = [one for one in operations if one.method == "GET" and one.path.startswith(TMF)]
    return [one for one in found if "{" not in one.path]


def read(backend: RunningBackend, path: str) -> requests.Response:
    """What whoever may read it gets."""
    for person in PEOPLE:
        answer = backend.call("GET", path, person)
        if answer.status_code != 403:
            break
    return answer


def assert_tells(answer: requests.Response, status: int, where: object) -> None:
    """A refusal in TMF630's form, with the status it names."""
    assert answer.status_code == status, f"{where}: {answer.status_code} {answer.text[:200]}"
    assert answer.headers["Content-Type"] == "application/json", where
    body = answer.json()
    assert {"code", "reason", "message", "status", "@type"} <= set(body), where
    assert (body["status"], body["@type"]) == (str(status), "Error"), where
    assert_conforms(629, "Error", body)


def test_every_list_and_what_is_in_it_conforms(
    shared_demo: RunningBackend, operations: list[Operation]
) -> None:
    official = official_lists()
    if not official:
        pytest.skip("TM Forum's official files are not beside this checkout (../shared/tmf)")
    seen = 0
    for one in lists(operations):
        answer = read(shared_demo, f"{one.path}?limit=20")
        assert answer.status_code == 200, f"{one}: {answer.text[:200]}"
        items = answer.json()
        assert int(answer.headers["X-Result-Count"]) == len(items), one
        assert int(answer.headers["X-Total-Count"]) >= len(items), one
        if one.path not in official or not items:
            continue
        seen += 1
        for item in items:
            assert_conforms(*official[one.path], item)
        found = read(shared_demo, f"{one.path}/{items[0]['id']}")
        assert found.status_code == 200, one
        assert_conforms(*official[one.path], found.json())
        assert found.json() == items[0], one
    assert seen >= 15


def test_every_list_refuses_what_it_does_not_understand(
    shared_demo: RunningBackend, operations: list[Operation]
) -> None:
    for one in lists(operations):
        for query in ("noSuchAttribute=1", "limit=many", "offset=-1"):
            assert_tells(read(shared_demo, f"{one.path}?{query}"), 400, f"{one}?{query}")


def test_nothing_of_tmf_has_what_nobody_made(
    shared_demo: RunningBackend, operations: list[Operation]
) -> None:
    for one in operations:
        if one.method == "GET" and one.path.startswith(TMF) and one.path.endswith("/{id}"):
            assert_tells(read(shared_demo, one.of_nobody), 404, one)


def test_nobody_gets_in_without_signing_in(
    shared_demo: RunningBackend, operations: list[Operation]
) -> None:
    for one in operations:
        if one.path not in OPEN_TO_ALL:
            answer = shared_demo.call(one.method, one.of_nobody, None)
            assert_tells(answer, 401, one)
            assert answer.headers["WWW-Authenticate"].startswith("Bearer"), one


def test_what_is_not_offered_is_refused_with_what_is(
    shared_demo: RunningBackend, operations: list[Operation]
) -> None:
    offered: dict[str, set[str]] = {}
    for one in operations:
        offered.setdefault(one.of_nobody, set()).add(one.method)
    for path, methods in offered.items():
        for method in METHODS:
            if method in methods:
                continue
            answer = shared_demo.call(method, path)
            where = f"{method} {path}"
            assert set(answer.headers.get("Allow", "").split(", ")) == methods, where
            if method == "HEAD":
                assert (answer.status_code, answer.content) == (405, b"")
            else:
                assert_tells(answer, 405, where)


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'{"a": NaN}', b""])
def test_every_write_refuses_a_body_that_is_none(
    shared_demo: RunningBackend, operations: list[Operation], body: bytes
) -> None:
    for one in operations:
        if one.name == NOT_FOR_PEOPLE:
            continue
        if one.method in {"POST", "PATCH"} and one.path.startswith(TMF):
            answer = shared_demo.call(
                one.method,
                one.of_nobody,
                "supervisor",
                data=body,
                headers={"Content-Type": "application/json"},
            )
            if answer.status_code == 403 or (not body and one.name in SAYS_NOTHING):
                continue
            assert_tells(answer, 400, f"{one} {body!r}")


@pytest.mark.parametrize("path", ["/nothing", f"{TMF}party/v4/nothing", "/desk-api/v1/nothing"])
def test_there_is_nothing_at_other_addresses(shared_demo: RunningBackend, path: str) -> None:
    for method in ("GET", "POST", "PATCH", "DELETE", "PUT"):
        assert_tells(shared_demo.call(method, path), 404, f"{method} {path}")


def test_every_operation_is_named_once_and_tells_its_answers(operations: list[Operation]) -> None:
    names = [one.name for one in operations]
    assert len(names) == len(set(names))
    for one in operations:
        answers = one.says["responses"]
        wanted = {"500"}
        if one.path not in OPEN_TO_ALL:
            wanted |= {"401"}
        if one.path.startswith(TMF) and one.name != NOT_FOR_PEOPLE:
            wanted |= {"403"}
        if one.path.startswith(TMF) and one.path.endswith("/{id}"):
            wanted |= {"404"}
        if one.method in {"POST", "PATCH", "PUT"}:
            wanted |= {"400"}
        assert wanted <= set(answers), f"{one}: {sorted(wanted - set(answers))}"
        assert any(status < "400" for status in answers), one


def test_every_error_is_told_in_the_same_form(operations: list[Operation]) -> None:
    for one in operations:
        for status, answer in one.says["responses"].items():
            if status >= "400" and (one.path, status) not in OWN_ERRORS:
                schema = answer["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Error"}, f"{one} {status}"


def test_every_write_shows_a_body_to_send(operations: list[Operation]) -> None:
    for one in operations:
        if one.method in {"POST", "PATCH", "PUT"}:
            for kind, media in one.says["requestBody"]["content"].items():
                assert media.get("example") or one.name in SAYS_NOTHING, f"{one} {kind}"


def test_every_example_is_taken_or_refused_for_what_it_points_at(
    shared_demo: RunningBackend, operations: list[Operation]
) -> None:
    """No example is refused for its form: at most for the customer or the offer it names."""
    for one in _creations(operations):
        example = one.says["requestBody"]["content"]["application/json"]["example"]
        answer = shared_demo.call("POST", one.path, "supervisor", json=example)
        assert answer.status_code in {201, 403, 404, 409, 422}, f"{one}: {answer.text[:300]}"


def _creations(operations: list[Operation]) -> Iterator[Operation]:
    for one in operations:
        named = one.method == "POST" and one.path.startswith(TMF) and "{" not in one.path
        if named and one.name != NOT_FOR_PEOPLE:
            yield one
