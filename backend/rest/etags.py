"""Strong entity tags from revisions, and the conditions clients set on them (RFC 9110)."""

from __future__ import annotations

from backend.rest.errors import PreconditionFailed


def etag(revision: int) -> str:
    return f'"{revision}"'


def matches(condition: str, revision: int, *, weak: bool) -> bool:
    """Whether an If-Match or If-None-Match header names this revision.

    If-Match compares strongly (`weak` False): a weak tag never matches.
    """
    tags = [tag.strip() for tag in condition.split(",")]
    if "*" in tags:
        return True
    if weak:
        tags = [tag.removeprefix("W/") for tag in tags]
    return etag(revision) in tags


def require(condition: str | None, revision: int) -> None:
    """PreconditionFailed when If-Match was sent and names another revision."""
    if condition is not None and not matches(condition, revision, weak=False):
        raise PreconditionFailed(
            "Somebody changed this in the meantime.",
            "Read it again, then repeat your change.",
            code="preconditionFailed",
            headers={"ETag": etag(revision)},
        )
