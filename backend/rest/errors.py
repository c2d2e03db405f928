"""The refusals that rules and routes may raise; each becomes one HTTP answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute that is wrong: its dotted path and what to do about it."""

    path: str
    message: str


@dataclass
class Problem(Exception):  # noqa: N818 - the family reads as sentences: raise NotFound(…)
    """A refusal with a sentence for people.

    `code` is the application's own code (TMF630: a text, not the HTTP number), `reason` the
    short sentence, `message` what to do about it.
    """

    reason: str
    message: str = ""
    code: str = ""
    fields: tuple[Field, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    status = 500

    def __post_init__(self) -> None:
        super().__init__(self.reason)


class Invalid(Problem):
    """The request is not understood: syntax, unknown or protected attributes."""

    status = 400


class NotSignedIn(Problem):
    status = 401


class Forbidden(Problem):
    status = 403


class NotFound(Problem):
    """There is no such thing, or the caller may not know that there is."""

    status = 404


class Conflict(Problem):
    status = 409


class PreconditionFailed(Problem):
    """If-Match names another revision: somebody changed the resource first."""

    status = 412


class TooLarge(Problem):
    status = 413


class UnsupportedMedia(Problem):
    status = 415


class Refused(Problem):
    """Understood but against the rules: illegal transition, dangling reference."""

    status = 422


class TooMany(Problem):
    status = 429


class NotSupported(Problem):
    """A filter or patch of TMF630 that this server does not offer."""

    status = 501


class Unavailable(Problem):
    status = 503
