"""Values as JSON text and back: exact decimals, aware moments, small values of flows.

A value JSON has no word for is written as an object with the one key "$name"; every list comes
back as a tuple. `plain` is the one-way form for records that anybody must be able to read.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flows.forms.form import Cell, Finding, Indicator, Isian
from flows.model.messages import Attachment, Button
from flows.office.period import Period

READ_AS = str.maketrans("OIL", "011")
CLASSES = (Attachment, Button, Cell, Finding, Indicator, Isian, Period)
KNOWN = {cls.__name__: cls for cls in CLASSES}
# The fields of a dataclass, or of a named tuple.
PARTS: dict[type, tuple[str, ...]] = {cls: cls.__match_args__ for cls in CLASSES}


def canonical(value: Any) -> str:
    """Canonical JSON, as hashed: sorted keys, no spaces, only the necessary escapes."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def written(value: Any) -> str:
    return canonical(_encode(value))


def read(text: str) -> Any:
    return _decode(json.loads(text))


def plain(value: Any) -> Any:
    """JSON of the record: moments and decimals as text, values of flows as objects."""
    names: tuple[str, ...] = getattr(value, "__match_args__", ())
    if names:
        return {name: plain(getattr(value, name)) for name in names}
    match value:
        case None | str() | bool() | int() | float():
            return value
        case Decimal():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(part) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            parts = sorted(value) if isinstance(value, set | frozenset) else value
            return [plain(part) for part in parts]
    raise TypeError(f"{type(value).__name__} cannot stand in the record")


def moment(at: datetime) -> str:
    """ISO text in UTC of fixed width, so that it sorts by time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _encode(value: Any) -> Any:
    kind = type(value)
    if kind in PARTS:
        return {f"${kind.__name__}": {p: _encode(getattr(value, p)) for p in PARTS[kind]}}
    match value:
        case None | str() | bool() | int() | float():
            return value
        case Decimal():
            return {"$decimal": str(value)}
        case datetime():
            return {"$moment": value.astimezone(UTC).isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case Mapping():
            parts = {_key(key): _encode(part) for key, part in value.items()}
            return {"$object": parts} if any(key.startswith("$") for key in parts) else parts
        case list() | tuple():
            return [_encode(part) for part in value]
    raise TypeError(f"{kind.__name__} has no JSON notation")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{key!r} cannot be the name of a JSON member")
    return key


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(part) for part in value)
    if not isinstance(value, dict):
        return value
    name = next(iter(value), "")
    if len(value) == 1 and name.startswith("$"):
        return _decode_named(name.removeprefix("$"), value[name])
    return {key: _decode(part) for key, part in value.items()}


def _decode_named(name: str, content: Any) -> Any:
    match name:
        case "decimal":
            return Decimal(content)
        case "moment":
            return datetime.fromisoformat(content)
        case "date":
            return date.fromisoformat(content)
        case "object":
            return {key: _decode(part) for key, part in content.items()}
    return KNOWN[name](**{key: _decode(part) for key, part in content.items()})


def code_hash(code: str) -> str:
    """SHA-256 of a code without case and hyphens, with O, I and L read as 0 and 1."""
    meant = code.upper().replace("-", "").translate(READ_AS)
    return hashlib.sha256(meant.encode()).hexdigest()
