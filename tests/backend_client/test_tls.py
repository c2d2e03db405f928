"""Trust comes from the operating system and from what IT adds, from nothing else."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from backend_client import BearerToken, Client, Settings, Unreachable


@dataclass(frozen=True)
class Secure:
    url: str
    certificate: Path


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"id": "KF-1"}')

    def log_message(self, *args: object) -> None:
        """Quiet."""


class _Http(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that breaks off the handshake is what the test is about."""


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Secure]:
    """A server with a certificate of its own making."""
    certificate = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    http = _Http(("127.0.0.1", 0), _Handler)
    http.socket = context.wrap_socket(http.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=http.serve_forever, args=(0.01,))
    thread.start()
    yield Secure(f"https://127.0.0.1:{http.server_port}", certificate)
    http.shutdown()
    thread.join()
    http.server_close()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(private + certificate.public_bytes(pem))
    return path


def test_an_unknown_certificate_is_refused_with_a_sentence(secure: Secure) -> None:
    with (
        Client(secure.url, tokens=BearerToken("t"), settings=Settings(proxies={})) as client,
        pytest.raises(Unreachable) as caught,
    ):
        client.orders.create({})
    assert "certificate" in caught.value.reason
    assert not caught.value.retry_helps
    assert not caught.value.may_have_happened


def test_a_certificate_that_it_adds_is_trusted(secure: Secure) -> None:
    settings = Settings(proxies={}, ca_file=secure.certificate)
    with Client(secure.url, tokens=BearerToken("t"), settings=settings) as client:
        assert client.customers.get("KF-1").id == "KF-1"


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_environment_cannot_add_trust(
    secure: Secure, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(secure.certificate))
    with (
        Client(secure.url, tokens=BearerToken("t"), settings=Settings(proxies={})) as client,
        pytest.raises(Unreachable, match="SSLCertVerificationError"),
    ):
        client.customers.get("KF-1")


def test_the_list_that_requests_brings_along_is_not_asked(secure: Secure) -> None:
    with Client(secure.url, settings=Settings(proxies={})) as client:
        adapter = client.transport._adapter
        pool = adapter.poolmanager.connection_from_url(secure.url)
        adapter.cert_verify(pool, secure.url, verify=True, cert=None)
        assert pool.cert_reqs == "CERT_REQUIRED"
        assert not getattr(pool, "ca_certs", None)
