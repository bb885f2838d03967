"""make map: the rooms, what each is for and what they import, into docs/map.md, from the code."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
PACKAGES: list[str] = SETTINGS["importlinter"]["root_packages"]
MAP = ROOT / "docs" / "map.md"
BEGIN, END = "<!-- begin: written by make map -->\n", "<!-- end: written by make map -->\n"

Edges = set[tuple[str, str]]


def main() -> None:
    MAP.write_text(renewed(MAP.read_text("utf-8")), "utf-8")


def renewed(text: str) -> str:
    """The page with the part between the marks written anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    written = "\n".join(_written())
    return f"{before}{BEGIN}{written}\n{END}{after}"


def rooms(package: str) -> list[str]:
    """Folders with modules, and the modules beside them, as dotted names."""
    folder = ROOT / package
    modules = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    folders = [path.parent.name for path in folder.glob("*/__init__.py")]
    return [f"{package}.{name}" for name in (*folders, *modules)]


def purpose(room: str) -> str:
    """The first line of the docstring: of a folder's __init__.py, or of the module."""
    path = ROOT.joinpath(*room.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0].removesuffix(".")


def _written() -> Iterator[str]:
    edges = imports()
    between = {(_package(one), _package(other)) for one, other in edges}
    between = {(one, other) for one, other in between if one != other}
    packages = from_the_top(PACKAGES, between)
    yield "```mermaid"
    yield "flowchart TD"
    for package in packages:
        yield f"    subgraph {package}"
        for room in from_the_top(rooms(package), edges):
            yield f'        {_identifier(room)}["{room.rpartition(".")[2]}"]'
        yield "    end"
    for one, other in sorted(reduced(between)):
        yield f"    {one} ==> {other}"
    for package in packages:
        within = {edge for edge in edges if {*map(_package, edge)} == {package}}
        for one, other in sorted(reduced(within)):
            yield f"    {_identifier(one)} --> {_identifier(other)}"
    yield "```"
    for package in packages:
        yield from ("", f"**{package}**: {purpose(package)}.", "", "| room | holds |", "|---|---|")
        for room in from_the_top(rooms(package), edges):
            yield f"| `{room}` | {purpose(room)} |"


@cache
def imports() -> Edges:
    """Which room imports which."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    everywhere = [room for package in PACKAGES for room in rooms(package)]
    room_of = {
        module: room
        for module in graph.modules
        for room in everywhere
        if f"{module}.".startswith(f"{room}.")
    }
    edges = {
        (room, room_of.get(other, room))
        for module, room in room_of.items()
        for other in graph.find_modules_directly_imported_by(module)
    }
    return {(one, other) for one, other in edges if one != other}


def from_the_top(names: Iterable[str], edges: Edges) -> list[str]:
    """Who imports stands before what is imported."""
    return sorted(names, key=lambda name: (-len(_reached(name, edges)), name))


def reduced(edges: Edges) -> Edges:
    """Without those that go without saying: what is imported by something imported."""
    left = set(edges)
    for one, other in sorted(edges):
        without = left - {(one, other)}
        if other in _reached(one, without):
            left = without
    return left


def _reached(room: str, edges: Edges) -> set[str]:
    found: set[str] = set()
    ahead = [room]
    while ahead:
        here = ahead.pop()
        further = {other for one, other in edges if one == here} - found
        found |= further
        ahead += further
    return found


def _package(room: str) -> str:
    return room.partition(".")[0]


def _identifier(room: str) -> str:
    """A name that mermaid takes for a box."""
    return room.replace(".", "_")


if __name__ == "__main__":
    main()
