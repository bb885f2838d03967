"""Checks of a file's raw bytes before any library opens it: its kind, and every known attack."""

import posixpath
from dataclasses import dataclass
from pathlib import Path

from flows.forms.form import Unreadable
from reports.reading.first_bytes import foreign_kind, is_zip
from reports.reading.refusals import Refused
from reports.reading.sheetscan import Cells, SheetFacts, SheetScan
from reports.reading.xml import (
    Budget,
    Contents,
    ContentTypes,
    Relations,
    SharedStrings,
    Walker,
)
from reports.reading.zipped import MAX_FILE, Archive

MAX_SHEETS = 100
_MACRO_PLACES = ("vbaproject", "xl/macrosheets/", "xl/activex/", "xl/intlmacrosheets/")


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """A workbook that may be opened: its worksheets in order, and whether it links elsewhere."""

    sheets: tuple[SheetFacts, ...]
    has_external_links: bool


def inspect(path: Path) -> WorkbookFacts | Unreadable:
    try:
        return _inspect(path)
    except Refused as refused:
        return refused.unreadable


def _inspect(path: Path) -> WorkbookFacts:
    if path.stat().st_size > MAX_FILE:
        raise Refused("too_large", limit=f"{MAX_FILE // 2**20}")
    data = path.read_bytes()
    if not is_zip(data):
        raise Refused(foreign_kind(data))
    archive = Archive(path)
    try:
        _check_names(archive.names)
        return _Look(archive).facts()
    finally:
        archive.close()


def _check_names(names: tuple[str, ...]) -> None:
    for name in names:
        if any(place in name.lower() for place in _MACRO_PLACES):
            raise Refused("macro", part=name)
    if "[Content_Types].xml" in names:
        return
    if "mimetype" in names and "content.xml" in names:
        raise Refused("ods")
    if "xl/workbook.xml" in names:
        raise Refused("broken", part="[Content_Types].xml")
    if any(name.endswith(".iwa") for name in names):  # Apple's Numbers
        raise Refused("not_workbook")
    raise Refused("archive")


class _Look:
    """One pass over all parts of an archive, the ones that name the others first."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._budget = Budget()
        self._walked: set[str] = set()

    def facts(self) -> WorkbookFacts:
        self._walk(ContentTypes("[Content_Types].xml", self._budget))
        sheets, strings = self._contents()
        cells = Cells(self._count_strings(strings))
        for facts in sheets:
            self._walk(SheetScan(facts, cells, self._budget))
        for name in self._archive.names:
            self._pass_over(name)
        links = any(name.lower().startswith("xl/externallinks/") for name in self._archive.names)
        return WorkbookFacts(tuple(sheets), links)

    def _contents(self) -> tuple[list[SheetFacts], str]:
        workbook = self._main_part()
        contents = Contents(workbook, self._budget)
        self._walk(contents)
        if not contents.is_workbook:
            raise Refused("not_workbook")
        if len(contents.sheets) > MAX_SHEETS:
            raise Refused("too_many_sheets", limit=f"{MAX_SHEETS}")
        folder, name = posixpath.split(workbook)
        relations = self._relations(f"{folder}/_rels/{name}.rels".lstrip("/"))
        strings = next((t for kind, t in relations.values() if kind == "sharedStrings"), "")
        found = (
            SheetFacts(name, _resolve(folder, relations[relation][1]), state)
            for name, state, relation in contents.sheets
            if relations.get(relation, ("", ""))[0] == "worksheet"
        )
        return list(found), _resolve(folder, strings) if strings else ""

    def _main_part(self) -> str:
        for kind, target in self._relations("_rels/.rels").values():
            if kind == "officeDocument":
                part = _resolve("", target)
                if part.endswith(".bin"):
                    raise Refused("xlsb")
                return part
        raise Refused("not_workbook")

    def _count_strings(self, part: str) -> int:
        if not part or part not in self._archive.names:
            return 0
        strings = SharedStrings(part, self._budget)
        self._walk(strings)
        return strings.count

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        relations = Relations(part, self._budget)
        self._walk(relations)
        return relations.targets

    def _walk(self, walker: Walker) -> None:
        if walker.part not in self._archive.names or walker.part in self._walked:
            raise Refused("broken", part=walker.part)
        self._walked.add(walker.part)
        walker.walk(self._archive.chunks(walker.part))

    def _pass_over(self, name: str) -> None:
        if name in self._walked:
            return
        if name.lower().endswith((".xml", ".rels")):
            self._walk(Walker(name, self._budget))
            return
        for _ in self._archive.chunks(name):
            pass


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
