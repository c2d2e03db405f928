"""Network systems over HTTP: what each answer of theirs means to a flow."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from backend.flows.adapters.activation import SERVICE, Activation
from backend.flows.adapters.addresses import Address
from backend.flows.adapters.network import Answered, Call, NoAnswer, Pending, Refusal
from backend.flows.simulators.dials import Dial
from backend.flows.simulators.service import SimulatedService
from tests.backend.flows.conftest import Bench
from tests.support.tmf import assert_conforms

CALL = Call("hlr", "create-profile", "task-1", {"msisdn": "07700900477", "extras": ["M13"]})


@dataclass
class Exchange:
    """A system that answers what the test says, and remembers what it was asked."""

    url: str = ""
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    script = Exchange()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked = json.loads(self.rfile.read(length))
            script.asked.append((self.path, dict(self.headers), asked))
            self.send_response(script.status)
            for name, value in {**script.headers, "Content-Length": len(script.body)}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(script.body)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}"
    yield script
    server.shutdown()
    server.server_close()
    thread.join()


def adapter(exchange: Exchange, scale: float = 1.0) -> Activation:
    address = Address(exchange.url, token="our-secret", seconds=2)
    return Activation(lambda _system: address, scale)


def test_a_system_is_asked_as_tmf640_has_it_under_the_steps_key(exchange: Exchange) -> None:
    adapter(exchange).call(CALL)
    ((path, headers, body),) = exchange.asked
    assert path == SERVICE
    assert headers["Idempotency-Key"] == "task-1"
    assert headers["Authorization"] == "Bearer our-secret"
    assert_conforms(640, "Service_Create", body)
    told = {each["name"]: each["value"] for each in body["serviceCharacteristic"]}
    assert told == {"msisdn": "07700900477", "extras": ["M13"]}
    assert body["relatedEntity"][0]["id"] == "task-1"


def test_done_brings_what_the_system_tells_of_the_service(exchange: Exchange) -> None:
    exchange.body = b'{"serviceCharacteristic": [{"name": "cell", "value": "QX4"}, {"odd": 1}]}'
    assert adapter(exchange).call(CALL) == Answered({"cell": "QX4"})


@pytest.mark.parametrize(
    ("headers", "body", "left"),
    [
        ({"Retry-After": "7"}, b"{}", 7.0),
        ({"Retry-After": "7"}, b'{"state": "InProgress", "remainingSeconds": 1.5}', 1.5),
        ({}, b"{}", 30.0),
        ({"Retry-After": "Fri, 20 Nov 2026 10:00:00 GMT"}, b"", 30.0),
    ],
)
def test_accepted_is_asked_again_when_the_system_expects_to_be_done(
    exchange: Exchange, headers: dict[str, str], body: bytes, left: float
) -> None:
    exchange.status, exchange.headers, exchange.body = 202, headers, body
    assert adapter(exchange, scale=60).call(CALL) == Pending(timedelta(seconds=left * 60))


def test_a_no_is_a_no_with_its_reason(exchange: Exchange) -> None:
    exchange.status, exchange.body = 422, b'{"reason": "This IMSI is in use."}'
    assert adapter(exchange).call(CALL) == Refusal("This IMSI is in use.")
    exchange.body = b"<html>no JSON at all</html>"
    assert adapter(exchange).call(CALL) == Refusal("hlr refused create-profile.")


@pytest.mark.parametrize("status", [302, 401, 403, 404, 408, 429, 500, 502, 503])
def test_what_another_try_may_mend_is_no_answer(exchange: Exchange, status: int) -> None:
    exchange.status = status
    with pytest.raises(NoAnswer, match=str(status)):
        adapter(exchange).call(CALL)
    assert len(exchange.asked) == 1  # never sent on to another address


def test_nobody_there_and_no_address_are_no_answer() -> None:
    nobody = Activation(lambda _system: Address("http://127.0.0.1:9", seconds=1))
    with pytest.raises(NoAnswer, match="hlr did not answer"):
        nobody.call(CALL)
    with pytest.raises(NoAnswer, match="--systems"):
        Activation(lambda _system: None).call(CALL)


@pytest.fixture
def service(bench: Bench) -> Iterator[SimulatedService]:
    service = SimulatedService(bench.operation.flows.simulators, 1.0)
    yield service
    service.stop()


def provision(key: str) -> Call:
    return Call("network", "provision", key, {"step": "x"})


def test_simulated_systems_are_reached_like_real_ones(
    bench: Bench, service: SimulatedService
) -> None:
    systems = Activation(service.address)
    assert systems.call(provision("a")) == Pending(timedelta(minutes=30))
    bench.clock.at += timedelta(minutes=30)
    assert systems.call(provision("a")) == Answered({})
    assert systems.call(provision("a")) == Answered({})
    assert bench.operation.heard("network") == ["provision"]


def test_their_dials_are_felt_over_the_wire(bench: Bench, service: SimulatedService) -> None:
    systems = Activation(service.address)
    turn = bench.operation.flows.simulators.turn
    turn("network", "provision", Dial(timedelta(0), refused=1.0))
    assert systems.call(provision("a")) == Refusal("network refused provision.")
    turn("network", "provision", Dial(timedelta(0), unheard=1.0))
    with pytest.raises(NoAnswer):
        systems.call(provision("b"))
    assert bench.operation.heard("network") == ["provision"]


def test_a_stranger_and_a_system_nobody_knows_get_nothing(service: SimulatedService) -> None:
    known = service.address("network")
    assert known is not None
    stranger = Activation(lambda _system: Address(known.url, token="guessed"))
    with pytest.raises(NoAnswer, match="401"):
        stranger.call(provision("a"))
    assert service.address("coffee-machine") is None
    with pytest.raises(NoAnswer, match="--systems"):
        Activation(service.address).call(Call("coffee-machine", "brew", "a", {}))
