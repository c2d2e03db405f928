"""The log: a file for a week, readable by its owner only, without secrets or personal data."""

from __future__ import annotations

import copy
import logging
import os
import re
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path

_DAYS = 7
# what must never be in a log: tokens, e-mail addresses, telephone and card numbers
_SECRETS = (
    (re.compile(r"(?i)\b(bearer|password|token|refresh_token|pin|puk)(\s*[=: ]\s*)\S+"), r"\1\2…"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), "…"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "…@…"),
    (re.compile(r"(?<![\w-])\+?\d[\d ]{7,}\d(?![\w-])"), "…"),
)


class WithoutSecrets(logging.Filter):
    """Takes out of each line what must not be kept."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redacted(record.getMessage())
        record.args = None
        return True


class _Brief(logging.Formatter):
    """Tells where an error came from, but nothing of the values at hand."""

    def format(self, record: logging.LogRecord) -> str:
        bare = copy.copy(record)  # another handler may have written the error into it
        bare.exc_info = bare.exc_text = bare.stack_info = None
        line = super().format(bare).rstrip()
        trace = record.exc_info[2] if record.exc_info else None
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return " | ".join([line, *places])


def redacted(text: str) -> str:
    """`text` without tokens, e-mail addresses and long numbers."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def write_log(folder: Path) -> None:
    """Log into `folder` from now on; without the right to write there is no log."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = TimedRotatingFileHandler(
            folder / "desk.log", when="midnight", backupCount=_DAYS, encoding="utf-8", delay=False
        )
        (folder / "desk.log").chmod(0o600)
    except OSError:
        return
    handler.addFilter(WithoutSecrets())
    handler.setFormatter(_Brief("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for loud in ("urllib3", "keyring"):
        logging.getLogger(loud).setLevel(logging.WARNING)


def harden_process() -> None:
    """Files for the owner only, and no memory image after a crash."""
    os.umask(0o077)
    try:
        import resource
    except ImportError:  # Windows has neither
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
