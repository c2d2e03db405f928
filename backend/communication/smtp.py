"""E-mails handed to a mail server by SMTP, and its refusals put into words."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

from backend.communication.carriers import Delayed, Outgoing, Undeliverable
from backend.communication.mail import compose

_PERMANENT = 500
_ENHANCED = re.compile(r"[45]\.\d{1,3}\.\d{1,3}")
_WORDS = {
    "1.1": "no such mailbox",
    "1.2": "no such domain",
    "1.10": "the domain takes no e-mail",
    "2.1": "the mailbox is closed",
    "2.2": "the mailbox is full",
    "2.3": "the message is too large for the mailbox",
    "3.4": "the message is too large for the mail server",
    "7.1": "the mail server does not accept it from us",
}


class Tls(Enum):
    """How the connection is kept private; NONE is for a server on the same machine."""

    NONE = "none"
    START = "starttls"
    WHOLE = "tls"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mails are handed in; `timeout` in seconds bounds each answer."""

    host: str
    port: int
    tls: Tls = Tls.START
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0


class SmtpCarrier:
    """Hands each e-mail to a mail server."""

    def __init__(self, server: MailServer, trust: ssl.SSLContext | None = None) -> None:
        self.server = server
        self._trust = trust or ssl.create_default_context()

    def carry(self, message: Outgoing) -> None:
        """Raises Undeliverable when refused for good, Delayed when it may work later."""
        with _said_in_words(), self._connection() as smtp:
            mail = compose(message)
            smtp.send_message(mail, message.sender.address, [message.receiver.address])

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        server = self.server
        if server.tls is Tls.WHOLE:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=self._trust
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        with smtp:
            if server.tls is Tls.START:
                smtp.starttls(context=self._trust)
            if server.user:
                smtp.login(server.user, server.password)
            yield smtp


@contextmanager
def _said_in_words() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refusal:
        code, said = next(iter(refusal.recipients.values()))
        raise _refused(code, said) from refusal
    except smtplib.SMTPAuthenticationError as refusal:
        raise Delayed("our mail server refused to sign us in") from refusal
    except smtplib.SMTPResponseException as refusal:
        raise _refused(refusal.smtp_code, refusal.smtp_error) from refusal
    except smtplib.SMTPNotSupportedError as refusal:
        raise Delayed("our mail server does not offer what this message needs") from refusal
    except (OSError, smtplib.SMTPException) as fault:
        raise Delayed("our mail server does not answer") from fault


def _refused(code: int, said: bytes | str) -> Exception:
    """A refusal from its code and its enhanced status (RFC 3463), in words."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    status = _ENHANCED.search(text)
    words = _WORDS.get(status[0][2:]) if status else None
    reason = words or f"the mail server refused it ({code})"
    return Undeliverable(reason) if code >= _PERMANENT else Delayed(reason)
