"""Turns every refusal and fault into TMF630's error body."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import orjson
import sqlalchemy as sa
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from backend.rest.errors import Problem

_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


def install(app: FastAPI) -> None:
    """Every error of `app`, also of unknown routes and its framework, gets the same body."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(sa.exc.OperationalError, _database_away)
    app.add_exception_handler(sa.exc.TimeoutError, _database_away)
    app.add_exception_handler(Exception, _fault)


def render(problem: Problem, status: int | None = None) -> Response:
    """The answer for a refusal."""
    number = status or problem.status
    body: dict[str, object] = {
        "code": problem.code or _code(number),
        "reason": problem.reason,
        "message": problem.message or problem.reason,
        "status": str(number),
        "@type": "Error",
    }
    if problem.fields:
        body["fields"] = [
            {"path": field.path, "message": field.message} for field in problem.fields
        ]
    return Response(
        orjson.dumps(body), number, headers=dict(problem.headers), media_type="application/json"
    )


def answer(status: int, reason: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error answer for middleware that stands outside the routes."""
    return render(Problem(reason, headers=headers or {}), status)


def _problem(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise TypeError("registered for problems only") from error
    return render(error)


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise TypeError("registered for HTTP errors only") from error
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_allowed(request))
    sentences = {
        HTTPStatus.NOT_FOUND: "There is nothing at this address.",
        HTTPStatus.METHOD_NOT_ALLOWED: "This can not be done here.",
    }
    status = HTTPStatus(error.status_code)
    detail = error.detail if isinstance(error.detail, str) else status.phrase
    return answer(status, sentences.get(status, detail), headers)


def _validation(_request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise TypeError("registered for validation errors only") from error
    paths = sorted({".".join(str(step) for step in one["loc"]) for one in error.errors()})
    problem = Problem(
        "The request is not valid.", f"Correct: {', '.join(paths)}.", "invalidRequest"
    )
    return render(problem, HTTPStatus.BAD_REQUEST)


def _database_away(_request: Request, _error: Exception) -> Response:
    return answer(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The server is busy. Try again in a moment.",
        {"Retry-After": "2"},
    )


def _fault(_request: Request, _error: Exception) -> Response:
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR, "The server made a mistake. It is logged.")


def _allowed(request: Request) -> list[str]:
    """Methods that some route takes at this address, not only the first route that fits."""
    return [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.routes
        )
    ]


def _code(status: int) -> str:
    """A code such as `notFound` from the status's name."""
    first, *others = HTTPStatus(status).phrase.replace("-", " ").split()
    return first.lower() + "".join(word.capitalize() for word in others)
