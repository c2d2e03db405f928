"""Which carrier takes which kind of message, from what the backend was told at its start."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from backend.communication.carriers import Carrier, Kind
from backend.communication.folder import MailFolder, PostFolder, TextFolder
from backend.communication.smtp import MailServer, SmtpCarrier, Tls

_PORTS = {"smtp": 587, "smtps": 465}


def outlets(mail: str | None, password: str, data_folder: Path) -> Mapping[Kind, Carrier]:
    """A carrier for each kind; ValueError with a sentence when `mail` can not be read.

    `mail` is `folder:DIR`, `smtp://[user@]host[:port]` (STARTTLS, except to this very
    machine) or `smtps://…` (TLS throughout); None is the folder `mail` in `data_folder`.
    """
    return {
        Kind.EMAIL: _mail(mail or f"folder:{data_folder / 'mail'}", password),
        Kind.TEXT: TextFolder(data_folder / "texts"),
        Kind.LETTER: PostFolder(data_folder / "post"),
    }


def _mail(mail: str, password: str) -> Carrier:
    scheme, _colon, rest = mail.partition(":")
    if scheme == "folder" and rest:
        return MailFolder(Path(rest))
    parts = urlsplit(mail)
    if parts.scheme not in _PORTS or not parts.hostname or parts.path or parts.password:
        raise ValueError("--mail must read folder:DIR, smtp://[user@]host[:port] or smtps://….")
    return SmtpCarrier(
        MailServer(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            tls=_tls(parts),
            user=unquote(parts.username or ""),
            password=password,
        )
    )


def _tls(parts: SplitResult) -> Tls:
    if parts.scheme == "smtps":
        return Tls.WHOLE
    return Tls.NONE if _this_machine(parts.hostname or "") else Tls.START


def _this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
