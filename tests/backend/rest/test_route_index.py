"""Routes found by the beginning of their path answer as they would one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.rest import route_index
from tests.support.processor_time import Client, Request

PATHS = (
    "/a", "/a/b", "/a/b/{id}", "/a/{x}/c", "/a/{x}/c/{id}", "/a/b/mine", "/{any}/b",
    "/a/b/{p:path}",
)  # fmt: skip
ASKED = st.lists(st.sampled_from(["a", "b", "c", "mine", "x", ""]), max_size=5)
METHODS = st.sampled_from(["GET", "PATCH", "DELETE"])


def routers(paths: Iterable[str]) -> list[APIRouter]:
    """Every path answers its own template, to GET or, every second one, to PATCH."""
    made = []
    for number, path in enumerate(paths):
        router = APIRouter()
        methods = ["PATCH"] if number % 2 else ["GET"]
        router.add_api_route(path, lambda path=path: path, methods=methods)
        made.append(router)
    return made


def served(paths: Iterable[str], *, indexed: bool) -> FastAPI:
    web = FastAPI()
    for router in routers(paths):
        web.include_router(router)
    if indexed:
        route_index.install(web)
    return web


@settings(deadline=None, max_examples=60)
@given(st.permutations(PATHS), ASKED, METHODS)
def test_the_same_route_answers_as_without_the_index(
    paths: list[str], segments: list[str], method: str
) -> None:
    request = Request(method, "/" + "/".join(segments))
    answers = [
        asyncio.run(Client(served(paths, indexed=indexed)).ask(request))
        for indexed in (True, False)
    ]
    assert answers[0] == answers[1]


def test_descriptions_still_name_every_route() -> None:
    ours, plain = (served(PATHS, indexed=indexed).openapi() for indexed in (True, False))
    assert ours == plain


def test_an_inclusion_keeps_its_prefix_and_its_guard() -> None:
    def nobody() -> None:
        raise HTTPException(401)

    inner = APIRouter()
    inner.add_api_route("/b/{id}", lambda id: id, methods=["GET"])  # noqa: A006 - the parameter
    outer = APIRouter()
    outer.include_router(inner, prefix="/open")
    outer.include_router(inner, prefix="/shut", dependencies=[Depends(nobody)])
    web = FastAPI()
    web.include_router(outer)
    web.include_router(inner, dependencies=[Depends(nobody)])
    route_index.install(web)
    answers = [
        asyncio.run(Client(web).ask(Request("GET", path))).status
        for path in ("/open/b/1", "/shut/b/1", "/b/1")
    ]
    assert answers == [200, 401, 401]
