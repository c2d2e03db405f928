"""Server-sent events: bytes to messages (the event stream format of WHATWG HTML)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 10 * 1024 * 1024


class TooLong(ValueError):  # noqa: N818 - what it says of the message
    """A message that does not end."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `id` is the last id seen, also where this message brought none."""

    event: str
    data: str
    id: str


class Parser:
    """Fed with chunks cut anywhere; gives whole messages. Lines end in CR, LF or both."""

    def __init__(self, last_id: str = "") -> None:
        self.last_id = last_id
        self.retry_seconds: float | None = None
        self._rest = b""
        self._after_cr = False
        self._first = True
        self._event = ""
        self._data: list[str] = []
        self._size = 0

    def feed(self, chunk: bytes) -> Iterator[Message]:
        """Messages completed by this chunk. Raises TooLong."""
        for line in self._lines(chunk):
            if line:
                self._field(line)
            elif (message := self._dispatch()) is not None:
                yield message

    def _lines(self, chunk: bytes) -> Iterator[bytes]:
        if self._after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
        if chunk:
            self._after_cr = chunk.endswith(b"\r")
        text = (self._rest + chunk).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, self._rest = text.split(b"\n")
        if self._size + len(self._rest) > LONGEST:
            raise TooLong
        for line in lines:
            yield line.removeprefix(b"\xef\xbb\xbf") if self._first else line
            self._first = False

    def _field(self, line: bytes) -> None:
        name, _, value = line.decode("utf-8", "replace").partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._size += len(line)
            if self._size > LONGEST:
                raise TooLong
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self.last_id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry_seconds = min(int(value[:7]) / 1000, 60.0)

    def _dispatch(self) -> Message | None:
        event, data = self._event or "message", "\n".join(self._data)
        empty = not self._data
        self._event, self._data, self._size = "", [], 0
        return None if empty else Message(event, data, self.last_id)
