"""Finds a request's route by the fixed beginning of its path, not by trying one after another."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

_CHOSEN = "jackfield.route"

Beginning = tuple[str, ...]
"""The segments of a path before its first parameter."""


class RouteIndex(BaseRoute):
    """Stands for all `routes`; of those that fit a path the first one wins, as without it."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        known = [(_beginnings(route), route) for route in routes]
        self._under: dict[Beginning, list[BaseRoute]] = {
            one: [
                route
                for others, route in known
                if any(one[: len(other)] == other for other in others)
            ]
            for beginnings, _route in known
            for one in beginnings
        }
        self._longest = max(map(len, self._under), default=0)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The route goes with the scope, so that `handle` need not look for it again."""
        partial: tuple[Match, Scope] | None = None
        for route in self._candidates(scope):
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, _CHOSEN: route}
            if match is Match.PARTIAL and partial is None:
                partial = match, {**found, _CHOSEN: route}
        return partial or (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope[_CHOSEN].handle(scope, receive, send)

    def _candidates(self, scope: Scope) -> Sequence[BaseRoute]:
        """The routes under the longest known beginning of the path; none for a websocket."""
        if scope["type"] != "http":
            return ()
        segments = tuple(scope["path"].split("/", self._longest + 1)[1 : self._longest + 1])
        for length in range(len(segments), -1, -1):
            found = self._under.get(segments[:length])
            if found is not None:
                return found
        return ()


def install(web: FastAPI) -> None:
    """Find the routes and routers of `web` by index.

    They also stand behind it one by one, for what reads the list: descriptions, and the methods
    that an address takes.
    """
    web.router.routes.insert(0, RouteIndex(list(web.router.routes)))


def _beginnings(route: BaseRoute) -> set[Beginning]:
    """Those of every path under a route or an included router."""
    return {_beginning(context.path or "/") for context in iter_route_contexts([route])}


def _beginning(path: str) -> Beginning:
    fixed, parameter, _rest = path.partition("{")
    segments = fixed.split("/")[1:]
    return tuple(segments[:-1] if parameter else segments)
