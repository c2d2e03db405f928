"""One call on a bad day: retries, sizes, times, redirects, cancelling."""

from __future__ import annotations

import contextlib
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from backend_client import (
    ApiError,
    BearerToken,
    Client,
    Rejected,
    Retry,
    ServerFault,
    Settings,
    Unreachable,
)
from backend_client.settings import Exchange
from tests.backend_client.conftest import Clock
from tests.backend_client.server import Fault, Reply, Request, Server, packed

CUSTOMER = {"id": "KF-1", "name": "Edda Marrowby", "@type": "Customer"}
CREATED = {"customerId": "KF-1", "accountId": "A-1", "orderId": "O-1", "orderNumber": "KO-1"}
NOT_REPEATED = {Fault.GARBAGE, Fault.BAD_GZIP, Fault.STATUS_500}


@pytest.mark.parametrize("fault", Fault)
def test_a_read_is_repeated_until_it_is_answered(
    server: Server, client: Client, fault: Fault
) -> None:
    server.says(CUSTOMER)
    server.faults.extend([fault, fault])
    if fault in NOT_REPEATED:
        with pytest.raises(ServerFault) as caught:
            client.customers.get("KF-1")
        assert caught.value.retry_helps
        assert not caught.value.may_have_happened
    else:
        assert client.customers.get("KF-1").name == "Edda Marrowby"
        assert len(server.requests) == 3


@pytest.mark.parametrize("fault", Fault)
def test_a_keyed_change_takes_effect_once(server: Server, client: Client, fault: Fault) -> None:
    """What the caller does on an unknown outcome, an outbox does: the same command again."""
    server.says(CREATED)
    server.faults.extend([fault, fault, fault])
    doubts: list[ApiError] = []
    for _ in range(4):
        try:
            created = client.desk.create("c-1", {"order": None})
            break
        except (Unreachable, ServerFault) as error:
            doubts.append(error)
    assert created.order_number == "KO-1"
    assert all(doubt.retry_helps and doubt.may_have_happened for doubt in doubts)
    assert server.effects == {"/desk-api/v1/creation/c-1": 1}


@pytest.mark.parametrize("fault", Fault)
def test_a_post_with_a_key_takes_effect_once(server: Server, client: Client, fault: Fault) -> None:
    server.says({"id": "O-1"}, 201)
    server.faults.extend([fault, fault, fault])
    for _ in range(4):
        with contextlib.suppress(Unreachable, ServerFault):
            client.orders.create({"productOrderItem": []}, key="k-1")
            break
    assert server.effects == {"k-1": 1}
    assert {request.headers["idempotency-key"] for request in server.requests} == {"k-1"}


@pytest.mark.parametrize("fault", Fault)
def test_a_change_without_a_key_is_sent_once(server: Server, client: Client, fault: Fault) -> None:
    server.faults.append(fault)
    with pytest.raises((Unreachable, ServerFault)) as caught:
        client.orders.create({"productOrderItem": []})
    assert len(server.requests) == 1
    assert caught.value.may_have_happened == (fault is not Fault.STATUS_429)


def test_doubt_outlives_a_later_attempt_that_never_arrived(
    server: Server, client: Client, clock: Clock
) -> None:
    server.faults.extend([Fault.DROPPED_AFTER, *[Fault.STATUS_429] * 3])
    with pytest.raises(Unreachable) as caught:
        client.desk.create("c-1", {})
    assert caught.value.status == 429
    assert caught.value.may_have_happened


def test_a_keyed_change_that_is_refused_in_the_end_is_refused(
    server: Server, client: Client
) -> None:
    server.says({"reason": "No such offer."}, 422)
    server.faults.append(Fault.DROPPED_BEFORE)
    with pytest.raises(Rejected) as caught:
        client.desk.create("c-1", {})
    assert not caught.value.may_have_happened


def test_waits_grow_with_chance_and_end(server: Server, client: Client, clock: Clock) -> None:
    server.faults.extend([Fault.DROPPED_BEFORE] * 9)
    with pytest.raises(Unreachable):
        client.customers.get("KF-1")
    assert clock.waits == pytest.approx([0.15, 0.3, 0.6])


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("0", 0.15),
        ("5", 5.15),
        ("-7", 0.15),
        ("2.5", 2.65),
        ("Fri, 20 Nov 2026 09:00:07 GMT", 7.15),
        ("Fri, 20 Nov 2015 09:00:07 GMT", 0.15),
        ("soon", 0.15),
        ("9" * 400, 0.15),
    ],
)
def test_retry_after_is_obeyed_or_passed_over(
    server: Server, client: Client, clock: Clock, header: str, wait: float
) -> None:
    replies = iter([Reply(503, b"", {"Retry-After": header}), Reply.of(CUSTOMER)])
    server.answering = lambda _request: next(replies)
    client.customers.get("KF-1")
    assert clock.waits == pytest.approx([wait])


@pytest.mark.parametrize(("header", "hours"), [("31", 0), ("86400", 24), ("999999999", 24)])
def test_a_long_retry_after_is_told_not_waited_for(
    server: Server, client: Client, clock: Clock, header: str, hours: int
) -> None:
    server.says({}, 503, Retry_After=header)
    with pytest.raises(Unreachable) as caught:
        client.customers.get("KF-1")
    assert clock.waits == []
    expected = timedelta(hours=hours) if hours else timedelta(seconds=31)
    assert caught.value.retry_at == clock.now() + expected


def test_nobody_listens(clock: Clock, settings: Settings) -> None:
    with (
        Client("http://127.0.0.1:1", tokens=BearerToken("t"), settings=settings) as client,
        pytest.raises(Unreachable) as caught,
    ):
        client.orders.create({})
    assert not caught.value.may_have_happened
    assert caught.value.status is None


def test_every_request_says_who_and_in_which_language(server: Server, client: Client) -> None:
    server.says(CUSTOMER)
    client.customers.get("KF-1")
    sent = server.requests[0].headers
    assert sent["authorization"] == "Bearer t0"
    assert sent["accept-language"] == "en-GB"
    assert sent["user-agent"].startswith("jackfield-client/")
    assert len(sent["x-request-id"]) == 32
    assert "cookie" not in sent


def test_attempts_of_one_call_share_a_request_id_that_the_error_carries(
    server: Server, client: Client
) -> None:
    server.faults.extend([Fault.STATUS_503] * 4)
    with pytest.raises(Unreachable) as caught:
        client.customers.get("KF-1")
    assert {r.headers["x-request-id"] for r in server.requests} == {caught.value.request_id}


def test_the_servers_own_request_id_wins_if_it_is_sane(server: Server, client: Client) -> None:
    server.says({}, 404, X_Request_Id="srv-1")
    with pytest.raises(Rejected) as caught:
        client.customers.get("KF-1")
    assert caught.value.request_id == "srv-1"
    server.says({}, 404, X_Request_Id="a name with blanks")
    with pytest.raises(Rejected) as caught:
        client.customers.get("KF-1")
    assert len(caught.value.request_id) == 32


def test_a_netrc_entry_does_not_overrule_the_token(
    server: Server, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login thief password of-tokens\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server.says(CUSTOMER)
    client.customers.get("KF-1")
    client.desk.welcome()
    assert [r.headers.get("authorization") for r in server.requests] == ["Bearer t0", None]


def test_cookies_are_not_kept(server: Server, client: Client) -> None:
    server.says(CUSTOMER, 200, Set_Cookie="session=1; Path=/")
    client.customers.get("KF-1")
    client.customers.get("KF-1")
    assert "cookie" not in server.requests[1].headers


def test_the_environments_proxy_is_used_and_settings_overrule_it(
    server: Server, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.says(CUSTOMER)
    away = "http://bss.example"
    for proxies in (None, {"http": server.url}):
        settings = Settings(proxies=proxies, clear_text=True)
        with Client(away, tokens=BearerToken("t"), settings=settings, clock=clock) as client:
            assert client.customers.get("KF-1").id == "KF-1"
    assert server.requests[0].headers["host"] == "bss.example"


def test_a_proxy_that_wants_a_sign_in_is_named(server: Server, client: Client) -> None:
    server.says({}, 407)
    with pytest.raises(Unreachable, match="407") as caught:
        client.customers.get("KF-1")
    assert "proxy" in caught.value.reason
    assert not caught.value.retry_helps


def test_an_answer_beyond_the_cap_is_refused(
    server: Server, clock: Clock, settings: Settings
) -> None:
    server.says({"id": "KF-1", "name": "x" * 2000})
    small = replace(settings, size_cap=1000)
    with (
        Client(server.url, tokens=BearerToken("t"), settings=small, clock=clock) as client,
        pytest.raises(ServerFault) as caught,
    ):
        client.customers.get("KF-1")
    assert caught.value.trace.cause == "answer too large"
    assert not caught.value.retry_helps


def test_a_gzip_bomb_fills_no_memory(server: Server, client: Client) -> None:
    bomb = packed(b" " * 300_000_000)
    server.answering = lambda _request: bomb
    tracemalloc.start()
    try:
        with pytest.raises(ServerFault):
            client.customers.get("KF-1")
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 40_000_000


def test_gzip_is_unpacked(server: Server, client: Client) -> None:
    server.answering = lambda _request: packed(b'{"id": "KF-1"}')
    assert client.customers.get("KF-1").id == "KF-1"


def test_an_answer_that_drips_for_ever_ends(
    server: Server, clock: Clock, settings: Settings
) -> None:
    class Racing(Clock):
        """Each look at the time is ten seconds later."""

        def monotonic(self) -> float:
            self.time += timedelta(seconds=10)
            return self.time.timestamp()

    server.says({"id": "KF-1", "name": "x" * 2_000_000})
    once = replace(settings, total_timeout=25, retry=Retry(attempts=1))
    with (
        Client(server.url, tokens=BearerToken("t"), settings=once, clock=Racing()) as client,
        pytest.raises(Unreachable) as caught,
    ):
        client.customers.get("KF-1")
    assert caught.value.trace.cause == "TimeoutError"


def test_a_read_follows_a_redirect_on_the_same_server(server: Server, client: Client) -> None:
    def answer(request: Request) -> Reply:
        if request.path.endswith("/KF-1"):
            return Reply(307, b"", {"Location": f"{request.path}-new?fields=name"})
        return Reply.of(CUSTOMER)

    server.answering = answer
    assert client.customers.get("KF-1").name == "Edda Marrowby"
    assert server.requests[1].raw_query == "fields=name"


@pytest.mark.parametrize(
    "location",
    ["http://evil.example/", "//evil.example/x", "https://127.0.0.1/x", "http://[bad", ""],
)
def test_no_redirect_leads_to_another_server(server: Server, client: Client, location: str) -> None:
    server.answering = lambda _request: Reply(302, b"", {"Location": location})
    with pytest.raises(ServerFault):
        client.customers.get("KF-1")


def test_a_change_follows_no_redirect(server: Server, client: Client) -> None:
    server.answering = lambda _request: Reply(308, b"", {"Location": "/elsewhere"})
    with pytest.raises(ServerFault):
        client.customers.create(CUSTOMER, key="k")
    assert len(server.requests) == 1


def test_the_observer_sees_attempts_without_ids_or_queries(
    server: Server, clock: Clock, settings: Settings
) -> None:
    seen: list[Exchange] = []
    server.says(CUSTOMER)
    server.faults.append(Fault.DROPPED_BEFORE)
    watched = replace(settings, on_exchange=seen.append)
    with Client(server.url, tokens=BearerToken("t"), settings=watched, clock=clock) as client:
        client.customers.get("KF-1", fields=("name",))
    assert [each.status for each in seen] == [None, 200]
    assert {each.route for each in seen} == {"/tmf-api/customerManagement/v4/customer/{id}"}


@pytest.mark.parametrize(
    "url",
    [
        "bss.example",
        "ftp://bss.example",
        "http://bss.example",
        "https://",
        "https://maren:secret@bss.example",
        "https://bss.example/?q=1",
    ],
)
def test_an_address_that_no_server_has_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"server's address|https"):
        Client(url)


def test_the_servers_address_may_have_a_path(server: Server, settings: Settings) -> None:
    server.says(CUSTOMER)
    with Client(f"{server.url}/bss/", tokens=BearerToken("t"), settings=settings) as client:
        client.customers.get("a/b ?#%")
    assert server.requests[0].path.startswith("/bss/tmf-api/customerManagement/v4/customer/a%2Fb")


@pytest.mark.parametrize("identifier", ["", ".", ".."])
def test_ids_that_mean_a_folder_are_not_sent(
    server: Server, client: Client, identifier: str
) -> None:
    with pytest.raises(Rejected) as caught:
        client.customers.get(identifier)
    assert caught.value.not_found
    assert server.requests == []
