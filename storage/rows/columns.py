"""Column types: UTC moments, exact decimals, JSON, values of flows."""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.rows.notation import moment, read, written


class UtcDateTime(TypeDecorator[datetime]):
    """ISO text in UTC of fixed width, so that it sorts by time; ValueError if naive."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone; moments are kept in UTC")
        return moment(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class _Written(TypeDecorator[Any]):
    """A value as text by `write`, read back by `read`."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Text
    cache_ok = True
    write: Callable[[Any], str]
    read: Callable[[str], Any]

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        return None if value is None else self.read(value)


class DecimalText(_Written):
    """A decimal as text, which keeps every digit."""

    impl = String(64)
    cache_ok = True
    write, read = staticmethod(str), staticmethod(Decimal)


class Json(_Written):
    """JSON from Telegram, ASCII-escaped: a lone surrogate must not stop the inbox."""

    cache_ok = True
    write, read = staticmethod(json.dumps), staticmethod(json.loads)


class Values(_Written):
    """Nested values of flows, in the notation of storage.rows.notation."""

    cache_ok = True
    write, read = staticmethod(written), staticmethod(read)
