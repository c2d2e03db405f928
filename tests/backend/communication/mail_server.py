"""A real mail server on this machine, with refusals to choose."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_PATIENCE = 20.0  # seconds without an answer


def _set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass
class Mailbox:
    """What arrived; `refusal` is said to the next receivers instead of taking them.

    While `answers` is not set, an e-mail arrives but its sender is left without an answer.
    """

    arrived: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    refusal: str = ""
    port: int = 0
    users: set[str] = field(default_factory=set)
    answers: threading.Event = field(default_factory=_set)

    async def handle_RCPT(  # noqa: N802 - the server's name for it
        self,
        _server: object,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the server's name for it
        self, _server: object, session: Session, envelope: Envelope
    ) -> str:
        content: Any = envelope.content
        mail: EmailMessage = BytesParser(EmailMessage, policy=SMTP).parsebytes(content)
        self.arrived.append(mail)
        self.receivers.extend(envelope.rcpt_tos)
        signed_in: Any = session.auth_data
        if signed_in is not None:
            self.users.add(signed_in.login.decode())
        await asyncio.to_thread(self.answers.wait, _PATIENCE)
        return "250 OK"


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None, password: str = "") -> Iterator[Mailbox]:
    """A mail server; with `tls` it wants STARTTLS, with `password` signing in."""
    mailbox = Mailbox(port=_free_port())

    def known(
        _server: object, _session: Session, _envelope: Envelope, _how: str, data: LoginPassword
    ) -> AuthResult:
        return AuthResult(success=data.password == password.encode(), handled=False, auth_data=data)

    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        tls_context=tls,
        require_starttls=tls is not None,
        auth_required=bool(password),
        auth_require_tls=tls is not None,
        authenticator=known if password else None,
        enable_SMTPUTF8=True,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's TLS for 127.0.0.1 and what a client needs to trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(pem)
    client = ssl.create_default_context(
        cadata=pem.read_text().partition("KEY-----\n")[2].partition("KEY-----\n")[2]
    )
    return server, client


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
