"""YAML read with every mistake: duplicate keys, and all that the pydantic model refuses."""

import re
from collections.abc import Hashable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

SHOWN = 40
TAG = "tag:yaml.org,2002:"
GUESSED = {f"{TAG}{kind}" for kind in ("bool", "int", "float", "timestamp")}
FIGURES = "-+0123456789"
WHOLE = r"[-+]?(?:0|[1-9][0-9]*)"
REPAIRS = 8
STAND_INS: Mapping[str, Any] = {
    "missing": "?",
    "string_type": "?",
    "int_type": 1,
    "int_parsing": 1,
    "decimal_type": 1,
    "decimal_parsing": 1,
    "bool_type": False,
    "bool_parsing": False,
    "tuple_type": (),
    "dict_type": {},
    "model_type": {},
}
# After so many attempts at a place its parent is removed.
PATIENCE = 4

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, where (`peran.admin.atasan`, `langkah[3].menit`) and why."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


class _Rules(yaml.constructor.SafeConstructor):
    """Resolves less than YAML 1.1: an unquoted no, on, 12:30, 07.30 or 2026-02-19 is text."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in GUESSED]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    mistakes: list[Mistake]

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: dict[Hashable, int] = {}
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if isinstance(key, Hashable):
                if key in seen:
                    reason = f"key {key!r} stands twice (also in line {seen[key]})"
                    self.mistakes.append(Mistake(f"line {line}", reason))
                seen.setdefault(key, line)
        return super().construct_mapping(node, deep)


class _Quick(_Rules, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The loader of libyaml, where PyYAML has it: a tenth of the time."""


class _Telling(_Rules, yaml.SafeLoader):
    """The loader in Python: its messages are clearer, so it is used for text with mistakes."""


for _loader in (_Quick, _Telling):
    _loader.add_implicit_resolver(f"{TAG}bool", re.compile(r"^(?:true|false)$"), list("tf"))
    _loader.add_implicit_resolver(f"{TAG}int", re.compile(rf"^{WHOLE}$"), list(FIGURES))
    _loader.add_implicit_resolver(f"{TAG}float", re.compile(rf"^{WHOLE}\.[0-9]+$"), list(FIGURES))


def read_yaml(text: str) -> tuple[Any, tuple[Mistake, ...]]:
    """The document (None where it cannot be read at all) and what is wrong with the text."""
    try:
        return _read(_Quick(text))  # type: ignore[call-arg]  # a base not known to be a loader
    except yaml.YAMLError:
        pass
    loader = None
    try:
        loader = _Telling(text)
        return _read(loader)
    except yaml.YAMLError as error:
        return None, (*(loader.mistakes if loader else ()), _syntax(error))


def _read(loader: _Rules) -> tuple[Any, tuple[Mistake, ...]]:
    loader.mistakes = []
    return loader.get_single_data(), tuple(loader.mistakes)


def read_model(
    model: type[Model], document: object, context: Any = None
) -> tuple[Model | None, tuple[Mistake, ...]]:
    """The model, and all that it refuses.

    Where something is refused the model is built from a repaired document: only for the search
    of further mistakes (None: it could not be repaired).
    """
    try:
        return model.model_validate(document, context=context), ()
    except ValidationError as error:
        mistakes = mistakes_of(error)
        return _repaired(model, deepcopy(document), error, context), mistakes


def without_known(mistakes: Iterable[Mistake], found: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """The first list, and of the second the mistakes at places that the first does not name."""
    told = tuple(mistakes)
    places = {mistake.path for mistake in told}
    return told + tuple(mistake for mistake in found if mistake.path not in places)


def mistakes_of(error: ValidationError) -> tuple[Mistake, ...]:
    """Every refusal of the model with its place, the value found and the rule."""
    return tuple(
        Mistake(path_of(found["loc"]), _reason(found["type"], found["msg"], found["input"]))
        for found in error.errors(include_url=False)
    )


def path_of(location: tuple[int | str, ...]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).removeprefix(".")


def shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _reason(kind: str, message: str, value: object) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return f"unknown key (its value: {shown(value)})"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return f"{shown(value)}: {message[:1].lower()}{message[1:]}"


def _syntax(error: yaml.YAMLError) -> Mistake:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark = error.problem_mark
        return Mistake(f"line {mark.line + 1}, column {mark.column + 1}", f"{error.problem}")
    return Mistake("", f"cannot be read as YAML: {error}")


def _repaired(
    model: type[Model], document: object, error: ValidationError, context: Any
) -> Model | None:
    for attempt in range(REPAIRS):
        # From the end, so that a place named later does not move when one before it goes.
        for found in reversed(error.errors(include_url=False)):
            location, outward = found["loc"], attempt - PATIENCE + 1
            if outward > 0:
                _repair(document, location[:-outward], "")
            else:
                _repair(document, location, found["type"])
        try:
            return model.model_validate(document, context=context)
        except ValidationError as next_error:
            error = next_error
    return None


def _repair(document: Any, location: tuple[int | str, ...], kind: str) -> None:
    """Puts a valid value at the place, or removes it where none is known for the error."""
    try:
        for part in location[:-1]:
            document = document[part]
        if kind in STAND_INS:
            document[location[-1]] = deepcopy(STAND_INS[kind])
        else:
            del document[location[-1]]
    except (IndexError, KeyError, TypeError):
        return
