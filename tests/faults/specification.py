"""Updates as the Bot API specifies them, generated from the library's typed mirror of it."""

import datetime
import inspect
import sys
import types
import typing
from collections.abc import Iterator, Sequence
from typing import Any

import telegram
import telegram._utils.types as aliases
from telegram import Message, TelegramObject, Update

NAMES = {**vars(telegram), **vars(aliases), "dtm": datetime, "Sequence": Sequence}
DEEP = 4
PLAIN: dict[Any, Any] = {bool: True, int: 7, float: 1.5, str: "x"}

Fields = dict[str, tuple[Any, bool]]


def fields_of(kind: type) -> Fields:
    """By its name in JSON: the type, and whether Telegram always sends it."""
    space = {**vars(sys.modules[kind.__module__]), **NAMES}
    found: Fields = {}
    for name, parameter in inspect.signature(kind).parameters.items():
        if name == "api_kwargs" or parameter.kind is parameter.VAR_KEYWORD:
            continue
        told = parameter.annotation
        shape = eval(told, space) if isinstance(told, str) else told
        found["from" if name == "from_user" else name] = (
            shape,
            parameter.default is parameter.empty,
        )
    return found


def value(shape: Any, *, whole: bool, depth: int = DEEP) -> Any:
    """Something of that type; `whole`: with every field it may have, not too deep."""
    if isinstance(shape, types.UnionType) or typing.get_origin(shape) is typing.Union:
        known = [one for one in typing.get_args(shape) if one is not types.NoneType]
        return value(known[0], whole=whole, depth=depth)
    inner = typing.get_args(shape)
    if typing.get_origin(shape) in (Sequence, tuple, list):
        return [value(inner[0], whole=whole, depth=depth - 1)]
    if shape in PLAIN or not isinstance(shape, type):
        return PLAIN.get(shape, "x")
    if not issubclass(shape, TelegramObject):
        return 1 if shape in (datetime.datetime, datetime.timedelta) else "x"
    return {
        name: value(part, whole=whole, depth=depth - 1)
        for name, (part, is_always) in fields_of(shape).items()
        if is_always or (whole and depth > 0)
    }


def kinds() -> Fields:
    return {name: field for name, field in fields_of(Update).items() if name != "update_id"}


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Of every kind: bare, whole, with a field too many, and with each of its fields missing."""
    for kind, (shape, _) in kinds().items():
        bare, whole = value(shape, whole=False), value(shape, whole=True)
        yield kind, bare
        yield kind, whole
        yield kind, {**whole, "tak_dikenal": {"isi": [1, "x"]}}
        for name in bare:
            yield kind, {field: part for field, part in bare.items() if field != name}


def messages() -> Iterator[dict[str, Any]]:
    """A message of every sort there is: each field it may have, alone."""
    bare = value(Message, whole=False)
    for name, (shape, is_always) in fields_of(Message).items():
        if not is_always:
            yield {**bare, name: value(shape, whole=True, depth=2)}
