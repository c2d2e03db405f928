"""Whatever goes wrong, the answer is TMF630's error."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from requests import request

from backend.rest import error_pages
from backend.rest.errors import Problem
from tests.support.rest import Api, served

PEOPLE = "/tmf-api/party/v4/individual"
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/nowhere", None, {}, 404),
        ("GET", f"{PEOPLE}/nobody", None, {}, 404),
        ("GET", f"{PEOPLE}/%00", None, {}, 404),
        ("PUT", PEOPLE, b"{}", JSON, 405),
        ("POST", f"{PEOPLE}/x", b"{}", JSON, 405),
        ("POST", PEOPLE, b"{", JSON, 400),
        ("POST", PEOPLE, b"", JSON, 400),
        ("POST", PEOPLE, b"[]", JSON, 400),
        ("POST", PEOPLE, b"\xff", JSON, 400),
        ("POST", PEOPLE, b"[" * 5000, JSON, 400),
        ("POST", PEOPLE, b'{"givenName": NaN}', JSON, 400),
        ("POST", PEOPLE, b'{"givenName": "a\\u0000", "familyName": "b"}', JSON, 400),
        ("POST", PEOPLE, b"a=b", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ("PATCH", f"{PEOPLE}/nobody", b"{}", JSON, 404),
        ("PATCH", f"{PEOPLE}/nobody", b"<a/>", {"Content-Type": "application/xml"}, 415),
        (
            "PATCH",
            f"{PEOPLE}/nobody",
            b"[]",
            {"Content-Type": "application/json-patch-query+json"},
            501,
        ),
        ("GET", f"{PEOPLE}?filter=$..x", None, {}, 501),
        ("GET", f"{PEOPLE}?limit=x", None, {}, 400),
    ],
)
def test_every_refusal_has_one_shape(
    api: Api, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int
) -> None:
    answer = api.call(method, path, data=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    error = answer.json()
    assert set(error) - {"fields"} == {"code", "reason", "message", "status", "@type"}
    assert error["@type"] == "Error"
    assert error["status"] == str(status)
    assert error["code"].isalpha()
    assert error["reason"].endswith(".")


def test_405_names_what_may_be_done(api: Api) -> None:
    assert api.call("PUT", PEOPLE, {}).headers["allow"] == "GET, POST"
    one = api.call("POST", f"{PEOPLE}/x", {})
    assert one.headers["allow"] == "DELETE, GET, PATCH"
    customer = api.call("DELETE", "/tmf-api/customerManagement/v4/customer/x")
    assert customer.headers["allow"] == "GET, PATCH"


def test_415_names_what_is_understood(api: Api) -> None:
    xml = {"Content-Type": "text/xml"}
    assert api.call("POST", PEOPLE, data=b"<a/>", headers=xml).headers["accept-post"]
    patch = api.call("PATCH", f"{PEOPLE}/x", data=b"<a/>", headers=xml)
    assert "application/json-patch+json" in patch.headers["accept-patch"]


def test_the_door_comes_before_the_body(api: Api) -> None:
    answer = api.call("POST", PEOPLE, data=b"{", headers={**JSON, "X-Caller": "nobody"})
    assert answer.status_code == 401


def faulty() -> FastAPI:
    app = FastAPI()
    error_pages.install(app)

    @app.get("/fault")
    def fault() -> None:
        raise KeyError("secret detail")

    @app.get("/away")
    def away() -> None:
        raise sa.exc.OperationalError("SELECT secret", {}, Exception("gone"))

    @app.get("/number")
    def number(many: int) -> int:
        return many

    @app.get("/odd")
    def odd() -> None:
        raise Problem("Odd.")

    return app


def test_faults_say_nothing_of_the_inside(expected_log: list[str]) -> None:
    expected_log.append("Exception in ASGI application")
    with served(faulty()) as url:
        fault = request("GET", f"{url}/fault", timeout=5)
        away = request("GET", f"{url}/away", timeout=5)
        number = request("GET", f"{url}/number?many=secret", timeout=5)
        odd = request("GET", f"{url}/odd", timeout=5)
    assert (fault.status_code, fault.json()["code"]) == (500, "internalServerError")
    assert (away.status_code, away.headers["retry-after"]) == (503, "2")
    assert (number.status_code, number.json()["message"]) == (400, "Correct: query.many.")
    assert odd.status_code == 500
    assert "secret" not in fault.text + away.text + number.text
