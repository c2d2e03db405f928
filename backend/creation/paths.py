"""Says where in the whole command a nested resource was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from backend.rest.errors import Field, Problem


@contextmanager
def within(path: str) -> Iterator[None]:
    """Refusals inside name their fields from the command's root; one without names `path`."""
    try:
        yield
    except Problem as problem:
        problem.fields = tuple(
            Field(f"{path}.{field.path}", field.message) for field in problem.fields
        ) or (Field(path, problem.reason),)
        raise
