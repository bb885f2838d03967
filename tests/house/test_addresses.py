"""Recipients, refs, callback data, slot names and commands are built and read in their one place.

Looked for in the syntax tree: an f-string where an address is wanted or of an address' own shape,
and string operations upon a value that is called as addresses are.
"""

import ast
import re
from collections.abc import Callable, Iterator
from typing import get_args

import pytest

from flows.model.addresses import Purpose
from tests.test_house import sources, told

PLACE = "flows/model/addresses.py"
COMMANDS = "flows/model/commands.py"
# Where an update is told to be ours or another bot's, before there is a command.
READERS = {PLACE, COMMANDS, "bot/receiving/updates.py", "bot/receiving/translate.py"}

KEYWORDS = {"to", "ref", "about", "slot", "recipient", "queue"}
HOLDERS = {"to", "ref", "about", "recipient", "callback_data"}
TAKING_APART = {
    "startswith", "removeprefix", "split", "rsplit", "partition", "rpartition", "isdigit",
    "isdecimal",
}  # fmt: skip
PURPOSES = "|".join(get_args(Purpose))
# "p{…}", "7-{…}:p{…}", "papan:{…}": a field is written "{}".
SHAPE = re.compile(
    rf"(?:.*:)?[pcbdmkq]\{{\}}(?:[.:].*)?|(?:{PURPOSES}):\{{\}}.*:p\{{\}}|t\{{\}}:p.*"
)
# Of ids: of nine digits at most wherever they are typed.
PATTERN = re.compile(r"\\d\{1,9\}|^/")
SLASH = re.compile(r"/[a-z]+")


def addresses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each line that builds or reads an address by hand, and what it says."""
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr() if SHAPE.fullmatch(shape(node)):
                yield node.lineno, ast.unparse(node)
            case ast.keyword(arg=name, value=ast.JoinedStr() as text) if name in KEYWORDS:
                yield text.lineno, ast.unparse(text)
            case ast.Call(func=ast.Attribute(value=held, attr=act)) if act in TAKING_APART:
                if is_address(held):
                    yield node.lineno, ast.unparse(node)
            case ast.Subscript(value=held) if is_address(held):
                yield node.lineno, ast.unparse(node)


def commands(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each line that reads a command or the ids behind it out of what was typed."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=act), args=[ast.Constant(value=str(text)), *_]):
                is_pattern = act in ("compile", "fullmatch", "match") and PATTERN.search(text)
                is_slash = act in ("startswith", "removeprefix") and text == "/"
                if is_pattern or is_slash:
                    yield node.lineno, ast.unparse(node)
            case ast.Compare(comparators=[ast.Constant(value=str(text))]) if SLASH.fullmatch(text):
                yield node.lineno, ast.unparse(node)


def shape(text: ast.JoinedStr) -> str:
    return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in text.values)


def is_address(held: ast.expr) -> bool:
    """Called as addresses are: `slot.to`, `ref`, and `slot.name`; no `name` of anything else."""
    match held:
        case ast.Name(id=name):
            return name in HOLDERS
        case ast.Attribute(value=ast.Name(id="slot"), attr="name"):
            return True
        case ast.Attribute(attr=name):
            return name in HOLDERS
    return False


def found(look: Callable[[ast.AST], Iterator[tuple[int, str]]], *but: str) -> list[str]:
    return [
        f"{told(path)}:{line}: {said}; belongs into {PLACE}"
        for path in sources("flows", "storage", "bot")
        if told(path) not in but and "migrations" not in path.parts
        for line, said in look(ast.parse(path.read_text("utf-8")))
    ]


def test_addresses_are_built_and_read_in_one_place() -> None:
    assert found(addresses, PLACE) == []


def test_commands_are_read_where_they_come_in() -> None:
    assert found(commands, *READERS, "flows/model/meaning.py") == []


@pytest.mark.parametrize(
    "line",
    [
        'to = f"p{person.id}"',
        'chat = f"c{origin.chat_id}"',
        'unique = f"lagi:{turn.key}:p{admin.id}"',
        'button("ubah", "menu", f"k{sop.code}.{period.code}")',
        'name = f"papan:{perintah.id}:{act}:p{person.id}"',
        'name = f"t{tugas.ref}:p{person.id}"',
        'Message("akhir", to, args, slot=f"{key}:{number}")',
        'Message("akhir", to, args, about=f"{perintah_id}-{seq}")',
        'is_his = slot.to.startswith("p")',
        'person = int(recipient[1:])',
        'kind = row.recipient[0]',
        'unit = slot.name.split(":")[2]',
        'perintah_id, _, seq = about.partition("-")',
    ],
)  # fmt: skip
def test_an_address_by_hand_is_seen(line: str) -> None:
    assert len(list(addresses(ast.parse(line)))) == 1


@pytest.mark.parametrize(
    "line",
    [
        'name = f"Notulen_{unit}_{number}_v{version}"',
        'key = f"u{item.bot_id}:{item.update_id}"',
        'nomor = f"{number:03d}/{year}"',
        'unique = f"tugas:{tugas.ref}:r{tugas.round}:dibuka"',
        'said, _, year = plain.partition("/")',
        'first = text[0]',
        'data = answers["ref"]',
    ],
)  # fmt: skip
def test_other_texts_are_no_addresses(line: str) -> None:
    assert list(addresses(ast.parse(line))) == []


def test_a_command_read_by_hand_is_seen() -> None:
    by_hand = ('SLASH = re.compile(r"/([a-z]+)")', 'is_one = text.startswith("/")',
               'ID = re.compile(r"o(\\d{1,9})")', 'is_it = words == "/latihan"')  # fmt: skip

    assert [len(list(commands(ast.parse(line)))) for line in by_hand] == [1, 1, 1, 1]
    assert list(commands(ast.parse('plain = re.compile(r"\\d{4}")'))) == []
