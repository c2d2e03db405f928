"""Deliveries: to the checked address, under the host's own name, and no further."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend.rest.hub import Subscription
from backend.rest.hub_adapter import Deliverer, DeliveryFailed, is_public

HOST = "partner.example.com"
SUBSCRIPTION = Subscription("s1", f"https://{HOST}/tmf", None)


@dataclass
class Partner:
    """A partner's server on this machine: what it got, and what it answers."""

    certificate: Path
    status: int = 201
    location: str = ""
    got: list[tuple[str, str, bytes]] = field(default_factory=list)
    port: int = 0

    def deliverer(self, *addresses: str) -> Deliverer:
        return Deliverer(
            frozenset({HOST}),
            resolve=lambda _host, _port: list(addresses or ("127.0.0.1",)),
            acceptable=lambda address: address == "127.0.0.1",
            certificates=str(self.certificate),
            port=self.port,
        )


def certificate(folder: Path, host: str) -> Path:
    """A certificate for `host` that signs itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[Partner]:
    partner = Partner(certificate(tmp_path, HOST))

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            partner.got.append((self.path, self.headers["Host"], body))
            self.send_response(partner.status)
            if partner.location:
                self.send_header("Location", partner.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            """Nothing: what matters is in `got`."""

    server = HTTPServer(("127.0.0.1", 0), Listener)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(partner.certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    partner.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield partner
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_event_is_posted_to_its_listener(partner: Partner) -> None:
    partner.deliverer().deliver(b'{"eventId": "1"}', "CustomerCreateEvent", SUBSCRIPTION)
    assert partner.got == [("/tmf/listener/customerCreateEvent", HOST, b'{"eventId": "1"}')]


@pytest.mark.parametrize(("status", "gone"), [(500, False), (404, False), (410, True)])
def test_a_refusal_is_told(partner: Partner, status: int, *, gone: bool) -> None:
    partner.status = status
    with pytest.raises(DeliveryFailed) as failed:
        partner.deliverer().deliver(b"{}", "CustomerCreateEvent", SUBSCRIPTION)
    assert failed.value.gone is gone


def test_redirects_are_not_followed(partner: Partner) -> None:
    partner.status, partner.location = 307, f"https://{HOST}:{partner.port}/elsewhere"
    with pytest.raises(DeliveryFailed):
        partner.deliverer().deliver(b"{}", "CustomerCreateEvent", SUBSCRIPTION)
    assert len(partner.got) == 1


@pytest.mark.parametrize("addresses", [("10.0.0.1",), ("127.0.0.1", "10.0.0.1"), ()])
def test_one_private_address_is_enough_to_stop(
    partner: Partner, addresses: tuple[str, ...]
) -> None:
    deliverer = partner.deliverer(*(addresses or ("169.254.169.254",)))
    with pytest.raises(DeliveryFailed):
        deliverer.deliver(b"{}", "CustomerCreateEvent", SUBSCRIPTION)
    assert partner.got == []


def test_a_host_taken_off_the_list_gets_nothing(partner: Partner) -> None:
    other = Subscription("s2", "https://former.example.com/tmf", None)
    with pytest.raises(DeliveryFailed) as failed:
        partner.deliverer().deliver(b"{}", "CustomerCreateEvent", other)
    assert failed.value.gone
    assert partner.got == []


def test_another_hosts_certificate_is_not_enough(partner: Partner, tmp_path: Path) -> None:
    partner.certificate = certificate(tmp_path, "other.example.com")
    with pytest.raises(DeliveryFailed):
        partner.deliverer().deliver(b"{}", "CustomerCreateEvent", SUBSCRIPTION)
    assert partner.got == []


def test_a_host_without_an_address_is_told() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(DeliveryFailed):
        Deliverer(frozenset({HOST}), resolve=unknown).deliver(b"{}", "XEvent", SUBSCRIPTION)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_only_addresses_out_in_the_world_are_public(address: str, *, public: bool) -> None:
    assert is_public(address) is public
