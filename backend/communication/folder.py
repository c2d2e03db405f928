"""Messages laid into folders: the demo's way out, and the mail house's hot folder."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from backend.communication.carriers import Delayed, Outgoing, Undeliverable
from backend.communication.mail import compose

_NOWHERE = "@gone.example.com"  # never a real domain (RFC 2606): so the demo can show a return


class MailFolder:
    """Each e-mail as a file `ID.eml`, as any mail program opens it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, message: Outgoing) -> None:
        if message.receiver.address.endswith(_NOWHERE):
            raise Undeliverable("no such mailbox")
        lay_down(self._folder / f"{message.id}.eml", compose(message).as_bytes())


class TextFolder:
    """Each text message as a file `ID.txt`: number, empty line, words."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, message: Outgoing) -> None:
        text = f"{message.sender.name} -> {message.receiver.address}\n\n{message.content}\n"
        lay_down(self._folder / f"{message.id}.txt", text.encode())


class PostFolder:
    """Each letter's file as `ID.pdf`, for a mail house to fetch, print and post."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, message: Outgoing) -> None:
        if not message.enclosures:
            raise Undeliverable("there is nothing to print")
        for number, one in enumerate(message.enclosures, 1):
            ending = Path(one.file_name).suffix
            name = message.id if number == 1 else f"{message.id}-{number}"
            lay_down(self._folder / f"{name}{ending}", one.data)


def lay_down(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all, for its owner only; Delayed if it fails."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(unfinished, "wb", opener=_private) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as fault:
        with suppress(OSError):
            unfinished.unlink()
        raise Delayed("the folder for outgoing messages can not be written") from fault


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
