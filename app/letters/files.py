"""The bytes of letters: from the store or the server, and only the very ones that were sent."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from app.language import tr
from app.letters.records import Letter
from app.store.store import Store
from backend_client import Client
from backend_client.desk_records import Account

_LONGEST = 100
_FORBIDDEN = re.compile(r'[\\/:*?"<>|%;]')  # in file names of one system or another
# names that Windows keeps for devices, with or without an ending
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class OtherBytes(Exception):  # noqa: N818 - not a program fault: a sentence for the person
    """What came is not what was sent."""

    def __init__(self) -> None:
        self.sentence = tr("This file is not the one that was sent, so it is not shown.")
        super().__init__(self.sentence)


@dataclass(frozen=True, slots=True)
class File:
    """A letter's bytes and their SHA-256; `proven` where the server had told it before."""

    data: bytes
    sha256: str
    proven: bool


class LetterFiles:
    """Reads the files of letters. Every method belongs in a thread of its own."""

    def __init__(self, client: Client, store: Store, clock: Callable[[], dt.datetime]) -> None:
        self._client = client
        self._store = store
        self._clock = clock

    def read(self, account: Account, letter: Letter) -> File:
        """The bytes of a letter; OtherBytes where they are not those that were sent.

        Kept letters need no server; a kept file that has changed is asked for anew.
        """
        kept = self._store.cache.letter(letter.document_id)
        if kept is not None:
            found = _checked(kept.document, letter.sha256)
            if found is not None:
                return found
        document = next(each for each in account.documents if each.id == letter.document_id)
        content = self._client.documents.content(document)
        found = _checked(content.data, letter.sha256)
        if found is None:
            raise OtherBytes
        customer_id = account.customer.id if account.customer else ""
        self._store.cache.put_letter(document.id, customer_id, content.data, self._clock())
        return found


def _checked(data: bytes, told: str) -> File | None:
    digest = hashlib.sha256(data).hexdigest()
    if told and told.strip().lower() != digest:
        return None
    return File(data, digest, proven=bool(told))


def file_name(letter: Letter) -> str:
    """A name that every system takes: `LT09 Engineer appointment KL-0301177-9.pdf`."""
    words = unicodedata.normalize("NFC", f"{letter.title} {letter.number}")
    shown = "".join(sign if sign.isprintable() else " " for sign in _FORBIDDEN.sub(" ", words))
    stem = " ".join(shown.split()).strip(" .")[:_LONGEST].strip(" .")
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    return f"{stem or tr('Letter')}.pdf"
