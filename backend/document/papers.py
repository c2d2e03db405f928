"""Papers that people upload: read from the wire, and named so that no file name does harm."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass

from backend.rest.errors import Field, Invalid, TooLarge
from backend.rest.resource import Document

LARGEST = 2_500_000
"""Bytes of an uploaded paper, so that it fits into a request as base 64."""

_KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "application/pdf": (".pdf", (b"%PDF-",)),
    "image/png": (".png", (b"\x89PNG\r\n\x1a\n",)),
    "image/jpeg": (".jpg", (b"\xff\xd8\xff",)),
    "image/tiff": (".tif", (b"II*\x00", b"MM\x00*")),
}
_LONGEST_NAME = 100
_FORBIDDEN = re.compile(r'[\\/:*?"<>|%;]')  # in file names of one system or another, or headers


@dataclass(frozen=True, slots=True)
class Paper:
    """The bytes of an upload, what kind they are, and a harmless file name."""

    data: bytes
    mime_type: str
    file_name: str


def read_paper(attachment: Document, title: str) -> Paper:
    """The paper in an attachment's `content`; Invalid or TooLarge when it can not be kept.

    The bytes must be what `mimeType` says: nothing is ever served as another kind.
    """
    path = "binaryAttachment.0"
    if "url" in attachment or "href" in attachment:
        raise _wrong(f"{path}.url", "Send the paper itself as content, in base 64.")
    mime_type = attachment.get("mimeType")
    if mime_type not in _KINDS:
        raise _wrong(f"{path}.mimeType", f"Choose one of: {', '.join(sorted(_KINDS))}.")
    try:
        data = base64.b64decode(attachment.get("content") or "", validate=True)
    except (binascii.Error, ValueError) as error:
        raise _wrong(f"{path}.content", "This must be base 64.") from error
    if len(data) > LARGEST:
        raise TooLarge(
            "The paper is too large.",
            f"Scan it in a lower resolution: at most {LARGEST / 1_000_000} MB.",
            code="paperTooLarge",
        )
    if not data.startswith(_KINDS[mime_type][1]):
        raise _wrong(f"{path}.content", f"These bytes are not {mime_type}.")
    return Paper(data, mime_type, file_name(attachment.get("name") or title, mime_type))


def file_name(title: str, mime_type: str) -> str:
    """`title` as a file name without path, control or direction signs, with the right ending."""
    ending = _KINDS.get(mime_type, (".bin", ()))[0]
    flat = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", title))
    shown = "".join(sign if sign.isprintable() else " " for sign in flat)
    stem = " ".join(shown.split()).removesuffix(ending).strip(" .")[:_LONGEST_NAME].strip(" .")
    return f"{stem or 'document'}{ending}"


def _wrong(path: str, sentence: str) -> Invalid:
    return Invalid(
        "This paper can not be kept.",
        sentence,
        code="invalidPaper",
        fields=(Field(path, sentence),),
    )
