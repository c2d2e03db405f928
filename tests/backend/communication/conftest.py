"""Fixtures of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backend.database import Database
from tests.support.post import Post, post_on
from tests.support.rest import Api


@pytest.fixture
def post(database: Database) -> Post:
    return post_on(database)


@pytest.fixture
def desk(post: Post) -> Iterator[Api]:
    with post.serve() as api:
        yield api
