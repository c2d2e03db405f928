"""The six kinds of error that a call can end in."""

# ruff: noqa: N818 - the six kinds have their names from what they mean to the caller

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is known of a failed call; holds no personal data and may be logged.

    `route` is the path with placeholders in place of ids, `code` the server's own error code.
    """

    method: str = ""
    route: str = ""
    request_id: str = ""
    status: int | None = None
    code: str = ""
    cause: str = ""

    def line(self, kind: str) -> str:
        """One line for a log."""
        facts = (
            kind,
            "" if self.status is None else str(self.status),
            self.method,
            self.route,
            f"code={self.code}" if self.code else "",
            f"cause={self.cause}" if self.cause else "",
            f"request={self.request_id}" if self.request_id else "",
        )
        return " ".join(fact for fact in facts if fact)


class ApiError(Exception):
    """A call failed. Only its six subclasses are raised; anything else is a bug.

    - `reason`: one sentence for people, the server's own where it gave one;
    - `detail`: the server's further text for people, or empty;
    - `told`: the server's whole error document, for what only one API says;
    - `trace`, `request_id`, `status`, `log_line`: for logs and support, no personal data;
    - `retry_helps`: whether the same call may succeed later as it stands;
    - `retry_at`: when the server asked to be called again, in UTC;
    - `may_have_happened`: a change was sent and its outcome is not known. Repeat it with the same
      key, or look whether it is there; never call it failed.
    """

    sentence = "The call failed."
    helps = False

    def __init__(
        self,
        reason: str = "",
        *,
        detail: str = "",
        trace: Trace | None = None,
        retry_helps: bool | None = None,
        retry_at: datetime | None = None,
        may_have_happened: bool = False,
    ) -> None:
        self.reason = reason or self.sentence
        self.detail = detail
        self.told: Mapping[str, Any] = _NONE
        self.trace = trace or Trace()
        self.retry_helps = self.helps if retry_helps is None else retry_helps
        self.retry_at = retry_at
        self.may_have_happened = may_have_happened
        super().__init__(self.reason)

    @property
    def request_id(self) -> str:
        return self.trace.request_id

    @property
    def status(self) -> int | None:
        """The HTTP status, or None where no answer came."""
        return self.trace.status

    @property
    def log_line(self) -> str:
        return self.trace.line(type(self).__name__)

    def __str__(self) -> str:
        """The log line: what a traceback shows must hold no personal data."""
        return self.log_line


class Unreachable(ApiError):
    """No connection, no answer in time, or a server that asks to wait."""

    sentence = "The server cannot be reached. Try again in a moment."
    helps = True


class SignedOut(ApiError):
    """Nobody is signed in, or no longer: sign in and repeat the call."""

    sentence = "You are signed out. Sign in and try again."


class NotAllowed(ApiError):
    """The person signed in has no right to this."""

    sentence = "You have no right to do this."


class Rejected(ApiError):
    """The server refused what was sent, or has no such thing (`not_found`).

    `fields` maps a dotted TMF path to the sentence about it.
    """

    sentence = "The server did not accept this."

    def __init__(
        self,
        reason: str = "",
        *,
        fields: Mapping[str, str] = _NONE,
        detail: str = "",
        trace: Trace | None = None,
    ) -> None:
        super().__init__(reason, detail=detail, trace=trace)
        self.fields = fields

    @property
    def not_found(self) -> bool:
        return self.status in {404, 410}


class Conflict(ApiError):
    """Somebody changed it in the meantime: read it again before changing it."""

    sentence = "This was changed in the meantime. Look at it again before you change it."


class ServerFault(ApiError):
    """The server failed, or answered something that cannot be read."""

    sentence = "The server made a mistake. Try again, and report it if it happens again."
    helps = True
