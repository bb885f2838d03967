"""The arguments that the sources give with each key, and those its template asks for.

Both are read from syntax trees: Python's own, and jinja2's.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, meta, nodes

from bot.wording.wording import TEXTS, Texts
from flows.text.yaml import read_yaml
from tests.bot.keys import ROOT

DEPTH = 8
# Wording itself adds these.
ALWAYS = {"lanjutan"}


class Giver(NamedTuple):
    """A call that gives a key its arguments: both by place or by name, the arguments perhaps as
    the call's own keywords. The callee adds what the functions `base` return, and `also`. With
    the argument `unless` there is nothing to word."""

    section: str
    key: tuple[int, str]
    args: tuple[int, str] | None
    base: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()
    prefix: str = ""
    unless: tuple[int, str] = (99, "")


TASK_ARGS = ("task_args",)
GIVERS = {
    "answer": Giver("pesan", (0, "key"), (1, "args")),
    "refuse": Giver("pesan", (0, "key"), (1, "args")),
    "tell": Giver("pesan", (1, "key"), (2, "args")),
    "Message": Giver("pesan", (0, "key"), (2, "args")),
    "Card": Giver("pesan", (0, "key"), (1, "args")),
    "Line": Giver("pesan", (0, "key"), (1, "args")),
    "Question": Giver("pesan", (1, "text"), (2, "args")),
    "whom": Giver("pesan", (0, "text"), None),
    "say": Giver("pesan", (0, "key"), (1, "args")),
    "raise_alarm": Giver("pesan", (1, "key"), (2, "args")),
    "complete": Giver("pesan", (2, ""), None, TASK_ARGS, frozenset({"saat"}), "selesai_"),
    "task_card": Giver("pesan", (3, "key"), None, TASK_ARGS),
    "say_state": Giver("pesan", (2, "key"), None, (*TASK_ARGS, "part_args")),
    "toast": Giver("toast", (0, "key"), (1, "args")),
    "refuse_toast": Giver("toast", (0, "key"), (1, "args")),
    "Toast": Giver("toast", (1, "key"), (2, "args")),
    "button": Giver("tombol", (0, "key"), None, unless=(99, "label")),
    "task_button": Giver("tombol", (1, "key"), None, unless=(99, "label")),
    "draft_button": Giver("tombol", (1, "key"), None, unless=(3, "label")),
    "at": Giver("tombol", (0, "key"), None),
    "Choice": Giver("tombol", (1, "key"), (3, "args"), unless=(2, "label")),
    "Button": Giver("tombol", (0, "key"), (6, "args"), unless=(4, "label")),
}  # fmt: skip


class Given(NamedTuple):
    """`is_whole`: there are no others than these `names`; else some are put together elsewhere."""

    template: str
    names: frozenset[str]
    is_whole: bool
    place: str


Names = tuple[frozenset[str], bool]
NONE: Names = (frozenset(), True)
UNKNOWN: Names = (frozenset(), False)


@cache
def templates() -> Mapping[str, nodes.Template]:
    texts = Texts.model_validate(read_yaml(TEXTS.read_text("utf-8"))[0])
    environment = Environment()
    trees = {name: environment.parse(text, name) for name, text in texts.templates()}
    used = {one.name for tree in trees.values() for one in tree.find_all(nodes.Filter)}
    environment.filters.update(dict.fromkeys(used - environment.filters.keys(), str))
    return trees


@cache
def wanted(name: str) -> frozenset[str]:
    """What the template and its pieces cannot do without."""
    tree = templates()[name]
    found = meta.find_undeclared_variables(tree)
    loops = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "store"}
    for piece in tree.find_all(nodes.Include):
        for part in piece.find_all(nodes.Const):
            if part.value in templates():
                found |= wanted(part.value) - loops
    asked_if_there = {
        test.node.name
        for test in tree.find_all(nodes.Test)
        if test.name == "defined" and isinstance(test.node, nodes.Name)
    }
    return frozenset(found - asked_if_there - ALWAYS)


class Sources:
    """The packages that speak: their functions and constants by name, and what they give."""

    def __init__(self, files: Mapping[str, ast.Module]) -> None:
        self._files = files
        self._functions: dict[str, list[tuple[str, ast.FunctionDef]]] = {}
        self._constants: dict[str, dict[str, ast.expr]] = {place: {} for place in files}
        for place, tree in files.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    self._functions.setdefault(node.name, []).append((place, node))
            for statement in tree.body:
                for name, value in _assigned(statement):
                    self._constants[place][name] = value

    @classmethod
    def read(cls) -> "Sources":
        paths = [path for part in ("flows", "bot") for path in sorted((ROOT / part).rglob("*.py"))]
        return cls({str(p.relative_to(ROOT)): ast.parse(p.read_text("utf-8")) for p in paths})

    def given(self) -> Iterator[Given]:
        for place, tree in self._files.items():
            yield from self._within(tree, place, None)

    def _within(self, node: ast.AST, place: str, within: ast.AST | None) -> Iterator[Given]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            within = node
        if isinstance(node, ast.Call) and (giver := GIVERS.get(_called(node))):
            yield from self._of_call(node, giver, place, within)
        if isinstance(node, ast.Dict):
            yield from self._of_line(node, place, within)
        for child in ast.iter_child_nodes(node):
            yield from self._within(child, place, within)

    def _of_call(
        self, call: ast.Call, giver: Giver, place: str, within: ast.AST | None
    ) -> Iterator[Given]:
        if _argument(call, *giver.unless) is not None:
            return
        names, is_whole = _joined(self._returned(name, place) for name in giver.base)
        names |= giver.also
        if giver.args is None:
            names |= {keyword.arg for keyword in call.keywords if keyword.arg}
            stars = [keyword.value for keyword in call.keywords if not keyword.arg]
        else:
            args = _argument(call, *giver.args)
            stars = [args] if args is not None else []
        for star in stars:
            more, is_known = self._names(star, place, within)
            names, is_whole = names | more, is_whole and is_known
        for key in self._keys(_argument(call, *giver.key), place, within):
            template = f"{giver.section}.{giver.prefix}{key}"
            yield Given(template, names, is_whole, f"{place}:{call.lineno}")

    def _of_line(self, node: ast.Dict, place: str, within: ast.AST | None) -> Iterator[Given]:
        """A line to stand inside another message: {"key": …, "args": …}."""
        parts = {k.value: v for k, v in zip(node.keys, node.values, strict=True)
                 if isinstance(k, ast.Constant)}  # fmt: skip
        if parts.keys() == {"key", "args"}:
            names, is_whole = self._names(parts["args"], place, within)
            for key in self._keys(parts["key"], place, within):
                yield Given(f"pesan.{key}", names, is_whole, f"{place}:{node.lineno}")

    def _keys(self, value: ast.expr | None, place: str, within: ast.AST | None) -> set[str]:
        match value:
            case ast.Constant(value=str(key)):
                return {key} - {""}
            case ast.IfExp(body=body, orelse=orelse):
                return self._keys(body, place, within) | self._keys(orelse, place, within)
            case ast.Name(id=name):
                values = self._values(name, place, within)
                return {key for one in values for key in self._keys(one, place, None)}
        return set()

    def _names(self, value: ast.expr, place: str, within: ast.AST | None, depth: int = 0) -> Names:
        """The keys of the mapping that the expression gives, whichever way it takes."""
        if depth > DEPTH:
            return UNKNOWN

        def of(part: ast.expr) -> Names:
            return self._names(part, place, within, depth + 1)

        match value:
            case ast.Constant(value=None) | ast.Name(id="EMPTY"):
                return NONE
            case ast.Dict(keys=keys, values=values):
                return _joined(
                    of(v) if k is None else self._key_name(k, place)
                    for k, v in zip(keys, values, strict=True)
                )
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return _joined((of(left), of(right)))
            case ast.IfExp(body=body, orelse=orelse):
                return _either((of(body), of(orelse)))
            case ast.BoolOp(values=values):
                return _either(map(of, values))
            case ast.Name(id=name):
                found = self._values(name, place, within)
                added = map(of, _added(name, within))
                return _joined((_either(map(of, found)), *added)) if found else UNKNOWN
            case ast.Call(args=args, keywords=keywords) if _called(value) == "dict":
                named: Names = (frozenset(k.arg for k in keywords if k.arg), True)
                return _joined(
                    (named, *map(of, args), *(of(k.value) for k in keywords if not k.arg))
                )
            case ast.Call():
                return self._returned(_called(value), place, depth + 1)
        return UNKNOWN

    def _key_name(self, key: ast.expr, place: str) -> Names:
        found = self._keys(key, place, None)
        return (frozenset(found), True) if found else UNKNOWN

    def _returned(self, name: str, place: str, depth: int = 0) -> Names:
        candidates = self._functions.get(name, [])
        here = [c for c in candidates if c[0] == place] or candidates
        if len(here) != 1:
            return UNKNOWN
        where, function = here[0]
        values = [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value]
        if not values:
            return UNKNOWN
        return _either(self._names(value, where, function, depth) for value in values)

    def _values(self, name: str, place: str, within: ast.AST | None) -> list[ast.expr]:
        """What a name stands for: in its function, its module, or as a constant of another."""
        if within is not None:
            if name in {a.arg for a in ast.walk(within) if isinstance(a, ast.arg)}:
                return []
            local = [v for node in ast.walk(within) for n, v in _assigned(node) if n == name]
            if local:
                return local
        if name in self._constants.get(place, {}):
            return [self._constants[place][name]]
        return [c[name] for c in self._constants.values() if name in c and name.isupper()]


def _joined(parts: Iterable[Names]) -> Names:
    all_parts = list(parts)
    names = frozenset[str]().union(*(names for names, _ in all_parts))
    return names, all(is_whole for _, is_whole in all_parts)


def _either(parts: Iterable[Names]) -> Names:
    """Only what each way gives can be relied on."""
    all_parts = list(parts)
    names = frozenset.intersection(*(names for names, _ in all_parts))
    return names, all(is_whole for _, is_whole in all_parts)


def _assigned(statement: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            for target, value in zip(targets, values, strict=False):
                if isinstance(target, ast.Name):
                    yield target.id, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value


def _added(name: str, within: ast.AST | None) -> Iterator[ast.expr]:
    for node in ast.walk(within) if within is not None else ():
        match node:
            case ast.AugAssign(target=ast.Name(id=target), value=value) if target == name:
                yield value


def _called(call: ast.Call) -> str:
    called = call.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    if place < len(call.args):
        return call.args[place]
    return next((k.value for k in call.keywords if k.arg == name), None)
