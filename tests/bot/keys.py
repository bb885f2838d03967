"""Which keys of texts.yaml the sources ask for, read from their syntax trees."""

import ast
from functools import cache
from pathlib import Path

from flows.engine.dialogs import DIALOGS

ROOT = Path(__file__).parents[2]
# Which argument of a call names a key: by place, or by keyword.
PESAN = {
    "answer": (0, ""),
    "refuse": (0, ""),
    "tell": (1, ""),
    "Message": (0, "key"),
    "_word": (3, ""),
    "Card": (0, ""),
    "Line": (0, ""),
    "Question": (1, "wrong"),
    "task_card": (3, ""),
    "say_state": (2, ""),
    "say": (0, ""),
}
TOAST = {"refuse_toast": (0, ""), "toast": (0, ""), "Toast": (1, "key")}
TOMBOL = {
    "button": (0, ""),
    "menu_button": (0, ""),
    "task_button": (1, ""),
    "draft_button": (1, ""),
    "at": (0, ""),
    "Choice": (1, "key"),
    "Button": (0, "key"),
    "Dialog": (99, "act_key"),
}


@cache
def trees() -> tuple[ast.Module, ...]:
    paths = (path for folder in ("flows", "bot") for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(ast.parse(path.read_text("utf-8")) for path in paths)


def asked(spec: dict[str, tuple[int, str]]) -> set[str]:
    """The keys that calls name outright; those put together at run time are not among them."""
    found: set[str] = set()
    for tree in trees():
        found |= _in_calls(tree, spec, names=ast.Module([], []))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                found |= _in_calls(function, spec, names=function)
    return found - {""}


def outcomes() -> set[str]:
    """What `complete` is told, each with its line `selesai_…`."""
    return asked({"complete": (2, "")})


def embedded() -> set[str]:
    """Lines given as {"key": …, "args": …}."""
    return {
        value.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "key" and isinstance(value, ast.Constant)
    }


def editable() -> set[str]:
    """The questions a summary offers to change."""
    return {name for dialog in DIALOGS.values() for name in dialog.editable}


def constants() -> set[str]:
    return {
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _in_calls(within: ast.AST, spec: dict[str, tuple[int, str]], *, names: ast.AST) -> set[str]:
    """`names` is where a variable among the arguments gets its values."""
    found: set[str] = set()
    for node in ast.walk(within):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        place, keyword = spec.get(name, (-1, ""))
        if 0 <= place < len(node.args):
            found |= _texts(node.args[place], names)
        found |= {
            text
            for given in node.keywords
            if place >= 0 and given.arg == keyword
            for text in _texts(given.value, names)
        }
    return found


def _texts(value: ast.AST, function: ast.AST) -> set[str]:
    """The string a value is, or either of the two it may be."""
    match value:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return _texts(body, function) | _texts(orelse, function)
        case ast.Name(id=name):
            return _assigned(name, function)
    return set()


def _assigned(name: str, function: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                found |= _of_target(name, target, node.value)
    return found


def _of_target(name: str, target: ast.AST, value: ast.AST) -> set[str]:
    match target, value:
        case ast.Name(id=found), ast.Constant(value=str(text)) if found == name:
            return {text}
        case ast.Name(id=found), ast.IfExp(body=body, orelse=orelse) if found == name:
            return _texts(body, target) | _texts(orelse, target)
        case ast.Tuple(), ast.IfExp(body=body, orelse=orelse):
            return _of_target(name, target, body) | _of_target(name, target, orelse)
        case ast.Tuple(elts=targets), ast.Tuple(elts=values):
            pairs = zip(targets, values, strict=True)
            return {text for one, part in pairs for text in _of_target(name, one, part)}
    return set()
