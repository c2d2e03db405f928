"""What went wrong, in a sentence for the agent and a line for the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.language import tr

if TYPE_CHECKING:  # the client takes its time to import, and nothing has failed yet
    from backend_client.errors import ApiError


class FaultKind(StrEnum):
    """The six kinds that calls end in, the store's own, and a mistake of this program."""

    UNREACHABLE = "unreachable"
    SIGNED_OUT = "signedOut"
    NOT_ALLOWED = "notAllowed"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    SERVER = "server"
    STORE = "store"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure. `sentence` is for people; `log_line` holds no personal data."""

    kind: FaultKind
    sentence: str
    log_line: str = ""
    request_id: str = ""
    retry_helps: bool = False
    may_have_happened: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


def fault_of(error: BaseException) -> Fault:
    """Translate an error, once, at the boundary between work and screen."""
    from backend_client.errors import ApiError

    if isinstance(error, ApiError):
        return _api_fault(error)
    sentence = getattr(error, "sentence", None)
    if isinstance(sentence, str):  # the store's faults carry their own
        return Fault(FaultKind.STORE, sentence, log_line=type(error).__name__)
    text = tr("Something went wrong here, not with your call. Your work is saved.")
    return Fault(FaultKind.PROGRAM, text, log_line=type(error).__name__)


def _api_fault(error: ApiError) -> Fault:
    from backend_client.errors import Rejected

    kind = _kind(error)
    return Fault(
        kind=kind,
        sentence=_sentence(kind, error),
        log_line=error.log_line,
        request_id=error.request_id,
        retry_helps=error.retry_helps,
        may_have_happened=error.may_have_happened,
        fields=dict(error.fields) if isinstance(error, Rejected) else {},
    )


def _kind(error: ApiError) -> FaultKind:
    from backend_client import errors

    kinds: tuple[tuple[type[ApiError], FaultKind], ...] = (
        (errors.Unreachable, FaultKind.UNREACHABLE),
        (errors.SignedOut, FaultKind.SIGNED_OUT),
        (errors.NotAllowed, FaultKind.NOT_ALLOWED),
        (errors.Rejected, FaultKind.REJECTED),
        (errors.Conflict, FaultKind.CONFLICT),
        (errors.ServerFault, FaultKind.SERVER),
    )
    return next(kind for type_, kind in kinds if isinstance(error, type_))


def _sentence(kind: FaultKind, error: ApiError) -> str:
    if kind is FaultKind.SIGNED_OUT:
        return tr("You have been signed out. Your work is kept. Sign in again.")
    if kind is FaultKind.UNREACHABLE:
        return tr("The server did not answer. Your work is kept. Try again in a moment.")
    if kind is FaultKind.SERVER:
        return tr("The server could not do this. Your work is kept. Try again.")
    return error.reason
