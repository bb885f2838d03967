"""What the parts of a transaction share: the session, which never leaves this package."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_

LONGEST_WAIT = timedelta(hours=1)


class Part:
    def __init__(self, session: Session, key: bytes | None) -> None:
        self._session = session
        self._key = key


def is_due(not_before: Any, now: datetime) -> ColumnElement[bool]:
    """Nothing waits longer than an hour: a later moment was written before a clock set back."""
    moment = col(not_before)
    return or_(moment.is_(None), moment <= now, moment > now + LONGEST_WAIT)
