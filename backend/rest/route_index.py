"""Finds a request's route by the fixed beginning of its path, not by trying one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

_CHOSEN = "jackfield.route"

Beginning = tuple[str, ...]
"""The segments of a path before its first parameter."""


class RouteIndex(BaseRoute):
    """Stands for all `routes`; of those that fit a path the first one wins, as without it."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        known = [pair for route in routes for pair in _leaves(route)]
        self._under: dict[Beginning, list[BaseRoute]] = {
            # each but once, in the order in which they were added
            one: list(
                {id(route): route for other, route in known if one[: len(other)] == other}.values()
            )
            for one in {beginning for beginning, _route in known}
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


def _leaves(route: BaseRoute) -> Iterator[tuple[Beginning, BaseRoute]]:
    """Every path under a route or an included router, and what answers it.

    That is the router itself only where including has given the route another path or more
    dependencies than it has of its own.
    """
    for context in iter_route_contexts([route]):
        leaf = context.original_route
        as_made = (
            isinstance(leaf, APIRoute)
            and context.path == leaf.path
            and context.dependencies == leaf.dependencies
        )
        yield _beginning(context.path or "/"), leaf if as_made else route


def _beginning(path: str) -> Beginning:
    fixed, parameter, _rest = path.partition("{")
    segments = fixed.split("/")[1:]
    return tuple(segments[:-1] if parameter else segments)
