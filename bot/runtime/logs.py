"""Logging: event name and fields as text or JSON, tokens removed."""

import logging
import re
import sys
from typing import Literal

import structlog

TOKEN = re.compile(r"\d{6,}:[\w-]{30,}")
QUIET = ("alembic", "uvicorn", "httpx", "httpcore", "apscheduler", "asyncio", "telegram")

LogFormat = Literal["text", "json"]


class Redacted(structlog.stdlib.ProcessorFormatter):
    """Formats a record with its traceback, then removes tokens from the result."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def redact(text: str) -> str:
    return TOKEN.sub("<token>", text)


def start_log(level: str, form: LogFormat) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(form))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        # httpx logs every URL at INFO, and a URL of the Bot API holds the token.
        logging.getLogger(name).setLevel(logging.WARNING)


def _formatter(form: LogFormat) -> Redacted:
    last: list[structlog.typing.Processor]
    if form == "json":
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        # A plain traceback: the library's default shows local variables, so names and answers.
        show = structlog.dev.plain_traceback
        last = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=show)]
    return Redacted(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
