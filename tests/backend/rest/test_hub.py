"""Systems register for events; nothing is ever sent where it should not go."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest

from backend.rest.hub import Subscription, subscribers_of
from tests.support.rest import AGENT, RESELLER, STRANGER, Api

HUB = "/tmf-api/party/v4/hub"
CALLBACK = "https://partner.example.com/tmf"
PEOPLE = "/tmf-api/party/v4/individual"
EDDA = {"givenName": "Edda", "familyName": "Marrowby"}

HOSTS = [
    "127.0.0.1", "localhost", "0", "2130706433", "0x7f000001", "0177.0.0.1", "127.1",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[fe80::1]", "[fc00::1]", "169.254.169.254",
    "[fd00:ec2::254]", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "224.0.0.1",
    "metadata.google.internal", "example.com", "partner.example.com.evil.example",
    "evil-partner.example.com", "partner.example.com@evil.example", "partner.example.com:8443",
    "user:secret@partner.example.com", "partner.example.com%00.evil.example",
    "partner.example.com%2eevil.example", "xn--prtner-bua.example.com", "",
]  # fmt: skip
CALLBACKS = [
    *(f"https://{host}/x" for host in HOSTS),
    *(f"http://{host}/x" for host in HOSTS),
    *(f"{scheme}://partner.example.com/x" for scheme in ("http", "ftp", "gopher", "file", "ws")),
    "file:///etc/passwd",
    "//partner.example.com/x",
    "/x",
    "https:/partner.example.com",
    "https://partner.example.com:99999/x",
    "https://partner.example.com/x#y",
    "https://partner.example.com/x?y=z",
    "https://partner.example.com\\@evil.example/x",
    "https://partner.example.com /x",
    "https://partner.example.com/\r\nHost: evil.example",
    "https://pärtner.example.com/x",
    "https://evil.example\\.partner.example.com",
    "https://partner.example.com/" + "x" * 2000,
]


@pytest.mark.parametrize("callback", CALLBACKS, ids=lambda one: quote(one)[:60] or "empty")
def test_other_addresses_are_refused(api: Api, callback: str) -> None:
    answer = api.post(HUB, {"callback": callback})
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "callbackRefused"
    assert "evil" not in answer.text


def test_a_subscription_is_made_once_and_taken_back(api: Api) -> None:
    query = "eventType=IndividualCreateEvent"
    made = api.post(HUB, {"callback": CALLBACK, "query": query})
    body = made.json()
    assert made.status_code == 201
    assert body == {"id": body["id"], "callback": CALLBACK, "query": query}
    assert made.headers["location"] == f"{HUB}/{body['id']}"
    assert api.post(HUB, {"callback": CALLBACK, "query": query}).status_code == 409
    elsewhere = f"/tmf-api/customerManagement/v4/hub/{body['id']}"
    assert api.call("DELETE", elsewhere).status_code == 404
    other = api.as_caller(replace(AGENT, user_id="other"))
    assert other.call("DELETE", made.headers["location"]).status_code == 404
    assert api.call("DELETE", made.headers["location"]).status_code == 204
    assert api.call("DELETE", made.headers["location"]).status_code == 404


@pytest.mark.parametrize("body", [{}, {"callback": 5}, {"callback": CALLBACK, "query": 5}])
def test_a_callback_is_needed(api: Api, body: dict[str, object]) -> None:
    assert api.post(HUB, body).status_code == 400


def test_other_queries_are_not_offered(api: Api) -> None:
    answer = api.post(HUB, {"callback": CALLBACK, "query": "event.individual.id=7"})
    assert answer.status_code == 501


def test_only_who_may_subscribe_does(api: Api) -> None:
    answer = api.as_caller(STRANGER).post(HUB, {"callback": CALLBACK})
    assert answer.status_code == 403


def subscribers(api: Api) -> list[Subscription]:
    with api.database.read() as connection:
        newest = connection.exec_driver_sql("SELECT max(sequence) FROM event").scalar_one()
        return subscribers_of(connection, newest)


def test_events_go_to_those_who_asked_and_may_see_them(api: Api) -> None:
    def subscribe(one: Api, path: str, query: str | None = None) -> None:
        wanted = {"callback": f"{CALLBACK}/{path}"} | ({"query": query} if query else {})
        assert one.post(HUB, wanted).status_code == 201

    subscribe(api, "all")
    subscribe(api, "created", "eventType=IndividualCreateEvent,IndividualDeleteEvent")
    subscribe(api, "states", "eventType=IndividualStateChangeEvent")
    subscribe(api.as_caller(RESELLER), "reseller")
    blind = replace(AGENT, user_id="blind", rights=frozenset({"hub.manage"}))
    subscribe(api.as_caller(blind), "blind")
    api.made(PEOPLE, EDDA)
    names = [one.callback.rpartition("/")[2] for one in subscribers(api)]
    assert names == ["all", "created"]
    api.as_caller(RESELLER).made(PEOPLE, EDDA)
    names = [one.callback.rpartition("/")[2] for one in subscribers(api)]
    assert names == ["all", "created", "reseller"]


def test_an_event_that_is_gone_goes_to_nobody(api: Api) -> None:
    with api.database.read() as connection:
        assert subscribers_of(connection, 999_999) == []
